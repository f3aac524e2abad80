"""A field that stands alone against all others: read wrongly, or told otherwise by each source.

Where one person's records never agree in a field, training finds nobody: every pair that agrees in all else is pushed
below what chance would give. Before a table is taken for one without duplicates, the fields are asked one by one.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.comparing.levels import (
    DATE_FIELD,
    FAMILY_FIELD,
    GIVEN_FIELD,
    MIDDLE_FIELD,
    PLACE_FIELD,
    SEX_FIELD,
    VALUE_FIELDS,
    VALUE_LEVELS,
)
from resolution.model.em import Fit, Given, at_first, level_evidence
from resolution.model.patterns import Patterns
from resolution.model.starts import SAME_DATE
from resolution.model.weights import AGREES

STREET_LEVEL: Final = 6
"""Level of a place from which street, or more, agrees."""
FEWEST: Final = 50.0
SHARE: Final = 0.1
"""Pairs, to a record, that agree in all else; fewer may be namesakes of one family."""
SURE_BITS: Final = 10.0
"""Log-odds that a pair has to have without the field, with one match for every two records as prior."""
FOUND: Final = 0.2
"""Matches that training found, to each such pair, from which the field is no riddle."""
AGREEING: Final = 0.1
"""Pairs that agree in the field too, to each such pair, from which it is rather two people.

Values agree where they are the same: short numbers are a typing error apart by chance.
"""
SAME: Final = len(VALUE_LEVELS)
BY_CHANCE: Final = 0.3
"""Pairs that have a name in common, to each that has none, from which names are not somebody else's."""
UNLIKE: Final = (1, 4)
"""Levels of names that differ, and that are weakly similar, as many names of strangers are."""
NAME_FIELDS: Final = (GIVEN_FIELD, FAMILY_FIELD, MIDDLE_FIELD)


def alone_against(patterns: Patterns, given: Given, found: Fit, records: int) -> int | None:
    """The field that pairs which agree in all else disagree in, nearly all of them; None where there is none.

    Names are never it: who shares everything but a name is a relative. Where there are no names, who was born on one
    day and lives in one street is one person, or a twin.

    Args:
        patterns: candidate pairs.
        given: what training knew.
        found: what it found.
        records: how many there are.
    """
    named, least = _named(patterns), _least(given, found, records)
    each = _evidence(patterns, given)
    whole = each.sum(axis=1) + patterns.rare - np.log2(max(records, 1))
    against: dict[int, float] = {}
    for field in (DATE_FIELD, SEX_FIELD, *range(PLACE_FIELD + 1, patterns.level.shape[1])):
        sure = named & (whole - each[:, field] >= SURE_BITS)
        unlike = given.unlike[field][patterns.level[:, field]]
        apart = float(patterns.count[sure & unlike].sum())
        same = patterns.level[:, field] == SAME if field >= VALUE_FIELDS else ~unlike & (patterns.level[:, field] > 0)
        alike = float(patterns.count[sure & same].sum())
        if apart >= max(least, alike / AGREEING):
            against[field] = apart
    return max(against, key=lambda field: against[field]) if against else None


def names_against(patterns: Patterns, given: Given, found: Fit, records: int) -> bool:
    """Whether pairs that agree in all else have no name in common, nearly all of them: the names are somebody else's.

    Who shares a birthday or a number of his own with another, and more besides, is he himself or a relative, and a
    relative mostly has the family name.

    Args:
        patterns: candidate pairs.
        given: what training knew.
        found: what it found.
        records: how many there are.
    """
    each = _evidence(patterns, given)
    each[:, NAME_FIELDS] = 0
    level = patterns.level
    owned = np.flatnonzero(~given.shared[VALUE_FIELDS:]) + VALUE_FIELDS
    own = (level[:, DATE_FIELD] == SAME_DATE) | (level[:, owned] == SAME).any(axis=1)
    sure = own & (each.sum(axis=1) - np.log2(max(records, 1)) >= SURE_BITS)
    names = level[:, [GIVEN_FIELD, FAMILY_FIELD]]
    alike = ((names > 0) & ~np.isin(names, UNLIKE)).any(axis=1)
    apart = float(patterns.count[sure & (names > 0).any(axis=1) & ~alike].sum())
    together = float(patterns.count[sure & alike].sum())
    return apart >= max(_least(given, found, records), together / BY_CHANCE)


def _evidence(patterns: Patterns, given: Given) -> NDArray[np.float64]:
    """Bits of each field of each pattern before anything is learned; shape (patterns, fields)."""
    bits, _ = level_evidence(given, at_first(given))
    return np.take(bits, patterns.cell)


def _least(given: Given, found: Fit, records: int) -> float:
    """Pairs against a field from which it is a riddle, beside so many records and so many matches found."""
    return max(FEWEST, SHARE * records, found.matches * given.table.all / FOUND)


def _named(patterns: Patterns) -> NDArray[np.bool_]:
    """Patterns in which both names agree; in a table without names, date and address. Shape (patterns,)."""
    names = patterns.level[:, [GIVEN_FIELD, FAMILY_FIELD]]
    if names.any():
        return np.asarray((names >= AGREES).all(axis=1), np.bool_)
    return np.asarray((patterns.level[:, DATE_FIELD] == SAME_DATE) & (patterns.level[:, PLACE_FIELD] >= STREET_LEVEL))
