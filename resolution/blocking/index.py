"""Blocks of records that share a key, found by sorting packed keys, and the cap that keeps the budget.

All rules are pooled; a block counts when it holds at most `cap` records, and the cap is the largest for which the
distinct pairs stay within budget times records. Small blocks are the telling ones, so they always go first.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial, reduce
from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.blocking.atoms import Atoms, atoms
from resolution.blocking.kernels import combined, cut_blocks, entries_by_row, pack_keys, pack_own_keys, place_blocks
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
        larger: shape (rules,). Blocks above the cap, which are left out.
    """

    walk: Walk
    rules: tuple[Rule, ...]
    expected: float
    larger: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """One rule's blocks of 2 to LARGEST records, end to end, and how many were larger."""

    members: NDArray[np.int32]
    sizes: NDArray[np.int32]
    larger: int


def build_blocks(
    encoded: Encoded, budget: int, *, across_only: bool = False, rules: tuple[Rule, ...] = RULES
) -> Blocks:
    """Find all blocks and choose the cap.

    Args:
        encoded: the coded table.
        budget: pairs a record, on average.
        across_only: leave out pairs inside one source.
        rules: what records of one block share.

    Returns:
        Blocks of 2 to LARGEST records. Cost: O(n log n) for each rule, memory for the blocks only.
    """
    n = len(encoded.order)
    made = list(_blocks_by_rule(encoded, rules))
    blocks = np.array([np.bincount(one.sizes, minlength=LARGEST + 1) for one in made]).T
    run_begin = np.concatenate([[0], np.cumsum(blocks * np.arange(LARGEST + 1)[:, None])]).astype(np.int64)
    every = Walk(
        start=np.zeros(1, np.int64),
        entries=np.zeros(0, np.uint32),
        members=_in_order(made, run_begin),
        run_begin=run_begin,
        run_size=np.repeat(np.arange(LARGEST + 1, dtype=np.int32), len(rules)),
        run_rule=np.tile(np.arange(len(rules), dtype=np.uint8), LARGEST + 1),
        cap=LARGEST,
        source=encoded.codes.source,
        across_only=across_only,
    )
    walk = _capped(every, LARGEST)
    pairs = _pairs_by_size(walk, n)
    cap = min(max(2, int(np.searchsorted(np.cumsum(pairs), budget * n, side="right")) - 1), LARGEST)
    return Blocks(
        walk=_with_entries(_capped(walk, cap), np.ones(n, np.bool_)),
        rules=rules,
        expected=float(pairs[: cap + 1].sum()),
        larger=blocks[cap + 1 :].sum(axis=0) + np.array([one.larger for one in made]),
    )


def _in_order(made: list[_Made], run_begin: NDArray[np.int64]) -> NDArray[np.int32]:
    """Members of all blocks by size and rule; what was made is used up."""
    members = np.empty(run_begin[-1], np.int32)
    for rule in range(len(made)):
        cursor = run_begin[:-1].reshape(-1, len(made))[:, rule].copy()
        place_blocks(made[rule].members, made[rule].sizes, cursor, members)
        made[rule] = _Made(members=made[rule].members[:0], sizes=made[rule].sizes[:0], larger=made[rule].larger)
    return members


def _capped(walk: Walk, cap: int) -> Walk:
    """Without the blocks above a size, and without runs that have no block."""
    runs = np.flatnonzero((np.diff(walk.run_begin) > 0) & (walk.run_size <= cap))
    begin = np.append(walk.run_begin[runs], walk.run_begin[runs[-1] + 1] if len(runs) else 0)
    return walk._replace(
        members=walk.members if begin[-1] == len(walk.members) else walk.members[: begin[-1]].copy(),
        run_begin=begin,
        run_size=walk.run_size[runs],
        run_rule=walk.run_rule[runs],
        cap=cap,
    )


def _with_entries(walk: Walk, wanted: NDArray[np.bool_]) -> Walk:
    """With the places of the wanted rows."""
    start, entries = entries_by_row(walk.members, walk.run_begin, walk.run_size, wanted)
    return walk._replace(start=start, entries=entries)


def _pairs_by_size(walk: Walk, n: int) -> NDArray[np.float64]:
    """Estimate from evenly spaced rows how many distinct pairs first meet in blocks of each size."""
    rows = np.unique(np.linspace(0, max(n - 1, 0), min(n, SAMPLE_ROWS)).astype(np.int64))
    wanted = np.zeros(n, np.bool_)
    wanted[rows] = True
    count = count_by_size(_with_entries(walk, wanted), rows)
    return (count * (n / max(len(rows), 1))).astype(np.float64)


def _blocks_by_rule(encoded: Encoded, rules: tuple[Rule, ...]) -> Iterator[_Made]:
    """Members and sizes for each rule, two rules at a time, in order."""
    needed = sorted({atom for rule in rules for atom in (rule.left, rule.right, *rule.more)})
    with ThreadPoolExecutor(WORKERS) as pool:
        of = dict(zip(needed, pool.map(partial(atoms, encoded), needed), strict=True))
    row_bits = max(1, len(encoded.order).bit_length())
    keyed = [
        (
            number,
            reduce(combined, [of[atom] for atom in rule.more], of[rule.left]),
            of[rule.right],
            rule.left == rule.right,
        )
        for number, rule in enumerate(rules)
    ]
    with ThreadPoolExecutor(WORKERS) as pool:
        yield from pool.map(partial(_cut, row_bits=row_bits), keyed)


def _cut(job: tuple[int, Atoms, Atoms, bool], *, row_bits: int) -> _Made:
    number, left, right, same = job
    keys = pack_own_keys(left, number, row_bits) if same else pack_keys(left, right, number, row_bits)
    keys.sort()
    members, sizes, larger = cut_blocks(keys, row_bits, LARGEST)
    return _Made(members=members, sizes=sizes, larger=larger)
