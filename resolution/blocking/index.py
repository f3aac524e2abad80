"""Blocks of records that share a key, found by sorting packed keys, and the cap that keeps the budget.

All rules are pooled; a block counts when it holds at most `cap` records, and the cap is the largest for which the
distinct pairs stay within budget times records. Small blocks are the telling ones, so they always go first. Once there
is a model, `resolution.budget` gives each rule a cap of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial, reduce
from itertools import repeat
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lake.workers import in_threads, open_threads
from resolution.blocking.atoms import Atoms, atoms
from resolution.blocking.kernels import (
    Packing,
    combined,
    cut_blocks,
    known_pairs,
    pack_keys,
    pack_own_keys,
    place_blocks,
    slide,
)
from resolution.blocking.rules import KIND, RULES, Atom, Cut, Rule, with_cut
from resolution.blocking.sorting import sorted_keys
from resolution.blocking.walk import Walk, count_by_size, count_places, note_places
from resolution.encode.codes import Encoded

LARGEST: Final = 100
"""Records of the largest block that is compared whole, unless more are asked for."""
WINDOW: Final = 20
"""Records of a window of an over-full block."""
CHAIN: Final = 3
"""Records of a link of a chain, in which each record meets the next two: it holds a block together for few pairs."""
ALIKE: Final[tuple[Atom, ...]] = ("postcode", "sound", "loose_date")
"""What like records share, the most telling last."""
SAMPLE_ROWS: Final = 20_000
MOST_KEYS_BITS: Final = 25
"""Of more keys than two to this power, some are sorted at a time; sorting takes 16 bytes a key."""
Rows = NDArray[np.int32]
NOBODY: Final[Rows] = np.zeros(0, np.int32)
"""In place of rows that are let go; an empty part of them would keep them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """What blocking proposes.

    Attributes:
        walk: the arrays, of blocks within their caps; `capped` gives it all entries, unless it has them.
        every: the arrays of all blocks of at most so many records as are compared whole; with entries only where all
            their pairs are surely within the budget.
        rules: the rules, by the numbers in `walk.run_rule`.
        expected: estimated distinct pairs of `walk`.
        most: estimated distinct pairs of `every`.
        blocks: shape (largest + 1, rules). Blocks by size.
        larger: shape (rules,). Blocks of more records.
        cap: shape (rules,). Most records of a block that is used.
    """

    walk: Walk
    every: Walk
    rules: tuple[Rule, ...]
    expected: float
    most: float
    blocks: NDArray[np.int64]
    larger: NDArray[np.int64]
    cap: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """One rule's blocks that are compared whole, end to end, and the larger ones."""

    members: Rows
    sizes: Rows
    over: Rows
    over_sizes: Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class _Large:
    """One rule's blocks that are chained, and which of them are over-full and cut into windows as well."""

    members: Rows
    sizes: Rows
    over: NDArray[np.bool_]

    @classmethod
    def of(cls, made: _Made, most: int) -> "_Large":
        """The blocks of more than so many records."""
        wide = made.sizes > most
        whole = made.members[np.repeat(wide, made.sizes)]
        sizes = np.concatenate([made.sizes[wide], made.over_sizes])
        over = np.arange(len(sizes)) >= np.count_nonzero(wide)
        return cls(members=np.concatenate([whole, made.over]), sizes=sizes, over=over)


def build_blocks(
    encoded: Encoded, budget: int, *, across_only: bool = False, rules: tuple[Rule, ...] = RULES, largest: int = LARGEST
) -> Blocks:
    """Find all blocks and choose the cap.

    Args:
        encoded: the coded table.
        budget: pairs a record, on average.
        across_only: leave out pairs inside one source.
        rules: what records of one block share.
        largest: most records of a block that is compared whole.

    Returns:
        Blocks of 2 to `largest` records, one cap for all rules; all of them where their pairs are surely within the
        budget. Cost: O(n) for each rule; memory for the blocks, 4 bytes a member, and as much for each member's places
        where all are within the budget.
    """
    n = len(encoded.order)
    rules = with_cut(rules)
    made = list(_blocks_by_rule(encoded, rules, largest))
    blocks = np.array([np.bincount(one.sizes, minlength=largest + 1) for one in made]).T
    larger = np.array([len(one.over_sizes) for one in made])
    run_begin = np.concatenate([[0], np.cumsum(blocks * np.arange(largest + 1)[:, None])]).astype(np.int64)
    every = Walk(
        start=np.zeros(n + 1, np.int64),
        entries=np.zeros(0, np.uint32),
        members=_in_order(made, run_begin),
        run_begin=run_begin,
        run_size=np.repeat(np.arange(largest + 1, dtype=np.int32), len(rules)),
        run_rule=np.tile(np.arange(len(rules), dtype=np.uint8), largest + 1),
        cap=largest,
        source=encoded.codes.source,
        across_only=across_only,
    )
    every = of_runs(every, np.diff(run_begin) > 0)
    bound = _pairs_at_most(blocks)
    surely_all = bound <= budget * n
    if surely_all:
        every = with_entries(every, np.ones(n, np.bool_))
    pairs = _pairs_by_size(every, n)
    cap = largest
    if not surely_all:
        cap = min(max(2, int(np.searchsorted(np.cumsum(pairs), budget * n, side="right")) - 1), largest)
    return Blocks(
        walk=of_runs(every, every.run_size <= cap),
        every=every,
        rules=rules,
        expected=min(float(pairs[: cap + 1].sum()), bound),
        most=min(float(pairs.sum()), bound),
        blocks=blocks,
        larger=larger,
        cap=np.full(len(rules), cap),
    )


def capped(blocks: Blocks, cap: NDArray[np.int64], expected: float) -> Blocks:
    """The blocks within a cap for each rule, with all entries; what lies above is let go."""
    kept = blocks.every.run_size <= cap[blocks.every.run_rule]
    bare = of_runs(blocks.every, kept)
    walk = with_entries(bare, np.ones(len(bare.source), np.bool_))
    return replace(blocks, walk=walk, every=bare, cap=cap, expected=expected, most=expected)


def _pairs_at_most(blocks: NDArray[np.int64]) -> float:
    """The pairs of all blocks, were none in two of them."""
    size = np.arange(len(blocks), dtype=np.float64)
    return float((blocks.sum(axis=1) * size * (size - 1) / 2).sum())


def _in_order(made: list[_Made], run_begin: NDArray[np.int64]) -> Rows:
    """Members of all blocks by size and rule; what was made is used up."""
    members = np.empty(run_begin[-1], np.int32)
    rules = len(made)
    for rule in range(rules):
        cursor = run_begin[:-1].reshape(-1, rules)[:, rule].copy()
        one = made[rule]
        place_blocks(one.members, one.sizes, cursor, members)
        made[rule] = replace(one, members=NOBODY, sizes=NOBODY)
    return members


def of_runs(walk: Walk, kept: NDArray[np.bool_]) -> Walk:
    """With the blocks of some runs only: a view of the members where all that is left out before the last is empty.

    Entries name places among all members: unless all runs are kept, they are let go.

    Args:
        walk: the blocks.
        kept: shape (runs,).
    """
    if kept.all():
        return walk
    lengths = np.diff(walk.run_begin)
    wanted = kept | (lengths == 0)
    turns = np.flatnonzero(np.diff(wanted, prepend=False, append=False))
    stretches = [walk.members[begin:end] for begin, end in walk.run_begin[turns].reshape(-1, 2)]
    first = len(stretches) == 1 and bool(wanted[0])
    runs = np.flatnonzero(kept)
    return walk._replace(
        start=np.zeros_like(walk.start),
        entries=np.zeros(0, np.uint32),
        members=stretches[0] if first else np.concatenate([walk.members[:0], *stretches]),
        run_begin=np.concatenate([[0], np.cumsum(lengths[runs])]).astype(np.int64),
        run_size=walk.run_size[runs],
        run_rule=walk.run_rule[runs],
        cap=int(walk.run_size[runs].max(initial=2)),
    )


def with_entries(walk: Walk, wanted: NDArray[np.bool_]) -> Walk:
    """With the places of the wanted rows, ascending; where a row is the last of its block, it has none.

    Unchanged where entries are there: then they are those of all rows.
    """
    if len(walk.entries):
        return walk
    half = int(np.searchsorted(walk.run_begin, int(walk.run_begin[-1]) // 2))
    halves = ((0, half), (half, len(walk.run_size)))
    first, second = in_threads(count_places, repeat(walk), repeat(wanted), halves)
    start = np.append(0, np.cumsum(first + second, dtype=np.int64))
    entries = np.empty(start[-1], np.uint32)
    cursors = (start[:-1].copy(), start[:-1] + first)
    in_threads(note_places, repeat(walk), repeat(wanted), halves, cursors, repeat(entries))
    return walk._replace(start=start, entries=entries)


def spaced_rows(n: int, most: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """About so many rows, evenly spaced, ascending, and which they are."""
    rows = np.unique(np.linspace(0, max(n - 1, 0), min(n, most)).astype(np.int64))
    wanted = np.zeros(n, np.bool_)
    wanted[rows] = True
    return rows, wanted


def _pairs_by_size(walk: Walk, n: int) -> NDArray[np.float64]:
    """Estimate from evenly spaced rows how many distinct pairs first meet in blocks of each size."""
    rows, wanted = spaced_rows(n, SAMPLE_ROWS)
    count = count_by_size(with_entries(walk, wanted), rows)
    return np.asarray(count * (n / max(len(rows), 1)), np.float64)


def _blocks_by_rule(encoded: Encoded, rules: tuple[Rule, ...], largest: int) -> Iterator[_Made]:
    """Each rule's blocks, several rules at a time, in order; then what large blocks are cut into."""
    plain = [rule for rule in rules if not rule.cut]
    needed = sorted({atom for rule in plain for atom in (rule.left, rule.right, *rule.more)})
    of = dict(zip(needed, in_threads(partial(atoms, encoded), needed), strict=True))
    row_bits = max(1, len(encoded.order).bit_length())
    keyed = {
        number: (rule, number, reduce(combined, [of[atom] for atom in rule.more], of[rule.left]), of[rule.right])
        for number, rule in enumerate(plain)
    }
    del of
    large: dict[Rule, _Large] = {}
    telling = {replace(rule, cut="") for rule in rules if rule.cut}
    # Those of most keys first: they take most room to sort, and there is most while few blocks are made. Atoms are let
    # go with the last rule that needs them.
    with open_threads() as pool:
        keys = list(pool.map(known_pairs, *zip(*(job[2:] for job in keyed.values()), strict=True)))
        cut = {
            number: pool.submit(_cut, keyed.pop(number), keys[number], row_bits=row_bits, largest=largest)
            for number in sorted(keyed, key=keys.__getitem__, reverse=True)
        }
        for number, rule in enumerate(plain):
            made = cut.pop(number).result()
            if rule in telling:
                large[rule] = _Large.of(made, WINDOW if not rule.own else largest)
            yield replace(made, over=NOBODY)
    rank = _likeness(encoded, [one.members for one in large.values()])
    for rule in rules[len(plain) :]:
        yield _cut_up(large[replace(rule, cut="")], rule.cut, rank)


def _cut(job: tuple[Rule, int, Atoms, Atoms], keys: int, *, row_bits: int, largest: int) -> _Made:
    """One rule's blocks; of very many keys, those of one part of the hashes after the other."""
    rule, number, left, right = job
    part_bits = max(0, (keys - 1).bit_length() - MOST_KEYS_BITS)
    packings = [Packing(seed=number, row_bits=row_bits, part_bits=part_bits, part=one) for one in range(1 << part_bits)]
    parts = [cut_blocks(sorted_keys(_keys(rule, left, right, one), row_bits), row_bits, largest) for one in packings]
    members, sizes, over, over_sizes = parts[0] if len(parts) == 1 else map(np.concatenate, zip(*parts, strict=True))
    return _Made(members=members, sizes=sizes, over=over, over_sizes=over_sizes)


def _keys(rule: Rule, left: Atoms, right: Atoms, packing: Packing) -> NDArray[np.uint64]:
    if rule.left == rule.right:
        return pack_own_keys(left, packing)
    apart = not rule.more and KIND.get(rule.left) == KIND.get(rule.right) == "name" and rule.left == "token"
    return pack_keys(left, right, packing, apart)


def _cut_up(large: _Large, cut: Cut, rank: NDArray[np.int64]) -> _Made:
    """Chains of all large blocks, or windows of those that are over-full."""
    if cut == "chained":
        width, members = CHAIN, slide(large.members, large.sizes, rank, CHAIN)
    else:
        over = np.repeat(large.over, large.sizes)
        width, members = WINDOW, slide(large.members[over], large.sizes[large.over], rank, WINDOW)
    sizes = np.full(len(members) // width, width, np.int32)
    return _Made(members=members, sizes=sizes, over=NOBODY, over_sizes=NOBODY)


def _likeness(encoded: Encoded, over: list[Rows]) -> NDArray[np.int64]:
    """Ranks of the rows of over-full blocks that put like records side by side."""
    rank = np.zeros(len(encoded.order), np.int64)
    rows = np.unique(np.concatenate([np.zeros(0, np.int32), *over]))
    if not len(rows):
        return rank
    columns = [column[rows] for atom in ALIKE for column in atoms(encoded, atom).T[::-1]]
    rank[rows] = np.argsort(np.lexsort([rows, *columns]))
    return rank
