"""All candidate pairs weighed, two threads, pairs never stored: only edges worth a look leave the kernel.

Chunks of rows are fixed by the table's size, and results are put together in order of chunk, so the outcome does not
depend on threads.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.progress import Progress
from resolution.blocking.index import Blocks
from resolution.blocking.walk import Walk, meet, unseen
from resolution.comparing.batch import BATCH, Space, space
from resolution.comparing.pairs import compare_row
from resolution.compiled import bare, inner, kernel
from resolution.encode.codes import AT_SOURCE, Codes
from resolution.model.weights import Weights, pair_bits, summed_bits

WORKERS: Final = 2
CHUNKS: Final = 64
HOPELESS_BITS: Final = -20.0
"""Pairs below, one match in a million, add nothing to the matches that are counted."""
LEAST_BIN: Final = -120
BINS: Final = 241
TASK: Final = "compare"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """Candidate pairs that reach the least bits, in order of left row.

    Attributes:
        left: rows.
        right: rows, each above its left.
        bits: log-odds.
        rule: rule that first proposed each.
    """

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    bits: NDArray[np.float64]
    rule: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Counts over all candidate pairs.

    Attributes:
        histogram: shape (BINS,). Pairs by whole bits from LEAST_BIN.
        pairs: shape (rules,). Pairs that each rule proposed first.
        matches: shape (rules,). Sum of their probabilities.
    """

    histogram: NDArray[np.int64]
    pairs: NDArray[np.int64]
    matches: NDArray[np.float64]


def score_candidates(
    codes: Codes, blocks: Blocks, weights: Weights, *, least_bits: float, progress: Progress
) -> tuple[Edges, Tally]:
    """Weigh every candidate pair.

    Args:
        codes: the coded table.
        blocks: what blocking proposes.
        weights: the model.
        least_bits: edges below are only counted.
        progress: is told of every chunk.
    """
    cuts = np.linspace(0, len(codes.source), CHUNKS + 1).astype(np.int64)
    task = Task(codes, blocks.walk, weights, least_bits)
    progress.start(TASK, CHUNKS)

    def chunk(number: int) -> tuple[Edges, Tally]:
        found = _score_rows(task, (int(cuts[number]), int(cuts[number + 1])), len(blocks.rules))
        progress.advance(TASK)
        return (
            Edges(left=found.left, right=found.right, bits=found.bits, rule=found.rule),
            Tally(histogram=found.histogram, pairs=found.pairs, matches=found.matches),
        )

    with ThreadPoolExecutor(WORKERS) as pool:
        parts = list(pool.map(chunk, range(CHUNKS)))
    progress.finish(TASK)
    return _joined([edges for edges, _ in parts]), _summed([tally for _, tally in parts])


def _joined(parts: list[Edges]) -> Edges:
    return Edges(
        left=np.concatenate([part.left for part in parts]),
        right=np.concatenate([part.right for part in parts]),
        bits=np.concatenate([part.bits for part in parts]),
        rule=np.concatenate([part.rule for part in parts]),
    )


def _summed(parts: list[Tally]) -> Tally:
    return Tally(
        histogram=np.sum([part.histogram for part in parts], axis=0),
        pairs=np.sum([part.pairs for part in parts], axis=0),
        matches=np.sum([part.matches for part in parts], axis=0),
    )


class Task(NamedTuple):
    """What is weighed, and the least bits of an edge."""

    codes: Codes
    walk: Walk
    weights: Weights
    least_bits: float


class Found(NamedTuple):
    """Edges of some rows, with room for more, and counts over their pairs; as of `Edges` and `Tally`."""

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    bits: NDArray[np.float64]
    rule: NDArray[np.uint8]
    histogram: NDArray[np.int64]
    pairs: NDArray[np.int64]
    matches: NDArray[np.float64]


class Room(NamedTuple):
    """Room for the candidates of one row.

    Attributes:
        seen: of `meet`.
        met: shape (n,). Rows that it is compared with.
        by: shape (n,). Runs that proposed them.
        level: shape (BATCH, fields).
        rarity: the same.
        batch: of comparing.
    """

    seen: NDArray[np.uint8]
    met: NDArray[np.int32]
    by: NDArray[np.int32]
    level: NDArray[np.uint8]
    rarity: NDArray[np.float32]
    batch: Space


@kernel
def _score_rows(task: Task, part: tuple[int, int], rules: int) -> Found:
    """Weigh the candidates of the rows from the first of the part to the second."""
    n, fields = len(task.codes.source), task.weights.says.shape[1]
    level, rarity = np.zeros((BATCH, fields), np.uint8), np.zeros((BATCH, fields), np.float32)
    room = Room(unseen(n), np.empty(n, np.int32), np.empty(n, np.int32), level, rarity, space())
    histogram, pairs, matches = np.zeros(BINS, np.int64), np.zeros(rules, np.int64), np.zeros(rules)
    left, right, bits = np.empty(1024, np.int32), np.empty(1024, np.int32), np.empty(1024)
    rule, used, row = np.empty(1024, np.uint8), 0, part[0]
    while True:
        found = Found(left, right, bits, rule, histogram, pairs, matches)
        row, used = _weigh_rows(task, (row, part[1]), used, room, found)
        if row == part[1]:
            return Found(
                left[:used].copy(),
                right[:used].copy(),
                bits[:used].copy(),
                rule[:used].copy(),
                histogram,
                pairs,
                matches,
            )
        left, right = np.concatenate((left, left)), np.concatenate((right, right))
        bits, rule = np.concatenate((bits, bits)), np.concatenate((rule, rule))


@bare
def _weigh_rows(task: Task, rows: tuple[int, int], used: int, room: Room, found: Found) -> tuple[int, int]:
    """Weigh the candidates of rows until the edges of one may not find room.

    Returns:
        The row to go on with, and how many edges there are.
    """
    for row in range(rows[0], rows[1]):
        count = meet(task.walk, row, room.seen, room.met, room.by)
        if used + count > len(found.left):
            return row, used
        for begin in range(0, count, BATCH):
            end = min(begin + BATCH, count)
            compare_row(task.codes, row, room.met[begin:end], room.level, room.rarity, room.batch)
            for place in range(begin, end):
                used = _weigh_pair(task, row, place, used, room, found)
    return rows[1], used


@inner
def _weigh_pair(task: Task, row: int, place: int, used: int, room: Room, found: Found) -> int:
    """Count a compared pair, and keep it as an edge where it reaches the least bits; returns how many there are."""
    weights, line, at = task.weights, task.codes.line, place % BATCH
    other, rule = room.met[place], task.walk.run_rule[room.by[place]]
    for_one, for_kin = summed_bits(weights, room.level[at], room.rarity[at])
    prior = weights.within if line[row, AT_SOURCE] == line[other, AT_SOURCE] else weights.across
    total = pair_bits(weights.household, prior, for_one, for_kin)
    found.histogram[min(max(int(np.floor(total)) - LEAST_BIN, 0), BINS - 1)] += 1
    found.pairs[rule] += 1
    if total > HOPELESS_BITS:
        found.matches[rule] += 1.0 / (1.0 + 2.0**-total)
    if total >= task.least_bits:
        found.left[used], found.right[used], found.bits[used], found.rule[used] = row, other, total, rule
        used += 1
    return used
