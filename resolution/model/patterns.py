"""Pairs collapsed to counts of distinct patterns: what training works on.

A pattern is the level of every field, whether both records are of one source, and the sum of what the values' rarity
adds, in quarter bits, for one person and for relatives. Thousands of patterns stand for millions of pairs.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.comparing.levels import FAMILY_FIELD, GIVEN_FIELD
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
        names: shape (patterns,). Which names agree, as `weights.agreement`.
        count: shape (patterns,). Pairs, scaled.
        of: shape (pairs,). Pattern of each pair.
    """

    level: NDArray[np.uint8]
    within: NDArray[np.bool_]
    rare: Floats
    rare_shared: Floats
    names: NDArray[np.int64]
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
    fields = np.arange(int(pairs.level.shape[1]), dtype=np.int64)
    added = frequency[fields, pairs.level] * (usual[fields, pairs.level] - pairs.rarity)
    added[pairs.level == 0] = 0
    rare = np.rint(added.sum(axis=1) * BANDS_A_BIT).astype(np.int64)
    added[~(shared | (frequency == 1)[fields, pairs.level])] = 0
    rare_shared = np.rint(added.sum(axis=1) * BANDS_A_BIT).astype(np.int64)
    key = _keys([pairs.within, rare, rare_shared, *pairs.level.T])
    _, first, of, count = np.unique(key, return_index=True, return_inverse=True, return_counts=True)
    level = pairs.level[first]
    return Patterns(
        level=level,
        within=pairs.within[first],
        rare=rare[first] / BANDS_A_BIT,
        rare_shared=rare_shared[first] / BANDS_A_BIT,
        names=(level[:, GIVEN_FIELD] >= AGREES) + 2 * (level[:, FAMILY_FIELD] >= AGREES),
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


def level_counts(level: NDArray[np.uint8], weight: Floats, levels: int) -> Floats:
    """Weighted number of rows at each level of each field; shape (fields, levels), level 0 left out as 0."""
    counts = np.stack([np.bincount(column, weights=weight, minlength=levels) for column in level.T]).astype(np.float64)
    counts[:, 0] = 0
    return counts
