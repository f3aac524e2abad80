"""Pairs collapsed to counts of distinct patterns: what training works on.

A pattern is the level of every field, whether both records are of one source, and the sum of what the values' rarity
adds, in quarter bits, for one person and for relatives. Thousands of patterns stand for millions of pairs.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.comparing.levels import FAMILY_FIELD, GIVEN_FIELD, MOST_LEVELS
from resolution.model.weights import AGREES

BANDS_A_BIT: Final = 4
MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Compared pairs.

    Attributes:
        level: shape (pairs, fields).
        rarity: shape (pairs, fields).
        within: shape (pairs,). Both records are of one source.
        scale: how many pairs each stands for.
    """

    level: NDArray[np.uint8]
    rarity: NDArray[np.float32]
    within: NDArray[np.bool_]
    scale: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """Distinct patterns.

    Attributes:
        level: shape (patterns, fields).
        within: shape (patterns,).
        rare: shape (patterns,). Bits that rarity adds for one person.
        rare_shared: shape (patterns,). The same for relatives: over shared fields, and where all of the rarity counts.
        cell: shape (patterns, fields). Where each level stands in a table of shape (4, fields, MOST_LEVELS), by which
            names agree (as `weights.agreement`), field and level.
        count: shape (patterns,). Pairs, scaled.
        of: shape (pairs,). Pattern of each pair.
    """

    level: NDArray[np.uint8]
    within: NDArray[np.bool_]
    rare: Floats
    rare_shared: Floats
    cell: NDArray[np.int64]
    count: Floats
    of: NDArray[np.int64]


def collapse(pairs: Pairs, frequency: Floats, usual: Floats, shared: NDArray[np.bool_]) -> Patterns:
    """Count the distinct patterns among pairs.

    Args:
        pairs: compared pairs.
        frequency: shape (fields, levels). How much of a value's rarity counts.
        usual: shape (fields, levels). Rarity that the bits already hold.
        shared: shape (fields,). Fields that relatives share.
    """
    rare, rare_shared = np.zeros((2, len(pairs.level)))
    for field in range(len(shared)):
        level = pairs.level[:, field]
        added = frequency[field].take(level) * (usual[field].take(level) - pairs.rarity[:, field])
        added[level == 0] = 0
        rare += added
        rare_shared += added * (shared[field] | (frequency[field] == 1)).take(level)
    bands, bands_shared = (np.rint(bits * BANDS_A_BIT).astype(np.int64) for bits in (rare, rare_shared))
    key = _keys([pairs.within, bands, bands_shared, *pairs.level.T])
    _, first, of, count = np.unique(key, return_index=True, return_inverse=True, return_counts=True)
    level = pairs.level[first]
    names = (level[:, GIVEN_FIELD] >= AGREES) + 2 * (level[:, FAMILY_FIELD] >= AGREES)
    fields = np.arange(len(shared), dtype=np.int64)
    return Patterns(
        level=level,
        within=pairs.within[first],
        rare=bands[first] / BANDS_A_BIT,
        rare_shared=bands_shared[first] / BANDS_A_BIT,
        cell=(names[:, None] * len(shared) + fields) * MOST_LEVELS + level,
        count=count.astype(np.float64) * pairs.scale,
        of=of,
    )


def _keys(columns: list[NDArray[np.generic]]) -> NDArray[np.uint64]:
    """A 64-bit number for each row; equal rows get equal numbers."""
    key = np.zeros(len(columns[0]), np.uint64)
    for column in columns:
        key = (key ^ column.astype(np.int64).astype(np.uint64)) * MULTIPLIER
        key ^= key >> np.uint64(29)
    return key


def cell_counts(patterns: Patterns, weight: Floats) -> Floats:
    """Weighted number of patterns in each cell; shape (4, fields, MOST_LEVELS), level 0 left out as 0."""
    fields = int(patterns.cell.shape[1])
    size = 4 * fields * MOST_LEVELS
    counts = np.bincount(patterns.cell.ravel(), weights=np.repeat(weight, fields), minlength=size)
    table = np.asarray(counts.reshape(4, fields, MOST_LEVELS), np.float64)
    table[:, :, 0] = 0
    return table


def level_counts(level: NDArray[np.uint8], weight: Floats, levels: int) -> Floats:
    """Weighted number of rows at each level of each field; shape (fields, levels), level 0 left out as 0."""
    counts = np.stack([np.bincount(column, weights=weight, minlength=levels) for column in level.T]).astype(np.float64)
    counts[:, 0] = 0
    return counts
