"""How the budget of pairs is spent: for each blocking rule, the largest block that is worth its pairs.

A block of sixty who share a rare employer and a year may hold nobody twice, one of sixty who share two names may. What
a rule's blocks of each size bring is estimated by the model from the pairs of a sample of records: matches for each
pair that no smaller block proposes. A user's own rules come first, small blocks before large ones, then
the best blocks of all others, until the budget is spent.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.blocking.index import Blocks, capped, spaced_rows, with_entries
from resolution.blocking.walk import Walk, collect_pairs, count_by_rank
from resolution.encode import Encoded
from resolution.links import probability, weigh
from resolution.model import Weights
from resolution.model.order import pooled

SAMPLE_ROWS: Final = 20_000
SAMPLE_PAIRS: Final = 600_000
BANDS: Final = (2, 3, 4, 6, 8, 10, 12, 16, 20, 25, 30, 40, 50, 65, 80)
"""Sizes of blocks that are judged together, from each to the next."""
HALF: Final = 0.5
"""Worth above which a chain holds somebody together who fills blocks too large for the budget, and comes first; below
it comes last.
"""
LEAN: Final = 5.0
"""Pairs that a rule's next smaller blocks count for; the smallest lean on the mean of all rules."""
Floats = NDArray[np.float64]


def spend(encoded: Encoded, blocks: Blocks, weights: Weights, budget: int) -> Blocks:
    """Choose each rule's cap.

    Args:
        encoded: the coded table.
        blocks: with all blocks.
        weights: the model.
        budget: pairs a record, on average.

    Returns:
        The blocks within the caps; all of them where the budget allows it.
    """
    n = len(encoded.order)
    largest = len(blocks.blocks) - 1
    if blocks.most <= budget * n:
        return capped(blocks, np.full(len(blocks.rules), largest), blocks.most)
    bands = size_bands(largest)
    few = max(int(SAMPLE_PAIRS / (blocks.most / n)), 1)
    rows, wanted = spaced_rows(n, min(few, SAMPLE_ROWS))
    walk = with_entries(blocks.every, wanted)
    worth = worth_of_blocks(*_sampled(encoded, walk, weights, rows, (len(blocks.rules), bands)))
    own = np.array([bool(rule.own) for rule in blocks.rules])
    chained = np.array([rule.cut == "chained" for rule in blocks.rules])
    chains = np.where(worth > HALF, np.inf, 0)
    rank = _ranks(np.where(own[:, None], np.inf, np.where(chained[:, None], chains, worth)))
    band = np.searchsorted(bands, np.arange(largest + 1), side="right") - 1
    counts = count_by_rank(walk, rows, rank[walk.run_rule, band[walk.run_size]], rank.size)
    pairs = np.cumsum(counts) * (n / len(rows))
    last = int(np.searchsorted(pairs, budget * n, side="right")) - 1
    cap = bands[(rank <= max(last, 0)).sum(axis=1)] - 1
    return capped(blocks, cap, float(pairs[max(last, 0)]))


def size_bands(largest: int) -> NDArray[np.int64]:
    """Where the bands of sizes begin, and where the last ends: those of BANDS, and wider ones above."""
    wider = np.geomspace(80, max(largest, 81), max(2, round(np.log(max(largest, 81) / 80) / np.log(1.25)) + 1))[1:-1]
    begins = [size for size in (*BANDS, *wider.astype(np.int64)) if size <= largest]
    return np.array([*begins, largest + 1], np.int64)


def _sampled(
    encoded: Encoded, walk: Walk, weights: Weights, rows: NDArray[np.int64], cells: tuple[int, NDArray[np.int64]]
) -> tuple[Floats, Floats]:
    """Pairs of the rows, and their estimated matches, by rule and band of the first block that proposes each."""
    rules, bands = cells
    left, right, run = collect_pairs(walk, rows)
    chance = probability(weigh(encoded.codes, weights, left, right)[1].sum(axis=1))
    band = np.searchsorted(bands, walk.run_size, side="right") - 1
    cell = (walk.run_rule.astype(np.int64) * (len(bands) - 1) + band)[run]
    shape = (rules, len(bands) - 1)
    size = shape[0] * shape[1]
    pairs = np.bincount(cell, minlength=size).astype(np.float64)
    matches = np.bincount(cell, weights=chance, minlength=size).astype(np.float64)
    return pairs.reshape(shape), matches.reshape(shape)


def worth_of_blocks(pairs: Floats, matches: Floats) -> Floats:
    """Matches for each pair, by rule and band.

    Args:
        pairs: shape (rules, bands). Sampled pairs; where there are few, the rule's next smaller blocks tell.
        matches: the same shape.

    Returns:
        The same shape; never more in a larger band of a rule than in a smaller one.
    """
    before = np.full(len(pairs), (matches[:, 0].sum() + LEAN) / (pairs[:, 0].sum() + 2 * LEAN))
    worth = np.empty_like(pairs)
    for band in range(pairs.shape[1]):
        before = (matches[:, band] + LEAN * before) / (pairs[:, band] + LEAN)
        worth[:, band] = before
    seen = pairs + LEAN
    return np.stack([pooled((w * s)[::-1], s[::-1])[::-1] / s for w, s in zip(worth, seen, strict=True)])


def _ranks(worth: Floats) -> NDArray[np.int64]:
    """Cells from the best to the worst; of one rule, smaller blocks before larger ones."""
    rules, bands = int(worth.shape[0]), int(worth.shape[1])
    rule, band = np.repeat(np.arange(rules), bands), np.tile(np.arange(bands), rules)
    order = np.lexsort((rule, band, -worth.ravel()))
    rank = np.empty(rules * bands, np.int64)
    rank[order] = np.arange(rules * bands)
    return rank.reshape(rules, bands)
