"""Pairs collapsed to counts of distinct patterns: what training works on.

A pattern is the level of every field, whether both records are of one source, and the sum of what the values' rarity
adds, in quarter bits, for one person and for relatives. Thousands of patterns stand for millions of pairs.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lake.workers import cuts, in_threads
from resolution.comparing.levels import FAMILY_FIELD, GIVEN_FIELD, MOST_LEVELS
from resolution.compiled import kernel
from resolution.mixing import mixed
from resolution.model.weights import AGREES
from resolution.numbering import number_keys

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
    bands, key = np.empty((len(pairs.level), 2), np.int32), np.empty(len(pairs.level), np.uint64)

    def band(cut: tuple[int, int]) -> None:
        part, says = slice(*cut), (frequency, usual, kin)
        _band(pairs.level[part], pairs.rarity[part], pairs.within[part], says, bands[part], key[part])

    in_threads(band, cuts(len(pairs.level)))
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
def _band(
    level: NDArray[np.uint8],
    rarity: NDArray[np.float32],
    within: NDArray[np.bool_],
    says: tuple[Floats, Floats, NDArray[np.bool_]],
    bands: NDArray[np.int32],
    key: NDArray[np.uint64],
) -> None:
    """Find what rarity adds to each pair, and a 64-bit number for all that its pattern is.

    Args:
        level: shape (pairs, fields).
        rarity: the same shape.
        within: shape (pairs,).
        says: how much of a rarity counts, what the bits hold already, and whether it counts for relatives; each of
            shape (fields, levels).
        bands: out, shape (pairs, 2). Bands for one person and for relatives.
        key: out, shape (pairs,).
    """
    pairs, fields = level.shape
    frequency, usual, kin = says
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


def _groups(key: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Equal keys, by key: the first place of each, shape (groups,); every place's group; and the sizes, (groups,)."""
    number, first = number_keys(key)
    order = np.argsort(key[first])
    place = np.empty(len(first), np.int64)
    place[order] = np.arange(len(first))
    of = place[number]
    return first[order], of, np.bincount(of, minlength=len(first))


@kernel
def cell_sums(cell: NDArray[np.int32], match: Floats, kin: Floats) -> tuple[Floats, Floats]:
    """For each pattern the sums over its cells of two tables that are laid out flat; both of shape (patterns,)."""
    of_match, of_kin = np.empty(len(cell)), np.empty(len(cell))
    for pattern in range(len(cell)):
        one, other = 0.0, 0.0
        for field in range(cell.shape[1]):
            at = cell[pattern, field]
            one += match[at]
            other += kin[at]
        of_match[pattern], of_kin[pattern] = one, other
    return of_match, of_kin


def cell_counts(patterns: Patterns, match: Floats, kin: Floats) -> tuple[Floats, Floats]:
    """Patterns in each cell by two weights; both of shape (4, fields, MOST_LEVELS), level 0 left out as 0."""
    fields = int(patterns.cell.shape[1])
    counts = _weighed(patterns.cell, match, kin, 4 * fields * MOST_LEVELS)
    tables = counts.reshape(4, fields, MOST_LEVELS, 2)
    tables[:, :, 0] = 0
    return tables[..., 0], tables[..., 1]


@kernel
def _weighed(cell: NDArray[np.int32], match: Floats, kin: Floats, cells: int) -> Floats:
    """Both weights of all patterns that have each cell; shape (cells, 2)."""
    counts = np.zeros((cells, 2))
    for pattern in range(len(cell)):
        one, other = match[pattern], kin[pattern]
        for field in range(cell.shape[1]):
            at = cell[pattern, field]
            counts[at, 0] += one
            counts[at, 1] += other
    return counts


def level_counts(level: NDArray[np.uint8], weight: Floats, levels: int) -> Floats:
    """Weighted number of rows at each level of each field; shape (fields, levels), level 0 left out as 0."""
    counts = _counted(level, weight, levels)
    counts[:, 0] = 0
    return counts


@kernel
def _counted(level: NDArray[np.uint8], weight: Floats, levels: int) -> Floats:
    """The weight of all rows at each level of each field, the unknown too; shape (fields, levels), all levels below."""
    counts = np.zeros((level.shape[1], levels))
    for row in range(len(level)):
        for field in range(level.shape[1]):
            counts[field, level[row, field]] += weight[row]
    return counts


@kernel
def rarity_sums(level: NDArray[np.uint8], rarity: NDArray[np.float32], weight: Floats, levels: int) -> Floats:
    """Weighted sum of the rarity of rows at each level of each field; shape (fields, levels), all levels below."""
    sums = np.zeros((level.shape[1], levels))
    for row in range(len(level)):
        for field in range(level.shape[1]):
            sums[field, level[row, field]] += weight[row] * rarity[row, field]
    return sums
