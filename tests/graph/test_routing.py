"""Writers side by side never write at the same vertex."""

from collections import Counter
from collections.abc import Callable

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from graph import EdgeBatch, VertexBatch, connect_server
from graph.stores.routing import routed
from graph.stores.rows import Row

EDGES = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=200)
HUB_EDGES = 1_000
TRIES = 3


def edge(number: int, out: int, in_: int) -> Row:
    """An edge between two numbered vertices."""
    return Row(id=f"e{number}", label="knows", properties={}, out=f"v{out}", in_=f"v{in_}")


@given(EDGES, st.integers(1, 9))
def test_every_edge_is_dealt_once(ends: list[tuple[int, int]], writers: int) -> None:
    """No row is lost or written twice, whatever joins whatever."""
    rows = [edge(number, *pair) for number, pair in enumerate(ends)]
    dealt = [row.id for parts in routed(rows, writers) for part in parts for row in part]
    assert Counter(dealt) == Counter(row.id for row in rows)


@given(EDGES, st.integers(1, 9))
def test_no_two_writers_of_a_round_share_a_vertex(ends: list[tuple[int, int]], writers: int) -> None:
    """What runs at the same time touches different vertices, at both ends of every edge."""
    for parts in routed([edge(number, *pair) for number, pair in enumerate(ends)], writers):
        assert 0 < len(parts) <= writers
        touched = Counter(end for part in parts for end in {end for row in part for end in (row.out, row.in_)})
        assert set(touched.values()) == {1}


def test_vertices_take_one_round() -> None:
    """Vertices do not meet, so nobody waits for anybody."""
    rows = [Row(id=f"v{number}", label="Person", properties={}) for number in range(500)]
    (parts,) = routed(rows, 4)
    assert len(parts) == 4
    assert sum(map(len, parts)) == 500


def test_a_hub_keeps_all_its_edges(gremlin_server: Callable[[str], str]) -> None:
    """A vertex that many edges reach at once is whole on a server without transactions, time after time."""
    store = connect_server(gremlin_server("3.8.1"))
    ids = [f"hub-end-{number}" for number in range(HUB_EDGES)]
    edges = pa.table({"id": [f"to-{name}" for name in ids], "out": ids, "in_": ["hub"] * HUB_EDGES})
    for _ in range(TRIES):
        store.run(store.g().V().drop())
        store.load(
            [
                VertexBatch(label="Place", table=pa.table({"id": [*ids, "hub"]})),
                EdgeBatch(label="near", out_label="Place", in_label="Place", table=edges),
            ]
        )
        assert len(set(store.run(store.g().V("hub").in_e().id_()))) == HUB_EDGES
    store.run(store.g().V().drop())
    store.close()
