"""The Gremlin that reads and writes elements on a server: traversals only, nothing is sent from here.

Upserts are `mergeV` and `mergeE` on `T.id` with static maps, and every property is written as a single value.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final

from gremlin_python.process.graph_traversal import GraphTraversal, GraphTraversalSource, __
from gremlin_python.process.traversal import Cardinality, Direction, Order, T
from gremlin_python.statics import long

from graph.stores.rows import Properties, Row, Value, stale

REQUEST_PARTS: Final = 200
"""Labels and properties in one writing request, as Neptune advises."""
REQUEST_IDS: Final = 500
"""Elements in one reading or deleting request."""


def read_elements(g: GraphTraversalSource, ids: Sequence[str], *, edges: bool) -> GraphTraversal:
    """Ask for id and properties of these elements."""
    found = g.E(*ids) if edges else g.V(*ids)
    return found.project("id", "properties").by(T.id).by(__.value_map())


def read_properties(answers: Iterable[Any], *, edges: bool) -> dict[str, Properties]:
    """Properties by id, out of answers to `read_elements`; a vertex's come as lists of one."""
    if edges:
        return {answer["id"]: answer["properties"] for answer in answers}
    return {
        answer["id"]: {
            name: values[0] if len(values) == 1 else str(values) for name, values in answer["properties"].items()
        }
        for answer in answers
    }


def write_elements(g: GraphTraversalSource, rows: Iterable[Row], present: Mapping[str, Properties]) -> GraphTraversal:
    """Upsert these elements, of one kind, in one request, and give 1."""
    traversal: Any = g
    for row in rows:
        traversal = traversal.merge_v(_vertex(row)) if row.out is None else traversal.merge_e(_edge(row))
        for name in stale(row, present):
            traversal = traversal.side_effect(__.properties(name).drop())
        for name, value in row.properties.items():
            traversal = _with_property(traversal, row, name, value)
    answer: GraphTraversal = traversal.count()
    return answer


def delete_elements(g: GraphTraversalSource, ids: Sequence[str], *, edges: bool) -> GraphTraversal:
    """Delete these elements; unknown ids are passed over."""
    return (g.E(*ids) if edges else g.V(*ids)).drop()


def count_elements(g: GraphTraversalSource, ids: Sequence[str], *, edges: bool) -> GraphTraversal:
    """How many of these there are."""
    return (g.E(*ids) if edges else g.V(*ids)).count()


def newest_snapshot(g: GraphTraversalSource) -> GraphTraversal:
    """The snapshot of the latest Snapshot vertex."""
    return g.V().has_label("Snapshot").has("at_ts").order().by("at_ts", Order.desc).by(T.id).limit(1).id_()


def requests(rows: Sequence[Row], present: Mapping[str, Properties]) -> Iterator[Sequence[Row]]:
    """Cut rows into requests of about `REQUEST_PARTS` labels and properties each, those to take away included.

    A request of so many has at most three steps for each, far below the 1,500 that Neptune advises.
    """
    start, parts = 0, 0
    for index, row in enumerate(rows):
        size = 1 + len(row.properties) + len(stale(row, present))
        if parts and parts + size > REQUEST_PARTS:
            yield rows[start:index]
            start, parts = index, 0
        parts += size
    if start < len(rows):
        yield rows[start:]


def ends(rows: Iterable[Row]) -> list[str]:
    """The vertices that these edges join, each once, sorted."""
    return sorted(set(chain.from_iterable((row.out or "", row.in_ or "") for row in rows)))


def _vertex(row: Row) -> dict[object, object]:
    return {T.id: row.id, T.label: row.label}


def _edge(row: Row) -> dict[object, object]:
    return {T.id: row.id, T.label: row.label, Direction.OUT: row.out, Direction.IN: row.in_}


def _with_property(traversal: Any, row: Row, name: str, value: Value) -> Any:
    wire = long(value) if isinstance(value, int) and not isinstance(value, bool) else value
    return traversal.property(Cardinality.single, name, wire) if row.out is None else traversal.property(name, wire)
