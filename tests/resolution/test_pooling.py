"""Evidence is the same whether pairs are kept or compared anew, and components are what edges connect."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolution import ResolutionSettings
from resolution.blocking import build_blocks
from resolution.clustering import pooling
from resolution.clustering.components import components
from resolution.clustering.pooling import MOST_KEPT, Known, Pooling, Table, room
from resolution.encode import encode
from resolution.model import model_weights, train
from tests.resolution.parts import whole
from tests.resolution.people import febrl_people

evidence, keep_pairs = whole(pooling.evidence), whole(pooling.keep_pairs)
each_other, one_of_many = whole(pooling.each_other), whole(pooling.one_of_many)


@pytest.fixture(scope="module")
def people() -> Table:
    """Some Febrl people and what a model says of them."""
    encoded = encode(febrl_people(100))
    model = train(encoded, build_blocks(encoded, 20), ResolutionSettings())
    return Table(encoded.codes, model_weights(model, encoded), Pooling(20.0, 0.5), Pooling(60.0, 0.5))


@given(chosen=st.sets(st.integers(0, 99), min_size=2, max_size=MOST_KEPT), cut=st.integers(1, MOST_KEPT - 1))
def test_kept_pairs_say_what_fresh_ones_do(people: Table, chosen: set[int], cut: int) -> None:
    """The evidence between two clusters does not depend on whether their component's pairs are kept."""
    rows = np.array(sorted(chosen), np.int32)
    place = np.zeros(len(people.codes.source), np.int32)
    place[rows] = np.arange(len(rows))
    few, many = rows[: min(cut, len(rows) - 1)], rows[min(cut, len(rows) - 1) :][: MOST_KEPT - 1]
    space = room(people.weights.says.shape[1])
    fresh = evidence(people, few, many, Known(place, False), space)
    keep_pairs(people, rows, len(rows) - 1, space)
    assert evidence(people, few, many, Known(place, True), space) == pytest.approx(fresh, abs=1e-6)


def test_of_the_largest_that_is_kept_each_is_weighed_against_all(people: Table) -> None:
    """Weighed against the first of many, a record gets what all give, where these are all.

    Which of two records is compared with the other may tell: of several agreeing names the first counts.
    """
    rows = np.arange(MOST_KEPT, dtype=np.int32)
    place, space = np.zeros(len(people.codes.source), np.int32), room(people.weights.says.shape[1])
    place[rows] = rows
    bits = np.full(len(place), np.inf)
    each_other(people, rows, Known(place, False), space, bits)
    alone = [one_of_many(people, int(row), rows, Known(place, False), space) for row in rows]
    assert bits[rows] == pytest.approx(alone, abs=0.1)
    assert np.isinf(bits[MOST_KEPT:]).all()


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).filter(lambda edge: edge[0] != edge[1])))
def test_components_are_those_of_the_graph(edges: list[tuple[int, int]]) -> None:
    """Every record with an edge is in the component that a graph library finds, with all of the edges, in order."""
    left, right = (np.array([edge[side] for edge in edges], np.int32) for side in range(2))
    found = components(left, right, 31)
    sought = sorted(sorted(each) for each in nx.connected_components(nx.Graph(edges)))
    assert [rows.tolist() for rows in np.split(found.rows, found.row_begins[1:-1])] == (sought or [[]])
    for each, numbers in zip(sought, np.split(found.edges, found.edge_begins[1:-1]), strict=False):
        assert numbers.tolist() == [number for number, edge in enumerate(edges) if edge[0] in each]
        assert found.place[each].tolist() == list(range(len(each)))
