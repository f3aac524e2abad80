"""Single writes become part of the frames before a bulk load, as far as columns can hold them.

What columns cannot hold (several values of one property, properties of properties, ids that are not text, values of
another type than the column's) stays a single write, and keeps its edges with it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pyarrow as pa
from gremlin_python.statics import long

from graph.contract import EdgeBatch, VertexBatch
from graph.embedded.storage.frames import EDGE, VERTEX, FrameKey
from graph.embedded.storage.graph import Graph
from graph.embedded.storage.loading import Draft, delete, upsert
from graph.embedded.storage.records import EdgeRecord, VertexRecord
from graph.embedded.values import Value

RESERVED: Final = ("id", "out", "in_")
TYPES: Final[Mapping[type, pa.DataType]] = {
    str: pa.string(),
    bool: pa.bool_(),
    int: pa.int32(),
    long: pa.int64(),
    float: pa.float64(),
}


Named = tuple[str, pa.Array | pa.ChunkedArray]  # kind, ids


class Types:
    """The type that each property of each frame has, or gets by the first single write that brings it."""

    def __init__(self, draft: Draft) -> None:
        self.known = {
            (key, name.removeprefix("p:")): column.type
            for key, content in draft.contents.items()
            for name, column in content.columns.items()
            if name.startswith("p:")
        }

    def fit(self, frame: FrameKey, name: str, value: Value) -> bool:
        """Whether a column of the frame can hold the value."""
        python: Any = type(value)  # pyright: ignore[reportUnknownVariableType]  # of any element
        kind = TYPES.get(python)
        return kind is not None and name not in RESERVED and self.known.setdefault((frame, name), kind) == kind


def fold(draft: Draft, graph: Graph) -> list[tuple[str, str]]:
    """Move single writes into the draft.

    Returns:
        Kind and id of those that moved and need no row of their own any more.
    """
    overlay = graph.overlay
    if overlay.is_empty:
        return []
    removed = _removed(draft, graph)
    types = Types(draft)
    vertices = {handle: _vertex_row(types, record) for handle, record in overlay.vertices.items()}
    kept = {handle: row for handle, row in vertices.items() if row is not None}
    _upsert_vertices(draft, graph, kept)
    edges = {handle: _edge_row(types, graph, record, kept) for handle, record in overlay.edges.items()}
    kept_edges = {handle: row for handle, row in edges.items() if row is not None}
    _upsert_edges(draft, graph, kept_edges)
    moved = [(VERTEX, str(overlay.vertices[handle].id)) for handle in kept]
    return removed + moved + [(EDGE, str(overlay.edges[handle].id)) for handle in kept_edges]


def _removed(draft: Draft, graph: Graph) -> list[tuple[str, str]]:
    base = graph.base
    edges = [str(graph.edge_id(handle)) for handle in sorted(graph.overlay.dead_edges) if handle < base.edge_count]
    vertices = [str(graph.vertex_id(item)) for item in sorted(graph.overlay.dead_vertices) if item < base.vertex_count]
    delete(draft, EDGE, pa.array(edges, pa.string()))
    delete(draft, VERTEX, pa.array(vertices, pa.string()))
    return [(EDGE, key) for key in edges] + [(VERTEX, key) for key in vertices]


def _vertex_row(types: Types, record: VertexRecord) -> dict[str, Value] | None:
    if type(record.id) is not str:
        return None
    row: dict[str, Value] = {"id": record.id}
    for key, values in record.properties.items():
        if len(values) != 1 or values[0].meta or not types.fit(FrameKey(VERTEX, record.label), key, values[0].value):
            return None
        row[key] = values[0].value
    return row


def _edge_row(
    types: Types, graph: Graph, record: EdgeRecord, vertices: Mapping[int, object]
) -> dict[str, Value] | None:
    added = graph.base.vertex_count
    if type(record.id) is not str or any(end >= added and end not in vertices for end in (record.out, record.in_)):
        return None
    key = FrameKey(EDGE, record.label, graph.vertex_label(record.out), graph.vertex_label(record.in_))
    if not all(types.fit(key, name, value) for name, value in record.properties.items()):
        return None
    ends = {"out": str(graph.vertex_id(record.out)), "in_": str(graph.vertex_id(record.in_))}
    return {"id": record.id, **ends, **record.properties}


def _upsert_vertices(draft: Draft, graph: Graph, rows: Mapping[int, dict[str, Value]]) -> None:
    groups: dict[str, list[dict[str, Value]]] = defaultdict(list)
    for handle, row in rows.items():
        groups[graph.overlay.vertices[handle].label].append(row)
    for label in sorted(groups):
        upsert(draft, VertexBatch(label=label, table=_table(groups[label])))


def _upsert_edges(draft: Draft, graph: Graph, rows: Mapping[int, dict[str, Value]]) -> None:
    groups: dict[tuple[str, str, str], list[dict[str, Value]]] = defaultdict(list)
    for handle, row in rows.items():
        record = graph.overlay.edges[handle]
        ends = graph.vertex_label(record.out), graph.vertex_label(record.in_)
        groups[record.label, *ends].append(row)
    for label, out_label, in_label in sorted(groups):
        table = _table(groups[label, out_label, in_label])
        upsert(draft, EdgeBatch(label=label, out_label=out_label, in_label=in_label, table=table))


def _table(rows: list[dict[str, Value]]) -> pa.Table:
    names = sorted({name for row in rows for name in row})
    columns = {}
    for name in names:
        kind = next(TYPES[type(row[name])] for row in rows if name in row)
        columns[name] = pa.array([row.get(name) for row in rows], kind)
    return pa.table(columns)


def replaced(
    draft: Draft, graph: Graph, folded: list[tuple[str, str]], named: Sequence[Named]
) -> list[tuple[str, str]]:
    """Single writes that columns could not take and that a batch or a deletion now replaces.

    Args:
        draft: counts each of them as written.
        graph: holds the single writes.
        folded: those that have moved already.
        named: kind and ids of everything that is written or deleted.
    """
    overlay = graph.overlay
    left = {
        (VERTEX, str(record.id)) for handle, record in overlay.vertices.items() if handle not in overlay.dead_vertices
    }
    left |= {(EDGE, str(record.id)) for handle, record in overlay.edges.items() if handle not in overlay.dead_edges}
    left -= set(folded)
    found = [(kind, key) for kind, ids in named if left for key in ids.to_pylist() if (kind, key) in left]
    for kind, _ in found:
        draft.written[kind] += 1
    return found
