"""Pairs collapsed to counts of distinct patterns: what training works on.

A pattern is the level of every field, whether both records are of one source, and the sum of what the values' rarity
adds, in quarter bits, for one person and for relatives. Thousands of patterns stand for millions of pairs.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.comparing.levels import FAMILY_FIELD, GIVEN_FIELD, MOST_LEVELS
from resolution.compiled import kernel
from resolution.mixing import mixed
from resolution.model.weights import AGREES

BANDS_A_BIT: Final = 4
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
    cell: NDArray[np.int32]
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
    kin = shared[:, None] | (frequency == 1)
    bands, key = _banded(pairs.level, pairs.rarity, pairs.within, frequency, usual, kin)
    first, of, count = _groups(key)
    level = pairs.level[first]
    names = (level[:, GIVEN_FIELD] >= AGREES) + 2 * (level[:, FAMILY_FIELD] >= AGREES)
    fields = np.arange(len(shared), dtype=np.int32)
    return Patterns(
        level=level,
        within=pairs.within[first],
        rare=bands[first, 0] / BANDS_A_BIT,
        rare_shared=bands[first, 1] / BANDS_A_BIT,
        cell=((names[:, None] * len(shared) + fields) * MOST_LEVELS + level).astype(np.int32),
        count=count.astype(np.float64) * pairs.scale,
        of=of,
    )


@kernel
def _banded(
    level: NDArray[np.uint8],
    rarity: NDArray[np.float32],
    within: NDArray[np.bool_],
    frequency: Floats,
    usual: Floats,
    kin: NDArray[np.bool_],
) -> tuple[NDArray[np.int32], NDArray[np.uint64]]:
    """What rarity adds to each pair, and a 64-bit number for all that its pattern is.

    Returns:
        Bands for one person and for relatives, where `kin` says that it counts, shape (pairs, 2); numbers, (pairs,).
    """
    pairs, fields = level.shape
    bands, key = np.empty((pairs, 2), np.int32), np.empty(pairs, np.uint64)
    for pair in range(pairs):
        rare, rare_shared = 0.0, 0.0
        for field in range(fields):
            at = level[pair, field]
            if at > 0:
                added = frequency[field, at] * (usual[field, at] - rarity[pair, field])
                rare += added
                if kin[field, at]:
                    rare_shared += added
        bands[pair, 0] = np.int32(np.rint(rare * BANDS_A_BIT))
        bands[pair, 1] = np.int32(np.rint(rare_shared * BANDS_A_BIT))
        number = mixed(mixed(mixed(np.uint64(0), within[pair]), bands[pair, 0]), bands[pair, 1])
        for field in range(fields):
            number = mixed(number, level[pair, field])
        key[pair] = number
    return bands, key


def _groups(key: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Equal keys: the first place of each, shape (groups,); the group of every place; and the sizes, (groups,)."""
    order = np.argsort(key)
    begins = np.append(True, np.diff(key[order]) != 0)[: len(key)]
    begin = np.flatnonzero(begins)
    of = np.empty(len(key), np.int64)
    of[order] = np.cumsum(begins) - 1
    first = np.minimum.reduceat(order, begin) if len(begin) else begin
    return first, of, np.diff(np.append(begin, len(key)))


@kernel
def cell_sums(cell: NDArray[np.int32], match: Floats, kin: Floats) -> tuple[Floats, Floats]:
    """For each pattern the sums over its cells of two tables that are laid out flat; both of shape (patterns,)."""
    of_match, of_kin = np.zeros(len(cell)), np.zeros(len(cell))
    for pattern in range(len(cell)):
        for field in range(cell.shape[1]):
            of_match[pattern] += match[cell[pattern, field]]
            of_kin[pattern] += kin[cell[pattern, field]]
    return of_match, of_kin


def cell_counts(patterns: Patterns, weight: Floats) -> Floats:
    """Weighted number of patterns in each cell; shape (4, fields, MOST_LEVELS), level 0 left out as 0."""
    fields = int(patterns.cell.shape[1])
    counts = _weighed(patterns.cell, weight, 4 * fields * MOST_LEVELS)
    table = np.asarray(counts.reshape(4, fields, MOST_LEVELS), np.float64)
    table[:, :, 0] = 0
    return table


@kernel
def _weighed(cell: NDArray[np.int32], weight: Floats, cells: int) -> Floats:
    """The weight of all patterns that have each cell; shape (cells,)."""
    counts = np.zeros(cells)
    for pattern in range(len(cell)):
        for field in range(cell.shape[1]):
            counts[cell[pattern, field]] += weight[pattern]
    return counts


def level_counts(level: NDArray[np.uint8], weight: Floats, levels: int) -> Floats:
    """Weighted number of rows at each level of each field; shape (fields, levels), level 0 left out as 0."""
    counts = np.stack([np.bincount(column, weights=weight, minlength=levels) for column in level.T]).astype(np.float64)
    counts[:, 0] = 0
    return counts
