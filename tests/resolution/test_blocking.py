"""Which pairs are compared: enough, once each, and within the budget."""

from itertools import combinations

import networkx as nx
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.errors import BadInputError
from resolution.blocking import RULES, Rule, blocking_rules, build_blocks, capped
from resolution.blocking.index import CHAIN, of_runs
from resolution.blocking.kernels import Packing, cut_blocks, pack_keys, pack_own_keys, slide
from resolution.blocking.loss import chao, loss_inside, pairs_inside
from resolution.blocking.sorting import sorted_keys
from resolution.blocking.walk import Walk, collect_pairs
from resolution.budget import worth_of_blocks
from resolution.comparing.pairs import compare_pairs
from resolution.encode import Encoded, encode
from resolution.encode.codes import ABOUT
from tests.resolution.people import febrl_people, table

COUNTS = {"pairs": 3053, "places": 27808, "entries": 18732, "patterns": 330}


def open_walk(encoded: Encoded, budget: int, rules: tuple[Rule, ...] = RULES) -> Walk:
    """All blocks under one cap."""
    blocks = build_blocks(encoded, budget, rules=rules)
    return capped(blocks, blocks.cap, blocks.expected).walk


def pairs_of(records: pa.Table, budget: int) -> list[tuple[int, int]]:
    """All candidate pairs."""
    encoded = encode(records)
    walk = open_walk(encoded, budget)
    left, right, _ = collect_pairs(walk, np.arange(len(encoded.order)))
    return list(zip(left.tolist(), right.tolist(), strict=True))


def test_no_pair_is_proposed_twice() -> None:
    """However many rules make a pair, it is compared once, smaller row first."""
    pairs = pairs_of(febrl_people(200), 20)
    assert len(pairs) == len(set(pairs))
    assert all(left < right for left, right in pairs)


def test_the_budget_is_kept() -> None:
    """On average no record is in more pairs than asked for."""
    records = febrl_people(400)
    for budget in (2, 5):
        assert len(pairs_of(records, budget)) <= budget * records.num_rows


def test_the_pairs_of_a_small_budget_are_among_those_of_a_larger_one() -> None:
    """A larger budget only adds pairs."""
    records = febrl_people(200)
    assert set(pairs_of(records, 3)) <= set(pairs_of(records, 10))


def test_nearly_every_true_pair_is_proposed() -> None:
    """Twenty pairs a record reach at least 99 % of Febrl's true pairs."""
    records = febrl_people(300)
    label = np.array(encode_labels(records))
    pairs = np.array(pairs_of(records, 20))
    reached = (label[pairs[:, 0]] == label[pairs[:, 1]]).sum()
    sizes = np.unique(label, return_counts=True)[1]
    assert reached >= 0.99 * (sizes * (sizes - 1) // 2).sum()


def encode_labels(records: pa.Table) -> list[str]:
    """Labels in the order of the coded rows."""
    encoded = encode(records)
    return [records.column("label")[int(row)].as_py() for row in encoded.order]


def test_records_with_nothing_in_common_are_not_compared() -> None:
    """Two strangers share no key."""
    assert pairs_of(table({"given_name": "ann"}, {"given_name": "zoltan"}), 20) == []


@given(arrays(np.int32, st.tuples(st.integers(1, 30), st.just(2)), elements=st.integers(-1, 5)))
def test_blocks_hold_exactly_the_records_that_share_a_key(atoms: np.ndarray) -> None:
    """A block is the set of rows with both atoms equal; rows without an atom are in none."""
    left, right = atoms[:, :1].copy(), atoms[:, 1:].copy()
    keys = np.sort(pack_keys(left, right, Packing(seed=3, row_bits=6, part_bits=0, part=0), False))
    members, sizes, over, _ = cut_blocks(keys, 6, 30)
    assert not len(over)
    blocks = {tuple(part.tolist()) for part in np.split(members, np.cumsum(sizes)[:-1])} - {()}
    kinds = {tuple(row) for row in atoms.tolist() if min(row) >= 0}
    expected = {tuple(np.flatnonzero((atoms == kind).all(axis=1)).tolist()) for kind in kinds}
    assert blocks == {rows for rows in expected if len(rows) > 1}


@given(arrays(np.int32, st.tuples(st.integers(1, 30), st.just(3)), elements=st.integers(-1, 5)), st.integers(1, 3))
def test_keys_packed_in_parts_are_the_keys_packed_at_once(atoms: np.ndarray, part_bits: int) -> None:
    """Each key is in one part, and the parts follow one another in the order of keys."""
    whole = Packing(seed=3, row_bits=6, part_bits=0, part=0)
    parts = [Packing(seed=3, row_bits=6, part_bits=part_bits, part=part) for part in range(1 << part_bits)]
    pairs = [pack_keys(atoms, atoms[:, :2].copy(), part, False) for part in (whole, *parts)]
    own = [pack_own_keys(atoms, part) for part in (whole, *parts)]
    for at_once, *in_parts in (pairs, own):
        assert np.concatenate([np.sort(keys) for keys in in_parts]).tolist() == np.sort(at_once).tolist()


@given(arrays(np.uint64, st.integers(0, 300), elements=st.integers(0, 2**55 - 1)), st.integers(9, 20))
def test_keys_are_sorted_as_numpy_sorts_them(hashes: np.ndarray, row_bits: int) -> None:
    """Keys whose rows ascend come out in ascending order, hash before row."""
    keys = hashes << np.uint64(row_bits) | np.arange(len(hashes), dtype=np.uint64)
    assert sorted_keys(keys.copy(), row_bits).tolist() == np.sort(keys).tolist()


def test_rules_have_names_of_their_own() -> None:
    """A link's rule can be told from its name."""
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_the_estimated_loss_is_chaos() -> None:
    """Two families that found 20 and 40 alone and 30 both leave 26.7 unseen (Lincoln and Petersen), as with Chao's."""
    loss = chao(found=90.0, once=np.array([20.0, 40.0]), twice=30.0)
    missing = 20 * 40 / 30
    assert loss.share == pytest.approx(missing / (90 + missing), abs=1e-6)
    assert 0 < loss.low < loss.share < loss.high < 1


def test_a_family_that_finds_nearly_everything_leaves_little_to_lose() -> None:
    """Six hundred found by one family alone are no sign of loss where a second one hardly finds any without it."""
    loss = chao(found=1000.0, once=np.array([600.0, 2.0]), twice=398.0)
    assert loss.share < 0.01
    assert loss.high > 0.3


def test_nothing_is_lost_where_every_pair_is_found_by_several_families() -> None:
    """What no family found alone cannot have been missed."""
    assert chao(found=100.0, once=np.zeros(3), twice=40.0).high == 0


def test_pairs_inside_clusters_are_all_pairs_of_their_records() -> None:
    """Clusters of three and four give three and six pairs, left below right; pairs of two are counted only."""
    found = pairs_inside(np.array([0, 1, 0, 2, 1, 0, 2, 1, 3, 1]))
    assert found.pairs == 3 + 6 + 1
    pairs = set(zip(found.left.tolist(), found.right.tolist(), found.cluster.tolist(), strict=True))
    assert pairs == {(0, 2, 0), (0, 5, 0), (2, 5, 0), *((a, b, 1) for a, b in combinations((1, 4, 7, 9), 2))}


def test_matches_left_between_clusters_widen_the_loss_upwards_only() -> None:
    """A tenth of the pairs inside clusters missed is a tenth lost, more where people stay in pieces."""
    missed, cluster = np.arange(3000) % 10 == 0, np.arange(3000) // 3
    whole = loss_inside(missed, cluster, pairs=3000, between=0.0)
    pieces = loss_inside(missed, cluster, pairs=3000, between=600.0)
    assert whole.share == pieces.share == pytest.approx(0.1)
    assert whole.low == pieces.low < whole.share < whole.high < pieces.high < 0.3


def test_an_own_rule_finds_what_it_names() -> None:
    """Records that share the fields of a user's rule are compared, though no automatic rule pairs them."""
    rows = [
        {"given_name": f"bren{letter}o", "birth_date": f"1980-{at + 1:02}-{28 - at}"}
        for at, letter in enumerate("dfkl")
    ]
    encoded = encode(table(*rows))
    every = blocking_rules([["name_start", "birth_year"]])
    alone, helped = (open_walk(encoded, 30, rules) for rules in (RULES, every))
    assert len(collect_pairs(helped, np.arange(4))[0]) == 6 > len(collect_pairs(alone, np.arange(4))[0])


def test_an_own_rule_names_known_fields() -> None:
    """A mistyped field is told, with those there are."""
    with pytest.raises(BadInputError, match="shoe_size"):
        blocking_rules([["shoe_size"]])


def test_own_rules_alone_propose_what_they_name_and_nothing_else() -> None:
    """Without the automatic rules only records that share an own rule's fields are compared; no rule at all is told."""
    born = ("1980-02-01", "1981-03-02", "1981-03-02")
    rows = [{"given_name": name, "birth_date": date} for name, date in zip(("ann", "ann", "bob"), born, strict=True)]
    encoded = encode(table(*rows))
    walk = open_walk(encoded, 30, blocking_rules([["birth_date"]], automatic=False))
    left, right, _ = collect_pairs(walk, np.arange(3))
    assert {tuple(sorted(pair)) for pair in zip(encoded.order[left], encoded.order[right], strict=True)} == {(1, 2)}
    with pytest.raises(BadInputError, match="no blocking rule"):
        blocking_rules([], automatic=False)


def test_an_own_rule_of_births_takes_them_as_far_as_they_are_known() -> None:
    """Two births in 1981 of which nothing else is known are one value, as they are to any equality of columns."""
    encoded = encode(
        table(
            *({"given_name": "ann", "birth_date": born} for born in ("1981", "1981-03-02", "1981", f"1981-00-{ABOUT}"))
        )
    )
    walk = open_walk(encoded, 30, blocking_rules([["birth_date"]], automatic=False))
    left, right, _ = collect_pairs(walk, np.arange(4))
    found = {*zip(encoded.order[left].tolist(), encoded.order[right].tolist(), strict=True)}
    assert found == {(0, 2), (0, 3), (2, 3)}


def test_large_blocks_are_cut_into_windows_of_like_records() -> None:
    """Every record of an over-full block meets its neighbours by rank, and windows overlap."""
    members = np.arange(50, dtype=np.int32)
    windows = slide(members, np.array([50], np.int32), np.arange(50)[::-1].copy(), 20).reshape(-1, 20)
    assert [row.tolist() for row in windows] == [list(range(at, at + 20)) for at in (30, 20, 10, 0)]


@pytest.mark.parametrize("sizes", [[3], [21, 4, 60]])
def test_large_blocks_are_strung_in_chains(sizes: list[int]) -> None:
    """In a chain every record meets the next two by rank, and nobody of another block."""
    members = np.arange(sum(sizes), dtype=np.int32)
    links = slide(members, np.array(sizes, np.int32), members.astype(np.int64), CHAIN).reshape(-1, CHAIN)
    ends = np.cumsum(sizes)
    starts = [at for begin, end in zip(ends - sizes, ends, strict=True) for at in range(begin, end - 2)]
    assert links.tolist() == [[at, at + 1, at + 2] for at in starts]


def test_blocks_that_bring_more_are_taken_further() -> None:
    """A rule whose larger blocks hold matches keeps them; of one rule, a larger block is never worth more."""
    pairs = np.full((2, 15), 1000.0)
    matches = np.stack([np.full(15, 300.0), np.array([300.0, 200.0, *[1.0] * 12, 5.0])])
    worth = worth_of_blocks(pairs, matches)
    assert (np.diff(worth, axis=1) <= 1e-12).all()
    assert worth[0, -1] > 0.2
    assert worth[1, -1] < 0.01


def test_a_record_copied_two_hundredfold_is_not_lost_for_being_common() -> None:
    """Blocks of more than a hundred records are cut, not dropped: proposed pairs still hold all copies together."""
    people = febrl_people(500)
    copies = people.take(pa.array([0] * 200))
    named = copies.set_column(0, "record_id", pa.array([f"copy:{at:03}" for at in range(200)]))
    encoded = encode(pa.concat_tables([people, named]))
    left, right, _ = collect_pairs(open_walk(encoded, 40), np.arange(len(encoded.order)))
    graph = nx.Graph(zip(encoded.order[left].tolist(), encoded.order[right].tolist(), strict=True))
    held = nx.node_connected_component(graph, people.num_rows)
    assert set(range(people.num_rows, people.num_rows + 200)) <= held


def test_the_same_table_costs_the_same_comparisons() -> None:
    """Pairs, blocks and patterns of a fixed table stay where they are: more is slower, fewer loses people."""
    encoded = encode(febrl_people(300))
    walk = open_walk(encoded, 20)
    left, right, _ = collect_pairs(walk, np.arange(len(encoded.order)))
    level, _ = compare_pairs(encoded.codes, left, right)
    counts = {
        "pairs": len(left),
        "places": len(walk.members),
        "entries": len(walk.entries),
        "patterns": len(np.unique(level, axis=0)),
    }
    assert counts == COUNTS


def test_larger_blocks_are_compared_whole_where_that_is_asked_for() -> None:
    """Two hundred records of one given name make every pair of them when blocks of so many may be compared whole."""
    encoded = encode(table(*({"given_name": "ann", "family_name": f"x{row}"} for row in range(200))))
    rules = blocking_rules([["given_name"]], automatic=False)
    assert build_blocks(encoded, 1000, rules=rules, largest=200).most == 200 * 199 / 2
    assert 0 < build_blocks(encoded, 1000, rules=rules).most < 200 * 199 / 2


def test_blocks_are_not_copied_where_only_empty_runs_are_left_out() -> None:
    """Of all runs that have blocks the members are the same memory; of some, they are those runs' own."""
    every = build_blocks(encode(febrl_people(60)), 20).every
    begins = np.insert(every.run_begin, [0, 2], every.run_begin[[0, 2]])
    sizes, rules = np.insert(every.run_size, [0, 1], 9), np.insert(every.run_rule, [0, 1], 9)
    gaps = every._replace(run_begin=begins, run_size=sizes, run_rule=rules)
    filled = of_runs(gaps, np.diff(begins) > 0)
    assert np.shares_memory(filled.members, every.members)
    assert filled.run_begin.tolist() == every.run_begin.tolist()
    last = of_runs(gaps, np.arange(len(sizes)) == len(sizes) - 1)
    assert last.members.tolist() == every.members[every.run_begin[-2] :].tolist()
