"""Tables without names and births: a number, a telephone or an e-mail is all that says who somebody is.

Two records share one because they are of one person, or because two people chose it, by a chance that nothing but the
same values tells: any number of people explains them. Nor is there anything by which people of one household differ. So
in such a table neither is learned. Whose rows share what two rows have are taken for one person by fixed odds, and the
commoner a value is, the less it says.
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
from resolution.model.strangers import Levels

KNOWN: Final = 0.1
"""Share of candidate pairs that know a name or a birth, from which it can be learned who is one person."""
ODDS: Final = 20.0
"""Odds for one person of a pair that shares a value which stands in no third record."""
FREQUENCY: Final = 0.5
"""How much of a value's rarity counts: one that many records hold may be of a person who stands in many."""
SAME: Final = len(VALUE_LEVELS)
Floats = NDArray[np.float64]


def is_nameless(level: NDArray[np.uint8]) -> bool:
    """Whether hardly any candidate pair knows a name or a birth of both; levels have shape (pairs, fields)."""
    known = (level[:, [GIVEN_FIELD, FAMILY_FIELD, DATE_FIELD]] > 0).any(axis=1)
    return bool(len(level) and known.mean() < KNOWN)


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
        records: how many there are; training starts from one match for every two.
    """
    share, rarity = random.share.copy(), random.rarity.copy()
    share[numbers, SAME] = start[numbers, SAME] / (ODDS * max(records, 2))
    rarity[numbers, SAME] = np.log2(2 / max(records, 2))
    return Levels(share=share, rarity=rarity)
