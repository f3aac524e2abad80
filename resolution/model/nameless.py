"""Tables with few names and births, or none: a number, a telephone or an e-mail is all that says who somebody is.

Two records share one because they are of one person, or because two people chose it, by a chance that nothing but the
same values tells: any number of people explains them. Nor is there anything by which people of one household differ. So
where no names are, neither is learned. Rows that share what two rows have are taken for one person by fixed odds, and
the commoner a value is, the less it says. Where some rows have names, these tell how often strangers share a value.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.comparing.levels import (
    CATEGORY,
    DATE_FIELD,
    FAMILY_FIELD,
    GIVEN_FIELD,
    VALUE_FIELDS,
    FieldShape,
)
from resolution.model.em import UNLEARNED
from resolution.model.misread import SAME
from resolution.model.strangers import Levels

KNOWN: Final = 0.1
"""Share of candidate pairs that know a name or a birth, from which it can be learned who is one person."""
ODDS: Final = 20.0
"""Odds for one person of a pair that shares a value which stands in no third record."""
MOSTLY: Final = 0.7
"""Share of pairs with a value in common that know a name or a birth, from which each pair speaks for itself."""
FEWEST: Final = 50
"""Pairs that know one, by which the others are judged."""
LEAN: Final = 20.0
"""Pairs of strangers that are thought to be among them."""
LEAST_SHARED: Final = 0.25
"""Part of the strangers, by how many records hold a value, that share it at least: a mailbox may be of two."""
FREQUENCY: Final = 0.5
"""How much of a value's rarity counts: one that many records hold may be of a person who stands in many."""
SEVERAL: Final = frozenset({"phone", "device"})
"""What one person has several of, and a household shares."""
UNLIKE: Final = 0.0005
"""Share of pairs of one person whose e-mail or number differs."""
DIFFERS: Final = 1
Floats = NDArray[np.float64]


def is_nameless(level: NDArray[np.uint8]) -> bool:
    """Whether hardly any candidate pair knows a name or a birth of both; levels have shape (pairs, fields)."""
    return bool(len(level) and _named(level).mean() < KNOWN)


def _named(level: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return np.asarray((level[:, [GIVEN_FIELD, FAMILY_FIELD, DATE_FIELD]] > 0).any(axis=1))


def numbers_of(fields: tuple[FieldShape, ...]) -> NDArray[np.bool_]:
    """Which fields hold what says who somebody is in such a table; shape (fields,)."""
    own = [at >= VALUE_FIELDS and not field.name.startswith(CATEGORY) for at, field in enumerate(fields)]
    return np.array(own, np.bool_)


def of_numbers(
    fields: tuple[FieldShape, ...], start: Floats, frequency: Floats
) -> tuple[NDArray[np.bool_], Floats, Floats]:
    """What is known beforehand of a table in which numbers alone say who somebody is.

    Args:
        fields: of the table.
        start: shape (fields, levels). P(level | one person) to start from.
        frequency: shape (fields, levels). How much of a value's rarity counts.

    Returns:
        Which fields hold such numbers; and start and frequency for them. Whose e-mail or number differs is somebody
        else, whatever telephone they share; telephones and devices one person has several of.
    """
    telling, start, frequency = numbers_of(fields), start.copy(), frequency.copy()
    frequency[telling, SAME] = FREQUENCY
    several = np.array([field.name in SEVERAL for field in fields])
    own = telling & ~several
    start[own, SAME] += start[own, DIFFERS] - UNLIKE
    start[own, DIFFERS] = UNLIKE
    return telling, start, frequency


def of_two_records(random: Levels, numbers: NDArray[np.bool_], start: Floats, records: int) -> Levels:
    """What strangers share, where a value of these fields that two records hold gives ODDS for one person.

    Args:
        random: as random pairs show it.
        numbers: shape (fields,).
        start: shape (fields, levels). P(level | one person).
        records: how many there are.
    """
    share, rarity = random.share.copy(), random.rarity.copy()
    share[numbers, SAME] = start[numbers, SAME] * UNLEARNED / (ODDS * max(records, 2))
    rarity[numbers, SAME] = np.log2(2 / max(records, 2))
    return Levels(share=share, rarity=rarity)


def shared_by_strangers(share: Floats, level: NDArray[np.uint8], strange: Floats, numbers: NDArray[np.bool_]) -> Floats:
    """How often strangers share a value of these fields, where most pairs that share one know no name.

    By how many records hold a value, as many strangers share it as there are pairs that do. Which of them are one
    person, those tell that know names.

    Args:
        share: shape (fields, levels). P(level | strangers) as random pairs show it.
        level: shape (pairs, fields). Candidate pairs.
        strange: shape (pairs,). Probability that each is of strangers.
        numbers: shape (fields,).

    Returns:
        The shares, those of equal values lower by the part of strangers among the pairs that know names.
    """
    named, share = _named(level), share.copy()
    for field in np.flatnonzero(numbers):
        same = level[:, field] == SAME
        asked = same & named
        if asked.sum() >= FEWEST and named[same].mean() < MOSTLY:
            part = (strange[asked].sum() + LEAN) / (asked.sum() + LEAN)
            share[field, SAME] *= max(part, LEAST_SHARED)
    return share
