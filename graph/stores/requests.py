"""The Gremlin that reads and writes elements on a server: traversals only, nothing is sent from here.

An upsert is one `mergeV` or `mergeE` on `T.id` with static maps: `onCreate` holds all of the element, `onMatch` what
differs, as single values. That is the form of Neptune's advice, and few steps for a server to translate: several times
faster than a `property` step for each value. Whatever was there before, the element ends as its row says, so a request
may be sent again.

Source: Amazon Neptune User Guide, Making efficient upserts with Gremlin mergeV() and mergeE() steps.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final

from gremlin_python.process.graph_traversal import GraphTraversal, GraphTraversalSource, __
from gremlin_python.process.traversal import Cardinality, Direction, Merge, Order, T
from gremlin_python.statics import long

from graph.stores.rows import Properties, Row, Value, differing, stale

REQUEST_PARTS: Final = 200
"""Labels and properties in one writing request, as Neptune advises."""
REQUEST_UPSERTS: Final = 50
"""Elements in one writing request: what a server spends on a request grows with the square of its steps."""
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
        traversal = _merged(traversal, row, _wire(differing(row, present)))
        if gone := stale(row, present):
            traversal = traversal.side_effect(__.properties(*gone).drop())
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
    """Cut rows into requests of about `REQUEST_PARTS` labels and properties, those to take away included.

    None has more than `REQUEST_UPSERTS` rows, that is 200 steps: far below the 1,500 that Neptune advises.
    """
    start, parts = 0, 0
    for index, row in enumerate(rows):
        size = 1 + len(row.properties) + len(stale(row, present))
        if parts and (parts + size > REQUEST_PARTS or index - start == REQUEST_UPSERTS):
            yield rows[start:index]
            start, parts = index, 0
        parts += size
    if start < len(rows):
        yield rows[start:]


def ends(rows: Iterable[Row]) -> list[str]:
    """The vertices that these edges join, each once, sorted."""
    return sorted(set(chain.from_iterable((row.out or "", row.in_ or "") for row in rows)))


def _merged(traversal: Any, row: Row, differing: Mapping[str, Value]) -> Any:
    """One upsert; options follow their step, and an edge's properties are single by nature."""
    whole: dict[Any, Any] = {T.label: row.label, **_wire(row.properties)}
    if row.out is None:
        found = traversal.merge_v({T.id: row.id}).option(Merge.on_create, whole)
        return found.option(Merge.on_match, differing, Cardinality.single) if differing else found
    ends = {Direction.OUT: row.out, Direction.IN: row.in_}
    found = traversal.merge_e({T.id: row.id}).option(Merge.on_create, whole | ends)
    return found.option(Merge.on_match, differing) if differing else found


def _wire(properties: Mapping[str, Value]) -> dict[Any, Any]:
    """Whole numbers travel as Long, whatever their size."""
    return {
        name: long(value) if isinstance(value, int) and not isinstance(value, bool) else value
        for name, value in properties.items()
    }
