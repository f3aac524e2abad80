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
    VALUE_LEVELS,
    FieldShape,
)
from resolution.model.em import HELD
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
SAME: Final = len(VALUE_LEVELS)
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


def held_by_two(random: Levels, numbers: NDArray[np.bool_], start: Floats, records: float) -> Levels:
    """What strangers share, where a value of these fields that two records hold gives ODDS for one person.

    Args:
        random: as random pairs show it.
        numbers: shape (fields,).
        start: shape (fields, levels). P(level | one person).
        records: how many there are.
    """
    share, rarity = random.share.copy(), random.rarity.copy()
    share[numbers, SAME] = start[numbers, SAME] * HELD / (ODDS * max(records, 2))
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
