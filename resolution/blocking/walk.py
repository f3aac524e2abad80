"""The compiled walk over candidate pairs: each pair once, with the rule and block size that first proposed it.

A row's blocks come smallest first, and a row remembers whom it has met, so no pair is emitted twice and none is stored
to find that out. Blocks stand in order of size and rule: where a block begins and ends follows from where a row stands.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolution.compiled import bare, inner, kernel, shared
from resolution.machine import ask_ahead


class Walk(NamedTuple):
    """Arrays for the walk over candidate pairs of n rows.

    Attributes:
        start: shape (n + 1,). Where each row's entries begin.
        entries: places of each row in `members`, ascending; where a row is the last of its block, it has none.
        members: rows of all blocks, ascending within each; blocks in order of size, then rule.
        run_begin: shape (runs + 1,). Where the blocks of one size and rule begin in `members`.
        run_size: shape (runs,). Records in each block of a run.
        run_rule: shape (runs,).
        cap: the largest block.
        source: shape (n,).
        across_only: leave out pairs inside one source.
    """

    start: NDArray[np.int64]
    entries: NDArray[np.uint32]
    members: NDArray[np.int32]
    run_begin: NDArray[np.int64]
    run_size: NDArray[np.int32]
    run_rule: NDArray[np.uint8]
    cap: int
    source: NDArray[np.int32]
    across_only: bool


@inner
def _run_of(run_begin: NDArray[np.int64], place: int, low: int) -> int:
    """The run that a place lies in, at `low` or above; without a branch that a processor would have to guess."""
    length = len(run_begin) - 1 - low
    while length > 1:
        half = length >> 1
        low += half * (run_begin[low + half] <= place)
        length -= half
    return low


@inner
def meet(walk: Walk, row: int, seen: NDArray[np.uint8], met: NDArray[np.int32], by: NDArray[np.int32]) -> int:
    """Find the later rows that a row is to be compared with.

    Args:
        walk: the blocks.
        row: a row.
        seen: as `unseen` makes it, room to work in: a bit a row, so that the fastest caches hold it. All 0 again after.
        met: out, shape (n,). The rows met, those of small blocks first.
        by: out, shape (n,). The run whose block proposed each.

    Returns:
        How many rows were met.
    """
    count, run = 0, 0
    begins, members, source = walk.run_begin, walk.members, walk.source
    ahead = members.reshape(-1, 1)
    for entry in range(walk.start[row], walk.start[row + 1]):
        ask_ahead(ahead, walk.entries[entry])
    for entry in range(walk.start[row], walk.start[row + 1]):
        place = int(walk.entries[entry])
        run = _run_of(begins, place, run)
        size = int(walk.run_size[run])
        end = place + size - (place - begins[run]) % size
        for at in range(place + 1, end):
            other = members[at]
            byte, bit = other >> 3, other & 7
            new = ~(seen[byte] >> bit) & 1
            if walk.across_only:
                new &= int(source[other] != source[row])
            seen[byte] |= new << bit
            met[count] = other
            by[count] = run
            count += new
    for place in range(count):
        seen[met[place] >> 3] = 0
    return count


@kernel
def unseen(rows: int) -> NDArray[np.uint8]:
    """Room for `meet`."""
    return np.zeros(rows // 8 + 1, np.uint8)


@kernel
def count_by_size(walk: Walk, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many pairs of these rows with later rows first meet in a block of each size; shape (cap + 1,)."""
    n = len(walk.source)
    seen, met, by = unseen(n), np.empty(n, np.int32), np.empty(n, np.int32)
    count = np.zeros(walk.cap + 1, np.int64)
    for row in rows:
        for place in range(meet(walk, row, seen, met, by)):
            count[walk.run_size[by[place]]] += 1
    return count


@kernel
def collect_pairs(
    walk: Walk, rows: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """All candidate pairs of some rows with later rows, and the run that first proposed each."""
    n = len(walk.source)
    seen, met, by = unseen(n), np.empty(n, np.int32), np.empty(n, np.int32)
    left, right, run = np.empty(1024, np.int32), np.empty(1024, np.int32), np.empty(1024, np.int32)
    used = 0
    for row in rows:
        count = meet(walk, row, seen, met, by)
        while used + count > len(left):
            left, right = np.concatenate((left, left)), np.concatenate((right, right))
            run = np.concatenate((run, run))
        left[used : used + count] = row
        right[used : used + count] = met[:count]
        run[used : used + count] = by[:count]
        used += count
    return left[:used].copy(), right[:used].copy(), run[:used].copy()


@kernel
def count_by_rank(walk: Walk, rows: NDArray[np.int64], rank: NDArray[np.int64], ranks: int) -> NDArray[np.int64]:
    """How many pairs of these rows with later rows have their best rank at each; shape (ranks,).

    Args:
        walk: the blocks.
        rows: some rows.
        rank: shape (runs,). The lower, the sooner a run's blocks are taken.
        ranks: how many there are.
    """
    best = np.full(len(walk.source), ranks, np.int64)
    met = np.empty(len(walk.source), np.int32)
    count = np.zeros(ranks, np.int64)
    for row in rows:
        used, run = 0, 0
        for entry in range(walk.start[row], walk.start[row + 1]):
            place = int(walk.entries[entry])
            run = _run_of(walk.run_begin, place, run)
            size = int(walk.run_size[run])
            end = place + size - (place - walk.run_begin[run]) % size
            for at in range(place + 1, end):
                other = walk.members[at]
                if walk.across_only and walk.source[other] == walk.source[row]:
                    continue
                if best[other] == ranks:
                    met[used] = other
                    used += 1
                best[other] = min(best[other], rank[run])
        for at in range(used):
            count[best[met[at]]] += 1
            best[met[at]] = ranks
    return count


@kernel
def count_places(walk: Walk, wanted: NDArray[np.bool_], runs: tuple[int, int]) -> NDArray[np.int32]:
    """In how many blocks of some runs each wanted row stands, without those whose last it is; shape (n,)."""
    count = np.zeros(len(wanted), np.int32)
    _add_places(walk, wanted, runs, count)
    return count


@shared
def _add_places(walk: Walk, wanted: NDArray[np.bool_], runs: tuple[int, int], count: NDArray[np.int32]) -> None:
    """As `count_places`, into `count`."""
    members = walk.members
    for run in range(runs[0], runs[1]):
        size = walk.run_size[run]
        for begin in range(walk.run_begin[run], walk.run_begin[run + 1], size):
            for at in range(begin, begin + size - 1):
                count[members[at]] += wanted[members[at]]


@bare
def note_places(
    walk: Walk, wanted: NDArray[np.bool_], runs: tuple[int, int], cursor: NDArray[np.int64], entries: NDArray[np.uint32]
) -> None:
    """Write down where each wanted row stands in the blocks that `count_places` counts.

    Args:
        walk: the blocks.
        wanted: shape (n,).
        runs: first run, and the one after the last.
        cursor: shape (n,). Where each row's next place goes; moved on.
        entries: out, places of all rows.
    """
    members = walk.members
    for run in range(runs[0], runs[1]):
        size = walk.run_size[run]
        for begin in range(walk.run_begin[run], walk.run_begin[run + 1], size):
            for at in range(begin, begin + size - 1):
                row = members[at]
                if wanted[row]:
                    entries[cursor[row]] = at
                    cursor[row] += 1
