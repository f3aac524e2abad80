"""The graph in memory: immutable frames, and over them the elements written one by one.

Every element has a handle, an integer that stays while the graph is open. Not safe for a writer beside readers: the
store holds a lock around it. Text forms of ids are what counts: 1 and "1" name the same element.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import numpy as np

from graph.embedded.storage.frames import Adjacency, Base, EdgeFrame, Frame, Ints
from graph.embedded.storage.overlay import Overlay
from graph.embedded.storage.records import EdgeRecord, PropertyRecord, VertexRecord
from graph.embedded.values import ABSENT, Edge, Element, Missing, Property, Value, Vertex, VertexProperty

WAYS: Final = {"OUT": (True,), "IN": (False,), "BOTH": (True, False)}
"""For each direction whether edges that leave are meant, then those that reach."""


class Graph:
    """Reads: elements, labels, properties, neighbours.

    Args:
        base: the frames.
        overlay: what was written since; handles above those of the frames.
    """

    def __init__(self, base: Base, overlay: Overlay) -> None:
        self.base = base
        self.overlay = overlay
        self.derived: tuple[int, Any] | None = None  # what was made of a state, with its revision
        self._starts = base.vertex_starts
        self._edge_starts = base.edge_starts

    def vertices(self) -> Iterator[int]:
        """Handles of all vertices: the frames', then those added before the first was asked for."""
        dead, added = self.overlay.dead_vertices, list(self.overlay.added_vertices)
        known = range(self.base.vertex_count)
        yield from known if not dead else (handle for handle in known if handle not in dead)
        yield from added

    def edges(self) -> Iterator[int]:
        """Handles of all edges: the frames', then those added before the first was asked for."""
        dead, added = self.overlay.dead_edges, list(self.overlay.added_edges)
        known = range(self.base.edge_count)
        yield from known if not dead else (handle for handle in known if handle not in dead)
        yield from added

    def vertices_labelled(self, labels: Sequence[str]) -> Iterator[int]:
        """Handles of the vertices that bear one of the labels."""
        dead = self.overlay.dead_vertices
        for number, frame in enumerate(self.base.vertex_frames):
            if frame.key.label in labels:
                known = range(self._starts[number], self._starts[number + 1])
                yield from known if not dead else (handle for handle in known if handle not in dead)
        for handle in list(self.overlay.added_vertices):
            if self.overlay.vertices[handle].label in labels:
                yield handle

    def find_vertex(self, identity: Value) -> int | None:
        """The vertex with this id, or None."""
        key = str(identity)
        handle = self.overlay.vertex_ids.get(key)
        if handle is not None:
            return handle
        found = _find(self.base.vertex_frames, self._starts, key)
        return None if found in self.overlay.dead_vertices else found

    def find_edge(self, identity: Value) -> int | None:
        """The edge with this id, or None."""
        key = str(identity)
        handle = self.overlay.edge_ids.get(key)
        if handle is not None:
            return handle
        found = _find(self.base.edge_frames, self._edge_starts, key)
        return None if found in self.overlay.dead_edges else found

    def resolve(self, kind: str, identity: Value, label: str) -> Value:
        """Find the element that a caller's reference names; Missing when there is none."""
        if kind in ("vertex", "edge"):
            handle = self.find_vertex(identity) if kind == "vertex" else self.find_edge(identity)
            if handle is not None:
                return Vertex(handle) if kind == "vertex" else Edge(handle)
        if kind == "property":
            return Property(*identity)
        if kind == "vertexproperty":
            return VertexProperty(identity, Vertex(-1), label, None)
        return Missing(kind, identity, label)

    def id_of(self, element: Element) -> Value:
        """The id of an element, as it was given."""
        if isinstance(element, VertexProperty):
            return element.id
        return self.vertex_id(element.handle) if isinstance(element, Vertex) else self.edge_id(element.handle)

    def label_of(self, element: Element) -> str:
        """The label of an element; of a vertex property, its key."""
        if isinstance(element, VertexProperty):
            return element.key
        return self.vertex_label(element.handle) if isinstance(element, Vertex) else self.edge_label(element.handle)

    def vertex_id(self, handle: int) -> Value:
        """The id of a vertex."""
        record = self.overlay.vertices.get(handle)
        if record is not None:
            return record.id
        number = bisect_right(self._starts, handle) - 1
        return self.base.vertex_frames[number].ids.value(handle - self._starts[number])

    def vertex_label(self, handle: int) -> str:
        """The label of a vertex."""
        record = self.overlay.vertices.get(handle)
        return self.vertex_place(handle)[0].key.label if record is None else record.label

    def edge_id(self, handle: int) -> Value:
        """The id of an edge."""
        record = self.overlay.edges.get(handle)
        if record is not None:
            return record.id
        frame, row = self.edge_place(handle)
        return frame.ids.value(row)

    def edge_label(self, handle: int) -> str:
        """The label of an edge."""
        record = self.overlay.edges.get(handle)
        return self.edge_place(handle)[0].key.label if record is None else record.label

    def ends(self, handle: int) -> tuple[int, int]:
        """The vertex an edge leaves and the one it reaches."""
        record = self.overlay.edges.get(handle)
        if record is not None:
            return record.out, record.in_
        frame, row = self.edge_place(handle)
        place = self.base.place
        out_start, in_start = self._starts[place[frame.key.out_label]], self._starts[place[frame.key.in_label]]
        return out_start + int(frame.out_rows[row]), in_start + int(frame.in_rows[row])

    def vertex_place(self, handle: int) -> tuple[Frame, int]:
        """The frame and row of a vertex that has not been written since."""
        number = bisect_right(self._starts, handle) - 1
        return self.base.vertex_frames[number], handle - self._starts[number]

    def edge_place(self, handle: int) -> tuple[EdgeFrame, int]:
        """The frame and row of an edge that has not been written since."""
        number = bisect_right(self._edge_starts, handle) - 1
        return self.base.edge_frames[number], handle - self._edge_starts[number]

    def values(self, element: Value, key: str) -> Sequence[Value]:
        """All values of one property of an element."""
        if isinstance(element, Vertex):
            record = self.overlay.vertices.get(element.handle)
            if record is not None:
                return [item.value for item in record.properties.get(key, ())]
            frame, row = self.vertex_place(element.handle)
            return _one(frame, row, key)
        if isinstance(element, Edge):
            edge = self.overlay.edges.get(element.handle)
            if edge is not None:
                return [edge.properties[key]] if key in edge.properties else []
            place, row = self.edge_place(element.handle)
            return _one(place, row, key)
        return [item.value for item in self.properties(element, (key,))]

    def properties(self, element: Value, keys: Sequence[str] = ()) -> Sequence[VertexProperty | Property]:
        """The properties of an element, all of them or those of the keys."""
        if isinstance(element, Vertex):
            return list(self._vertex_properties(element, keys))
        if isinstance(element, Edge):
            record = self.edge_record(element.handle)
            return [
                Property(element, key, value) for key, value in record.properties.items() if not keys or key in keys
            ]
        meta = self.meta(element) if isinstance(element, VertexProperty) else {}
        return [Property(element, key, value) for key, value in meta.items() if not keys or key in keys]

    def _vertex_properties(self, vertex: Vertex, keys: Sequence[str]) -> Iterator[VertexProperty]:
        record = self.overlay.vertices.get(vertex.handle)
        if record is not None:
            for key, values in record.properties.items():
                if not keys or key in keys:
                    yield from (VertexProperty(item.id, vertex, key, item.value) for item in values)
            return
        frame, row = self.vertex_place(vertex.handle)
        for key in keys or frame.columns:
            for value in _one(frame, row, key):
                yield VertexProperty(_property_id(frame, row, key), vertex, key, value)

    def meta(self, wanted: VertexProperty) -> dict[str, Value]:
        """The properties of a vertex property; the dict itself, for those written since."""
        record = self.property_record(wanted)
        return {} if record is None else record.meta

    def property_record(self, wanted: VertexProperty) -> PropertyRecord | None:
        """The record of a vertex property, if its vertex has been written since."""
        record = self.overlay.vertices.get(wanted.owner.handle)
        if record is None:
            return None
        return next((item for item in record.properties.get(wanted.key, ()) if item.id == wanted.id), None)

    def vertex_record(self, handle: int) -> VertexRecord:
        """A vertex as a record; the one in the overlay, or a new one."""
        known = self.overlay.vertices.get(handle)
        if known is not None:
            return known
        frame, row = self.vertex_place(handle)
        properties = {
            key: [PropertyRecord(_property_id(frame, row, key), value) for value in _one(frame, row, key)]
            for key in frame.columns
        }
        return VertexRecord(
            frame.ids.value(row), frame.key.label, {key: item for key, item in properties.items() if item}
        )

    def edge_record(self, handle: int) -> EdgeRecord:
        """An edge as a record; the one in the overlay, or a new one."""
        known = self.overlay.edges.get(handle)
        if known is not None:
            return known
        frame, row = self.edge_place(handle)
        values = ((key, column.value(row)) for key, column in frame.columns.items())
        properties = {key: value for key, value in values if value is not ABSENT}
        return EdgeRecord(frame.ids.value(row), frame.key.label, *self.ends(handle), properties)

    def neighbours(self, handle: int, direction: str, labels: Sequence[str]) -> list[int]:
        """Vertices one edge away; direction OUT, IN or BOTH; no labels means any."""
        if self.overlay.dead_edges:
            return [other for _, other in self.steps(handle, direction, labels)]
        found: list[int] = []
        for leaving in WAYS[direction]:
            for edge_number, row in self._edge_frames_at(handle, labels, leaving=leaving):
                frame = self.base.edge_frames[edge_number]
                adjacency = frame.leaving if leaving else frame.reaching
                far = self._far_start(frame, leaving=leaving)
                others = adjacency.others[adjacency.starts[row] : adjacency.starts[row + 1]].tolist()
                found += [far + other for other in others]
            found += [other for _, other in self._added_steps(handle, labels, leaving=leaving)]
        return found

    def steps(self, handle: int, direction: str, labels: Sequence[str]) -> list[tuple[int, int]]:
        """Edges at a vertex with the vertex at the far end."""
        found: list[tuple[int, int]] = []
        dead = self.overlay.dead_edges
        for leaving in WAYS[direction]:
            for edge_number, row in self._edge_frames_at(handle, labels, leaving=leaving):
                pairs = self._frame_steps(edge_number, row, leaving=leaving)
                found.extend(pairs if not dead else (pair for pair in pairs if pair[0] not in dead))
            found += self._added_steps(handle, labels, leaving=leaving)
        return found

    def _edge_frames_at(self, handle: int, labels: Sequence[str], *, leaving: bool) -> Iterator[tuple[int, int]]:
        """The frames with edges of these labels that may be at a vertex, and its row in them."""
        if handle >= self.base.vertex_count:
            return
        number = bisect_right(self._starts, handle) - 1
        row = handle - self._starts[number]
        for edge_number in (self.base.leaving if leaving else self.base.reaching)[number]:
            if not labels or self.base.edge_frames[edge_number].key.label in labels:
                yield edge_number, row

    def _far_start(self, frame: EdgeFrame, *, leaving: bool) -> int:
        """The first handle of the vertices at the far end."""
        return self._starts[self.base.place[frame.key.in_label if leaving else frame.key.out_label]]

    def _frame_steps(self, edge_number: int, row: int, *, leaving: bool) -> Iterable[tuple[int, int]]:
        frame = self.base.edge_frames[edge_number]
        adjacency: Adjacency = frame.leaving if leaving else frame.reaching
        first, last = adjacency.starts[row], adjacency.starts[row + 1]
        if first == last:
            return ()
        edges: Ints = adjacency.edges[first:last] + np.int64(self._edge_starts[edge_number])
        others: Ints = adjacency.others[first:last] + np.int64(self._far_start(frame, leaving=leaving))
        return zip(edges.tolist(), others.tolist(), strict=True)

    def _added_steps(self, handle: int, labels: Sequence[str], *, leaving: bool) -> list[tuple[int, int]]:
        """The same of edges that were written one by one, by label."""
        added = (self.overlay.leaving if leaving else self.overlay.reaching).get(handle)
        if not added:
            return []
        edges = self.overlay.edges
        return [
            (edge, edges[edge].in_ if leaving else edges[edge].out)
            for edge in sorted(added, key=lambda number: edges[number].label)
            if not labels or edges[edge].label in labels
        ]


def _find(frames: Sequence[Frame], starts: Sequence[int], key: str) -> int | None:
    for number, frame in enumerate(frames):
        row = frame.ids.row(key)
        if row is not None:
            return starts[number] + row
    return None


def _one(frame: Frame, row: int, key: str) -> Sequence[Value]:
    column = frame.columns.get(key)
    if column is None:
        return ()
    value = column.value(row)
    return () if value is ABSENT else (value,)


def _property_id(frame: Frame, row: int, key: str) -> str:
    return f"{frame.ids.value(row)}/{key}"
