"""All candidate pairs weighed, two threads, pairs never stored: only edges worth a look leave the kernel.

Chunks of rows are fixed by the table's size, and results are put together in order of chunk, so the outcome does not
depend on threads.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.progress import Progress
from resolution.blocking.index import Blocks
from resolution.blocking.walk import Walk, meet, unseen
from resolution.borrow import lent
from resolution.comparing.batch import BATCH, space
from resolution.comparing.pairs import compare_row
from resolution.compiled import kernel
from resolution.encode.codes import Codes
from resolution.model.weights import Weights, lent_weights, pair_bits, summed_bits

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
    rules = len(blocks.rules)
    progress.start(TASK, CHUNKS)

    def chunk(number: int) -> tuple[Edges, Tally]:
        found = _score_rows(codes, blocks.walk, weights, (int(cuts[number]), int(cuts[number + 1]), rules), least_bits)
        progress.advance(TASK)
        return (
            Edges(left=found[0], right=found[1], bits=found[2], rule=found[3]),
            Tally(histogram=found[4], pairs=found[5], matches=found[6]),
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


@kernel
def _score_rows(
    codes: Codes, walk: Walk, weights: Weights, part: tuple[int, int, int], least_bits: float
) -> tuple[
    NDArray[np.int32],
    NDArray[np.int32],
    NDArray[np.float64],
    NDArray[np.uint8],
    NDArray[np.int64],
    NDArray[np.int64],
    NDArray[np.float64],
]:
    begin, end, rules = part
    source, weights = lent(codes.source), lent_weights(weights)
    run_rule = lent(walk.run_rule)
    n, fields = len(source), weights.says.shape[1]
    seen = unseen(n)
    met, by = np.empty(n, np.int32), np.empty(n, np.int32)
    level, rarity = np.zeros((BATCH, fields), np.uint8), np.zeros((BATCH, fields), np.float32)
    room = space()
    left, right = np.empty(1024, np.int32), np.empty(1024, np.int32)
    bits, rule = np.empty(1024, np.float64), np.empty(1024, np.uint8)
    histogram = np.zeros(BINS, np.int64)
    pairs, matches = np.zeros(rules, np.int64), np.zeros(rules)
    used = 0
    for row in range(begin, end):
        count = meet(walk, row, seen, met, by)
        for place in range(count):
            other, run, at = met[place], by[place], place % BATCH
            if at == 0:
                compare_row(codes, row, met[place : min(place + BATCH, count)], level, rarity, room)
            for_one, for_kin = summed_bits(weights, level[at], rarity[at])
            prior = weights.within if source[row] == source[other] else weights.across
            total = pair_bits(weights.household, prior, for_one, for_kin)
            histogram[min(max(int(np.floor(total)) - LEAST_BIN, 0), BINS - 1)] += 1
            pairs[run_rule[run]] += 1
            if total > HOPELESS_BITS:
                matches[run_rule[run]] += 1.0 / (1.0 + 2.0**-total)
            if total >= least_bits:
                if used == len(left):
                    left, right = np.concatenate((left, left)), np.concatenate((right, right))
                    bits, rule = np.concatenate((bits, bits)), np.concatenate((rule, rule))
                left[used], right[used], bits[used], rule[used] = row, other, total, run_rule[run]
                used += 1
    return (
        left[:used].copy(),
        right[:used].copy(),
        bits[:used].copy(),
        rule[:used].copy(),
        histogram,
        pairs,
        matches,
    )
