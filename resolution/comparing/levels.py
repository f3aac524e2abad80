"""What the levels of each field mean, and where training starts from.

Level 0 of every field means that one side is unknown; it weighs nothing and is never listed.
"""

from dataclasses import dataclass
from typing import Final, Literal

from resolution.contract import Role

IDENTIFIER, CATEGORY = "identifier:", "category:"
"""What the names of kinds of values begin with that a table has by system or by header."""
MAILBOX: Final = "same before the @"
"""A level that every kind of values has room for, and only e-mail addresses reach."""
MOST_LEVELS: Final = 10
NAMES: Final = 3
GIVEN_FIELD, FAMILY_FIELD, MIDDLE_FIELD, DATE_FIELD, SEX_FIELD, SUFFIX_FIELD, PLACE_FIELD, VALUE_FIELDS = range(8)
"""Order of the fields in every level array; kinds of values follow from VALUE_FIELDS on."""

MOST_UNLIKE: Final = 0.2
MOST_RENAMED: Final = 0.3
"""Bounds on how often one person's given name, birth date and sex, and family name, disagree.

Beyond them training would be learning households, or namesakes, instead of people.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelShape:
    """One level.

    Attributes:
        name: what it says.
        start: P(level | one person) to start from.
        stranger: P(level | two people) as it usually is; what few records cannot tell is taken from here.
        frequency: how much the value's rarity counts: 0 nothing, 1 half, 2 all.
    """

    name: str
    start: float
    stranger: float
    frequency: Literal[0, 1, 2] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldShape:
    """One field.

    Attributes:
        name: as in the model.
        role: whether relatives often share it.
        levels: from 1 on, the most different first.
        ordered: chains of levels in which each says at least as much for one person as the one before it.
        unlike: how many of the lowest levels are disagreement.
        most_unlike: bound on the share of disagreement within one person.
        bounded: whether nothing is learned of a table that runs into that bound.
        common: chance that relatives have a person's own value in common, to start from: namesakes, twins, borrowed
            numbers.
        most_common: bound on it.
    """

    name: str
    role: Role
    levels: tuple[LevelShape, ...]
    ordered: tuple[tuple[int, ...], ...]
    unlike: int = 1
    most_unlike: float = 1.0
    bounded: bool = True
    common: float = 0.0
    most_common: float = 0.0


def _level(name: str, start: float, stranger: float, frequency: Literal[0, 1, 2] = 0) -> LevelShape:
    return LevelShape(name=name, start=start, stranger=stranger, frequency=frequency)


NAME_LEVELS: Final = (
    _level("differs", 0.02, 0.938),
    _level("initial", 0.03, 0.012),
    _level("similar in another slot", 0.01, 0.003, 1),
    _level("weakly similar", 0.03, 0.02, 1),
    _level("same in another slot", 0.02, 0.002, 2),
    _level("typing error", 0.08, 0.008, 1),
    _level("nickname", 0.05, 0.006, 1),
    _level("same", 0.76, 0.011, 2),
)
NAME_ORDER: Final = ((1, 4, 6, 8), (1, 7, 8), (1, 2, 8))
MIDDLE_LEVELS: Final = (
    _level("differs", 0.1, 0.895),
    _level("initial", 0.2, 0.065),
    _level("similar", 0.1, 0.02, 1),
    _level("same", 0.6, 0.02, 2),
)
DATE_LEVELS: Final = (
    _level("differs", 0.02, 0.78),
    _level("near year or same month", 0.02, 0.155),
    _level("day or month same, year nearly", 0.02, 0.03),
    _level("same year, or one off by age", 0.03, 0.02),
    _level("same year, rest unknown", 0.05, 0.004),
    _level("two parts same", 0.03, 0.006),
    _level("two parts same, third nearly", 0.06, 0.003),
    _level("day and month swapped", 0.02, 0.0005, 2),
    _level("same", 0.75, 0.0005, 2),
)
DATE_ORDER: Final = ((1, 2, 3, 4, 6, 7, 8, 9),)
TRAIT_LEVELS: Final = (_level("differs", 0.02, 0.5), _level("same", 0.98, 0.5))
SUFFIX_LEVELS: Final = (_level("differs", 0.003, 0.5), _level("same", 0.997, 0.5))
PLACE_LEVELS: Final = (
    _level("elsewhere", 0.2, 0.828),
    _level("similar city", 0.02, 0.02, 1),
    _level("same city or district", 0.1, 0.1, 2),
    _level("similar postcode", 0.04, 0.02, 1),
    _level("same postcode", 0.1, 0.02, 2),
    _level("same street", 0.04, 0.006, 2),
    _level("same postcode and street", 0.05, 0.003, 2),
    _level("same number, similar street", 0.05, 0.001, 1),
    _level("same address", 0.4, 0.002, 2),
)
PLACE_ORDER: Final = ((1, 2, 3, 4, 5, 7, 9), (1, 6, 9), (1, 8, 9))
VALUE_LEVELS: Final = (
    _level("differs", 0.1, 0.9985),
    _level("typing error", 0.05, 0.0005, 1),
    _level(MAILBOX, 0.05, 0.0005, 1),
    _level("same", 0.8, 0.0005, 2),
)
SHARED_VALUE_LEVELS: Final = (
    _level("differs", 0.4, 0.9985),
    _level("typing error", 0.05, 0.0005, 1),
    _level(MAILBOX, 0.05, 0.0005, 1),
    _level("same", 0.5, 0.0005, 2),
)
CATEGORY_LEVELS: Final = (
    _level("differs", 0.4, 0.8),
    _level("typing error", 0.05, 0.02, 1),
    _level(MAILBOX, 0.05, 0.02, 1),
    _level("same", 0.5, 0.16, 2),
)
VALUE_ORDER: Final = ((1, 2, 3, 4),)
TRAIT_ORDER: Final = ((1, 2),)

FIRST_FIELDS: Final = (
    FieldShape(
        name="given_name",
        role="person",
        levels=NAME_LEVELS,
        ordered=NAME_ORDER,
        most_unlike=MOST_UNLIKE,
        common=0.01,
        most_common=0.05,
    ),
    FieldShape(name="family_name", role="shared", levels=NAME_LEVELS, ordered=NAME_ORDER, most_unlike=MOST_RENAMED),
    FieldShape(
        name="middle_name",
        role="person",
        levels=MIDDLE_LEVELS,
        ordered=((1, 2, 3, 4),),
        common=0.02,
        most_common=0.1,
    ),
    FieldShape(
        name="birth_date",
        role="person",
        levels=DATE_LEVELS,
        ordered=DATE_ORDER,
        unlike=4,
        most_unlike=MOST_UNLIKE,
        common=0.05,
        most_common=0.1,
    ),
    FieldShape(name="sex", role="person", levels=TRAIT_LEVELS, ordered=TRAIT_ORDER, most_unlike=MOST_UNLIKE),
    FieldShape(name="suffix", role="person", levels=SUFFIX_LEVELS, ordered=TRAIT_ORDER),
    FieldShape(name="place", role="shared", levels=PLACE_LEVELS, ordered=PLACE_ORDER),
)


def value_field(name: str, *, shared: bool) -> FieldShape:
    """The shape of a kind of values."""
    if name.startswith(CATEGORY):
        return FieldShape(name=name, role="shared", levels=CATEGORY_LEVELS, ordered=VALUE_ORDER)
    if shared:
        return FieldShape(name=name, role="shared", levels=SHARED_VALUE_LEVELS, ordered=VALUE_ORDER)
    return FieldShape(name=name, role="person", levels=VALUE_LEVELS, ordered=VALUE_ORDER, common=0.02, most_common=0.5)
