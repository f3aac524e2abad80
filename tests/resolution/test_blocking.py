"""Which pairs are compared: enough, once each, and within the budget."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from resolution.blocking import RULES, build_blocks
from resolution.blocking.kernels import cut_blocks, pack_keys
from resolution.blocking.walk import collect_pairs
from resolution.encode import encode
from resolution.summary import lost_share
from tests.resolution.people import febrl_people, table


def pairs_of(records: pa.Table, budget: int) -> list[tuple[int, int]]:
    """All candidate pairs."""
    encoded = encode(records)
    walk = build_blocks(encoded, budget).walk
    left, right = collect_pairs(walk, np.arange(len(encoded.order)))
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
    keys = np.sort(pack_keys(left, right, 3, 6))
    members, sizes, larger = cut_blocks(keys, 6, 30)
    assert larger == 0
    blocks = {tuple(part.tolist()) for part in np.split(members, np.cumsum(sizes)[:-1])} - {()}
    kinds = {tuple(row) for row in atoms.tolist() if min(row) >= 0}
    expected = {tuple(np.flatnonzero((atoms == kind).all(axis=1)).tolist()) for kind in kinds}
    assert blocks == {rows for rows in expected if len(rows) > 1}


def test_rules_have_names_of_their_own() -> None:
    """A link's rule can be told from its name."""
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_the_estimated_loss_falls_with_what_large_blocks_add() -> None:
    """Matches that come late point to more beyond the cap."""
    early, late = np.zeros(17), np.zeros(17)
    early[[2, 6, 12]] = 100, 10, 1
    late[[2, 6, 12]] = 100, 60, 50
    assert 0 < lost_share(early, 16) < lost_share(late, 16) < 1
