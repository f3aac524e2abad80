"""The compiled walk over candidate pairs: each pair once, with the block that first proposed it.

A row's blocks come smallest first, and a row remembers whom it has met, so no pair is emitted twice and none is stored
to find that out.
"""

import numpy as np
from numpy.typing import NDArray

from resolution.blocking.index import Walk
from resolution.compiled import kernel


@kernel
def meet(
    walk: Walk,
    row: int,
    seen: NDArray[np.int32],
    source: NDArray[np.int32],
    across_only: bool,
    met: NDArray[np.int32],
    by: NDArray[np.int32],
) -> int:
    """Find the later rows that a row is to be compared with.

    Args:
        walk: the blocks.
        row: a row.
        seen: shape (n,), room to work in; starts as -1 and is kept from row to row.
        source: shape (n,).
        across_only: leave out rows of the same source.
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
            if seen[other] == row or (across_only and source[other] == source[row]):
                continue
            seen[other] = row
            met[count] = other
            by[count] = block
            count += 1
    return count


@kernel
def collect_pairs(
    walk: Walk, rows: NDArray[np.int64], source: NDArray[np.int32], across_only: bool
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """All candidate pairs of some rows with later rows."""
    n = len(source)
    seen = np.full(n, -1, np.int32)
    met = np.empty(n, np.int32)
    by = np.empty(n, np.int32)
    left = np.empty(1024, np.int32)
    right = np.empty(1024, np.int32)
    used = 0
    for row in rows:
        count = meet(walk, row, seen, source, across_only, met, by)
        while used + count > len(left):
            left = np.concatenate((left, left))
            right = np.concatenate((right, right))
        left[used : used + count] = row
        right[used : used + count] = met[:count]
        used += count
    return left[:used].copy(), right[:used].copy()
