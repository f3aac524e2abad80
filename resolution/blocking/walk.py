"""The compiled walk over candidate pairs: each pair once, with the block that first proposed it.

A row's blocks come smallest first, and a row remembers whom it has met, so no pair is emitted twice and none is stored
to find that out.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolution.compiled import kernel


class Walk(NamedTuple):
    """Arrays for the walk over candidate pairs of n rows.

    Attributes:
        start: shape (n + 1,). Where each row's entries begin.
        entries: blocks of each row, smallest first.
        begins: where each block begins in `members`.
        sizes: records of each block.
        rule: rule of each block.
        members: rows of all blocks, ascending within each.
        cap: blocks above this size are left out.
        source: shape (n,).
        across_only: leave out pairs inside one source.
    """

    start: NDArray[np.int64]
    entries: NDArray[np.int32]
    begins: NDArray[np.int64]
    sizes: NDArray[np.int32]
    rule: NDArray[np.uint8]
    members: NDArray[np.int32]
    cap: int
    source: NDArray[np.int32]
    across_only: bool


@kernel
def meet(walk: Walk, row: int, seen: NDArray[np.int32], met: NDArray[np.int32], by: NDArray[np.int32]) -> int:
    """Find the later rows that a row is to be compared with.

    Args:
        walk: the blocks.
        row: a row.
        seen: shape (n,), room to work in; starts as -1 and is kept from row to row.
        met: out, shape (n,). The rows met, those of small blocks first.
        by: out, shape (n,). The block that proposed each.

    Returns:
        How many rows were met.
    """
    count = 0
    for entry in range(walk.start[row], walk.start[row + 1]):
        block = walk.entries[entry]
        if walk.sizes[block] > walk.cap:
            break
        at = walk.begins[block] + walk.sizes[block] - 1
        while walk.members[at] > row:
            other = walk.members[at]
            at -= 1
            if seen[other] == row or (walk.across_only and walk.source[other] == walk.source[row]):
                continue
            seen[other] = row
            met[count] = other
            by[count] = block
            count += 1
    return count


@kernel
def count_by_size(walk: Walk, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many pairs of these rows with later rows first meet in a block of each size; shape (cap + 1,)."""
    n = len(walk.source)
    seen, met, by = np.full(n, -1, np.int32), np.empty(n, np.int32), np.empty(n, np.int32)
    count = np.zeros(walk.cap + 1, np.int64)
    for row in rows:
        for place in range(meet(walk, row, seen, met, by)):
            count[walk.sizes[by[place]]] += 1
    return count


@kernel
def collect_pairs(walk: Walk, rows: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """All candidate pairs of some rows with later rows."""
    n = len(walk.source)
    seen, met, by = np.full(n, -1, np.int32), np.empty(n, np.int32), np.empty(n, np.int32)
    left, right = np.empty(1024, np.int32), np.empty(1024, np.int32)
    used = 0
    for row in rows:
        count = meet(walk, row, seen, met, by)
        while used + count > len(left):
            left, right = np.concatenate((left, left)), np.concatenate((right, right))
        left[used : used + count] = row
        right[used : used + count] = met[:count]
        used += count
    return left[:used].copy(), right[:used].copy()
