"""One suite for every graph store: embedded, and real Gremlin Servers of both lines."""

import pyarrow as pa
import pytest
from gremlin_python.process.graph_traversal import __
from gremlin_python.process.traversal import T

from core.errors import BadInputError
from graph import Batch, Difference, EdgeBatch, GraphStore, VertexBatch, WriteReport, check
from graph.check import FOREIGN

NOBODY = pa.array([], pa.string())


def people(**columns: list[object]) -> VertexBatch:
    """Two people."""
    table = {"id": ["e_1", "e_2"], "uid": ["e_1", "e_2"], **columns}
    return VertexBatch(label="Person", table=pa.table(table))


def event(at_ts: int = 1_700_000_000_000) -> list[Batch]:
    """Two people, an event of the first, and the edge between them."""
    events = {"id": ["ev_1"], "uid": ["ev_1"], "at_ts": [at_ts], "value": [1.0]}
    did = {"id": ["x_1"], "out": ["e_1"], "in_": ["ev_1"], "at_ts": [at_ts]}
    return [
        people(given_name=["ann", None], is_patient=[True, False]),
        VertexBatch(label="Event", table=pa.table(events)),
        EdgeBatch(label="DID", out_label="Person", in_label="Event", table=pa.table(did)),
    ]


def ids(graph_store: GraphStore) -> list[object]:
    """The ids of all vertices."""
    return graph_store.run(graph_store.g().V().order().by(T.id).id_())


def test_loading_twice_writes_nothing_the_second_time(graph_store: GraphStore) -> None:
    """The report counts what really changed."""
    assert graph_store.load(event()) == WriteReport(vertices_written=3, edges_written=1)
    assert graph_store.load(event()) == WriteReport()


def test_values_come_back_as_they_went_in(graph_store: GraphStore) -> None:
    """Text, booleans, 64-bit numbers and floating-point numbers keep value and kind; what is absent stays absent."""
    graph_store.load(event())
    found = graph_store.run(graph_store.g().V("e_1", "e_2", "ev_1").order().by(T.id).value_map())
    assert found == [
        {"uid": ["e_1"], "given_name": ["ann"], "is_patient": [True]},
        {"uid": ["e_2"], "is_patient": [False]},
        {"uid": ["ev_1"], "at_ts": [1_700_000_000_000], "value": [1.0]},
    ]
    assert isinstance(found[2]["value"][0], float)  # type: ignore[index]  # a map, as compared above


def test_a_changed_value_replaces_the_old_one(graph_store: GraphStore) -> None:
    """A property has one value, also where the server's default would keep both; one that is gone is gone."""
    graph_store.load(event())
    written = graph_store.load([people(given_name=["anna", None], is_patient=[None, False])])
    assert written == WriteReport(vertices_written=1)
    assert graph_store.run(graph_store.g().V("e_1").value_map()) == [{"uid": ["e_1"], "given_name": ["anna"]}]


def test_applying_a_difference_writes_and_deletes(graph_store: GraphStore) -> None:
    """Deleting a vertex takes its edges along, and unknown ids are passed over."""
    graph_store.load(event())
    gone = pa.array(["e_1", "e_nobody"])
    new = VertexBatch(label="Person", table=pa.table({"id": ["e_3"]}))
    report = graph_store.apply(Difference(upserts=[new], deleted_vertices=gone, deleted_edges=NOBODY))
    assert (report.vertices_written, report.vertices_deleted) == (1, 1)
    assert ids(graph_store) == ["e_2", "e_3", "ev_1"]
    assert graph_store.run(graph_store.g().E().count()) == [0]


def test_an_edge_can_be_deleted_alone(graph_store: GraphStore) -> None:
    """Its ends stay."""
    graph_store.load(event())
    report = graph_store.apply(Difference(upserts=[], deleted_vertices=NOBODY, deleted_edges=pa.array(["x_1", "x_9"])))
    assert report == WriteReport(edges_deleted=1)
    assert ids(graph_store) == ["e_1", "e_2", "ev_1"]


@pytest.mark.parametrize(
    "batch",
    [
        VertexBatch(label="Person", table=pa.table({"uid": ["e_1"]})),
        VertexBatch(label="Person", table=pa.table({"id": ["e_1", "e_1"]})),
        VertexBatch(label="Person", table=pa.table({"id": ["e_1"], "tags": [["a"]]})),
        EdgeBatch(
            label="DID",
            out_label="Person",
            in_label="Event",
            table=pa.table({"id": ["x_1"], "out": ["e_1"], "in_": ["ev_9"]}),
        ),
    ],
    ids=["no id", "id repeats", "list", "unknown end"],
)
def test_an_unusable_batch_is_refused(graph_store: GraphStore, batch: Batch) -> None:
    """The caller hears that the batch is wrong, whatever the graph_store."""
    graph_store.load([VertexBatch(label="Person", table=pa.table({"id": ["e_1"]}))])
    with pytest.raises(BadInputError):
        graph_store.load([batch])


def test_the_snapshot_is_the_latest(graph_store: GraphStore) -> None:
    """An empty graph shows none."""
    assert graph_store.snapshot() is None
    shown = {"id": ["snap_1", "snap_2"], "at_ts": [2, 1]}
    graph_store.load([VertexBatch(label="Snapshot", table=pa.table(shown))])
    assert graph_store.snapshot() == "snap_1"


def test_equal_results_come_as_often_as_they_occur(graph_store: GraphStore) -> None:
    """Bulk is no secret of the graph_store."""
    graph_store.load(event())
    assert graph_store.run(graph_store.g().V().has_label("Person").label()) == ["Person", "Person"]


def test_terminal_steps_of_the_source_run_on_the_store(graph_store: GraphStore) -> None:
    """`to_list`, `next` and `iterate` work on every version of the server."""
    graph_store.load(event())
    graph_store.g().V("e_2").property("city", "oslo").iterate()
    assert graph_store.g().V().has("city", "oslo").id_().to_list() == ["e_2"]
    assert graph_store.g().V("e_1").out("DID").where(__.values("value")).count().next() == 1


def test_a_check_finds_what_differs(graph_store: GraphStore) -> None:
    """A missing, a changed and a foreign element each make their label unequal."""
    graph_store.load(event())
    assert all(item.equal for item in check(graph_store, event()))
    assert {item.label: item.samples for item in check(graph_store, event(at_ts=5)) if not item.equal} == {
        "Event": ("ev_1",),
        "DID": ("x_1",),
    }


def test_a_check_names_what_the_lake_does_not_have(graph_store: GraphStore) -> None:
    """Of a label of the lake and of one of the store's own; an id that is not of our form is not shown."""
    graph_store.load(event())
    people = VertexBatch(label="Person", table=pa.table({"id": ["e_3", "ann@mail.example"]}))
    graph_store.load([people, VertexBatch(label="Stray", table=pa.table({"id": ["x_9"]}))])
    found = {item.label: item.extras for item in check(graph_store, event()) if not item.equal}
    assert found == {"Person": (FOREIGN, "e_3"), "Stray": ("x_9",)}
