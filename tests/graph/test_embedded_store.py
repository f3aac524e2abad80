"""The embedded store keeps what it is given: idempotent, deterministic, durable, undone when unfinished."""

import tempfile
import threading
from pathlib import Path

import pyarrow as pa
import pytest
from gremlin_python.process.graph_traversal import __
from gremlin_python.process.traversal import Cardinality, T
from hypothesis import given, settings

from core.errors import BadInputError, ConflictError
from graph.contract import Batch, Difference, EdgeBatch, VertexBatch, WriteReport
from graph.stores.embedded import EmbeddedStore
from tests.graph.embedded_graphs import modern, open_with, small_graphs

NONE = pa.array([], pa.string())


def shuffled(batch: Batch) -> Batch:
    """The batch with its rows backwards."""
    table = batch.table.take(pa.array(list(reversed(range(batch.table.num_rows))), pa.int64()))
    if isinstance(batch, VertexBatch):
        return VertexBatch(label=batch.label, table=table)
    return EdgeBatch(label=batch.label, out_label=batch.out_label, in_label=batch.in_label, table=table)


def content(store: EmbeddedStore) -> tuple[list[object], list[object]]:
    """All that a store holds, in a fixed order."""
    g = store.g()
    return sorted(g.V().element_map().to_list(), key=str), sorted(g.E().element_map().to_list(), key=str)


def test_loading_twice_writes_nothing(tmp_path: Path) -> None:
    """The second load of the same batches, in any row order, writes 0."""
    store = EmbeddedStore(tmp_path)
    first = store.load(modern())
    assert (first.vertices_written, first.edges_written) == (6, 6)
    assert store.load([shuffled(batch) for batch in modern()]) == WriteReport()
    store.close()


def test_same_input_same_bytes(tmp_path: Path) -> None:
    """Two stores loaded with the same rows, whatever their order, are byte-equal and leave no log behind."""
    for name, batches in (("a", modern()), ("b", [shuffled(batch) for batch in modern()])):
        open_with(tmp_path / name, batches).close()
    files = [sorted(path.name for path in (tmp_path / name).iterdir()) for name in "ab"]
    assert files == [["graph.db"], ["graph.db"]]
    assert (tmp_path / "a/graph.db").read_bytes() == (tmp_path / "b/graph.db").read_bytes()


@settings(max_examples=25)
@given(before=small_graphs(), after=small_graphs())
def test_upserts_end_where_a_fresh_load_ends(before: list[Batch], after: list[Batch]) -> None:
    """Loading B over A and deleting what is only in A gives what loading B alone gives."""
    gone = {kind: _only_in(before, after, kind) for kind in (VertexBatch, EdgeBatch)}
    with tempfile.TemporaryDirectory() as directory:
        over = open_with(Path(directory, "over"), before)
        over.apply(Difference(upserts=after, deleted_vertices=gone[VertexBatch], deleted_edges=gone[EdgeBatch]))
        fresh = open_with(Path(directory, "fresh"), after)
        assert content(over) == content(fresh)
        over.close()
        fresh.close()


def _only_in(before: list[Batch], after: list[Batch], kind: type[Batch]) -> pa.Array:
    old, new = (
        {key for batch in batches if isinstance(batch, kind) for key in _ids(batch).to_pylist()}
        for batches in (before, after)
    )
    return pa.array(sorted(old - new), pa.string())


def _ids(batch: Batch) -> pa.Array:
    return pa.array(batch.table.column("id").to_pylist(), pa.string())


def test_deleting_a_vertex_takes_its_edges(tmp_path: Path) -> None:
    """No edge outlives its ends; unknown ids are passed over; neighbours keep their places."""
    store = open_with(tmp_path, modern())
    report = store.apply(Difference(upserts=[], deleted_vertices=pa.array(["josh", "nobody"]), deleted_edges=NONE))
    assert (report.vertices_deleted, report.edges_deleted) == (1, 3)
    assert sorted(store.g().V("marko").out().id_().to_list()) == ["lop", "vadas"]
    store.close()


def test_single_writes_last_and_fold_into_the_next_load(tmp_path: Path) -> None:
    """What g writes is there after reopening and after a bulk load; a bulk row replaces it."""
    store = open_with(tmp_path, modern())
    g = store.g()
    g.V("marko").property("age", 30).iterate()
    g.merge_v({T.id: "ann", T.label: "person", "name": "ann"}).iterate()
    store.close()
    store = EmbeddedStore(tmp_path)
    assert store.g().V("marko").values("age").next() == 30
    report = store.load(modern())
    assert report == WriteReport(vertices_written=1)
    assert store.g().V("ann").values("name").next() == "ann"
    assert store.g().V("marko").values("age").next() == 29
    store.close()


def test_what_columns_cannot_hold_stays(tmp_path: Path) -> None:
    """Several values of one property survive reopening and bulk loads."""
    store = open_with(tmp_path, modern())
    for city in ("rome", "oslo"):
        store.g().V("vadas").property(Cardinality.list_, "city", city).iterate()
    store.load([VertexBatch(label="person", table=pa.table({"id": ["zoe"], "name": ["zoe"]}))])
    store.close()
    store = EmbeddedStore(tmp_path)
    assert store.g().V("vadas").values("city").to_list() == ["rome", "oslo"]
    store.close()


def test_a_batch_replaces_what_columns_could_not_hold(tmp_path: Path) -> None:
    """A bulk row wins over a single write of the same element, once; mixed types of single writes are kept apart."""
    store = open_with(tmp_path, modern())
    g = store.g()
    g.V("marko").property("age", "old").iterate()
    g.V("josh").property("note", 1).iterate()
    g.V("vadas").property("note", "x").iterate()
    assert store.load(modern()).vertices_written >= 1
    assert store.g().V("marko").values("age").next() == 29
    assert store.load(modern()) == WriteReport()
    store.close()


def test_a_failed_traversal_changes_nothing(tmp_path: Path) -> None:
    """When a traversal raises, everything it wrote is taken back."""
    store = open_with(tmp_path, modern())
    before = content(store)
    with pytest.raises(BadInputError):
        store.g().V().property("age", 1).side_effect(__.out_e().drop()).add_v("x").fail("stop").to_list()
    assert content(store) == before
    store.close()


@pytest.mark.parametrize(
    ("table", "error"),
    [
        ({"name": ["x"]}, BadInputError),
        ({"id": ["x", "x"]}, BadInputError),
        ({"id": ["x"], "age": [[1, 2]]}, BadInputError),
        ({"id": ["x"], "age": ["old"]}, ConflictError),
        ({"id": ["lop"]}, ConflictError),
    ],
)
def test_unusable_batches_are_refused_whole(
    tmp_path: Path, table: dict[str, list[object]], error: type[Exception]
) -> None:
    """A batch with a fault changes nothing and says what is wrong."""
    store = open_with(tmp_path, modern())
    before = content(store)
    with pytest.raises(error):
        store.load(
            [
                VertexBatch(label="new", table=pa.table({"id": ["n"]})),
                VertexBatch(label="person", table=pa.table(table)),
            ]
        )
    assert content(store) == before
    store.close()


def test_edges_need_their_ends(tmp_path: Path) -> None:
    """An edge to a vertex that is not there is refused."""
    store = open_with(tmp_path, modern())
    table = pa.table({"id": ["e"], "out": ["marko"], "in_": ["nobody"]})
    with pytest.raises(BadInputError, match="not in the graph"):
        store.load([EdgeBatch(label="knows", out_label="person", in_label="person", table=table)])
    store.close()


def test_readers_never_see_half_a_write(tmp_path: Path) -> None:
    """While one thread writes, others see either all rows of a round or none."""
    store = EmbeddedStore(tmp_path)
    seen: list[int] = []

    def read() -> None:
        seen.extend(len(store.g().V().values("round").dedup().to_list()) for _ in range(40))

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(8):
        table = pa.table({"id": [f"v{n}" for n in range(50)], "round": [number] * 50})
        store.load([VertexBatch(label="v", table=table)])
    for reader in readers:
        reader.join()
    assert set(seen) <= {0, 1}
    store.close()


def test_another_process_is_seen(tmp_path: Path) -> None:
    """A store sees what another one on the same directory has written, without reopening."""
    one, other = EmbeddedStore(tmp_path), EmbeddedStore(tmp_path)
    one.load(modern())
    assert other.g().V().count().next() == 6
    other.g().V("lop").property("lang", "rust").iterate()
    assert one.g().V("lop").values("lang").next() == "rust"
    one.close()
    other.close()


def test_the_snapshot_is_the_latest(tmp_path: Path) -> None:
    """The Snapshot vertex with the latest time says it; without one there is none."""
    store = EmbeddedStore(tmp_path)
    assert store.snapshot() is None
    table = pa.table({"id": ["s1", "s2"], "at_ts": [2, 1]})
    store.load([VertexBatch(label="Snapshot", table=table)])
    assert store.snapshot() == "s1"
    store.close()
