"""Blocks of records that share a key, found by sorting packed keys, and the cap that keeps the budget.

All rules are pooled; a block counts when it holds at most `cap` records, and the cap is the largest for which the
distinct pairs stay within budget times records. Small blocks are the telling ones, so they always go first.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.blocking.atoms import Atoms, atoms
from resolution.blocking.kernels import cut_blocks, entries_by_row, pack_keys, pack_own_keys
from resolution.blocking.rules import RULES, Rule
from resolution.blocking.walk import Walk, count_by_size
from resolution.encode.codes import Encoded

LARGEST: Final = 100
SAMPLE_ROWS: Final = 20_000
WORKERS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """What blocking proposes.

    Attributes:
        walk: the arrays.
        rules: the rules, by the numbers in `walk.rule`.
        expected: estimated distinct pairs under the cap.
    """

    walk: Walk
    rules: tuple[Rule, ...]
    expected: float


def build_blocks(encoded: Encoded, budget: int, *, across_only: bool = False) -> Blocks:
    """Find all blocks and choose the cap.

    Args:
        encoded: the coded table.
        budget: pairs a record, on average.
        across_only: leave out pairs inside one source.

    Returns:
        Blocks of 2 to LARGEST records. Cost: O(n log n) for each rule, memory for the blocks only.
    """
    n = len(encoded.order)
    made = list(_blocks_by_rule(encoded))
    members = np.concatenate([np.zeros(0, np.int32), *(part for part, _ in made)])
    sizes = np.concatenate([np.zeros(0, np.int32), *(part for _, part in made)])
    rule = np.repeat(np.arange(len(RULES), dtype=np.uint8), [len(part) for _, part in made])
    begins = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes, dtype=np.int64)])[:-1]
    start, entries = entries_by_row(members, begins, sizes, np.argsort(sizes, kind="stable"), n)
    walk = Walk(
        start=start,
        entries=entries,
        begins=begins,
        sizes=sizes,
        rule=rule,
        members=members,
        cap=LARGEST,
        source=encoded.codes.source,
        across_only=across_only,
    )
    pairs = _pairs_by_size(walk, n)
    cap = max(2, int(np.searchsorted(np.cumsum(pairs), budget * n, side="right")) - 1)
    return Blocks(walk=walk._replace(cap=min(cap, LARGEST)), rules=RULES, expected=float(pairs[: cap + 1].sum()))


def _pairs_by_size(walk: Walk, n: int) -> NDArray[np.float64]:
    """Estimate from evenly spaced rows how many distinct pairs first meet in blocks of each size."""
    rows = np.unique(np.linspace(0, max(n - 1, 0), min(n, SAMPLE_ROWS)).astype(np.int64))
    count = count_by_size(walk, rows)
    return (count * (n / max(len(rows), 1))).astype(np.float64)


def _blocks_by_rule(encoded: Encoded) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int32]]]:
    """Members and sizes for each rule, two rules at a time, in the order of RULES."""
    of = lru_cache(maxsize=None)(partial(atoms, encoded))
    row_bits = max(1, len(encoded.order).bit_length())
    keyed = [(number, of(rule.left), of(rule.right), rule.left == rule.right) for number, rule in enumerate(RULES)]
    with ThreadPoolExecutor(WORKERS) as pool:
        yield from pool.map(partial(_cut, row_bits=row_bits), keyed)


def _cut(job: tuple[int, Atoms, Atoms, bool], *, row_bits: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    number, left, right, same = job
    keys = pack_own_keys(left, number, row_bits) if same else pack_keys(left, right, number, row_bits)
    keys.sort()
    return cut_blocks(keys, row_bits, LARGEST)
