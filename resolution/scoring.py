"""All candidate pairs weighed, two threads, pairs never stored: only edges worth a look leave the kernel.

Chunks of rows are fixed by the table's size, and results are put together in order of chunk, so the outcome does not
depend on threads.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.progress import Progress
from lake.workers import cuts, in_threads
from resolution.blocking.index import Blocks
from resolution.encode.codes import Codes
from resolution.hopeless import apportioned
from resolution.model.weights import Weights
from resolution.weighing import Found, Task, weigh_part

CHUNKS: Final = 64
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
        histogram: shape (BINS,). Pairs by whole bits from LEAST_BIN; those that no name could make an edge by a sample.
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
    task = Task(codes, blocks.walk, weights, least_bits)
    progress.start(TASK, CHUNKS)

    def chunk(rows: tuple[int, int]) -> Found:
        found = weigh_part(task, rows, len(blocks.rules))
        progress.advance(TASK)
        return found

    parts = in_threads(chunk, cuts(len(codes.source), CHUNKS))
    progress.finish(TASK)
    return _edges(parts), _tally(parts)


def _edges(parts: list[Found]) -> Edges:
    return Edges(
        left=np.concatenate([part.left for part in parts]),
        right=np.concatenate([part.right for part in parts]),
        bits=np.concatenate([part.bits for part in parts]),
        rule=np.concatenate([part.rule for part in parts]),
    )


def _tally(parts: list[Found]) -> Tally:
    weighed, sampled = np.sum([part.histogram for part in parts], axis=0)
    hopeless = sum(int(part.hopeless[0]) for part in parts)
    return Tally(
        histogram=weighed + apportioned(sampled, hopeless),
        pairs=np.sum([part.pairs for part in parts], axis=0),
        matches=np.sum([part.matches for part in parts], axis=0),
    )
