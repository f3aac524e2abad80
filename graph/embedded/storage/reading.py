"""From the file to a graph: frames whose columns are read on demand, single writes over them, and what is shared.

A column is named by its frame, its name and the commit that wrote it. Two snapshots that name the same column share it
in memory, with everything made of it: decoded values, adjacency, indexes.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from weakref import WeakValueDictionary

import pyarrow as pa

from graph.embedded.storage.columns import Column, IdColumn
from graph.embedded.storage.files import Single, StoredFrame
from graph.embedded.storage.frames import EDGE, VERTEX, Base, EdgeFrame, Frame, Links
from graph.embedded.storage.graph import Graph
from graph.embedded.storage.records import EdgeRecord, edge_parts, vertex_record

ColumnName = tuple[int, str, int]  # frame, name, stamp
LinksName = tuple[int, int, int, int, int]  # frame, stamps of both ends, rows at both ends


class Columns:
    """Columns that some snapshot still uses, by name.

    Args:
        read: gives a column's array; called at most once for each.
    """

    def __init__(self, read: Callable[[ColumnName], pa.Array]) -> None:
        self._read = read
        self._columns: WeakValueDictionary[ColumnName, Column] = WeakValueDictionary()
        self._links: WeakValueDictionary[LinksName, Links] = WeakValueDictionary()

    def column(self, name: ColumnName, size: int) -> Column:
        """The column of this name."""
        found = self._columns.get(name)
        if found is None:
            kind = IdColumn if name[1] == "id" else Column
            found = self._columns.setdefault(name, kind(size, partial(self._read, name)))
        return found

    def forget(self, names: Iterable[ColumnName]) -> None:
        """Columns that were never committed: another commit will bear their names."""
        for name in names:
            self._columns.pop(name, None)

    def base(self, stored: Iterable[StoredFrame]) -> Base:
        """All frames of the file."""
        frames = list(stored)
        vertices = [
            Frame(key=frame.key, ids=self._ids(frame), columns=self._properties(frame))
            for frame in frames
            if frame.key.kind == VERTEX
        ]
        rows = {frame.key.label: frame.size for frame in vertices}
        edges = [
            EdgeFrame(
                key=frame.key,
                ids=self._ids(frame),
                columns=self._properties(frame),
                links=self._linked(frame, rows),
            )
            for frame in frames
            if frame.key.kind == EDGE
        ]
        return Base(vertices, edges)

    def _ids(self, stored: StoredFrame) -> IdColumn:
        found = self.column((stored.number, "id", stored.stamps["id"]), stored.rows)
        assert isinstance(found, IdColumn)
        return found

    def _properties(self, stored: StoredFrame) -> dict[str, Column]:
        return {
            name.removeprefix("p:"): self.column((stored.number, name, stamp), stored.rows)
            for name, stamp in stored.stamps.items()
            if name.startswith("p:")
        }

    def _linked(self, stored: StoredFrame, rows: Mapping[str, int]) -> Links:
        out, in_ = stored.stamps["out"], stored.stamps["in"]
        sizes = rows[stored.key.out_label], rows[stored.key.in_label]
        name = (stored.number, out, in_, *sizes)
        found = self._links.get(name)
        if found is None:
            leaves = self.column((stored.number, "out", out), stored.rows)
            arrives = self.column((stored.number, "in", in_), stored.rows)
            found = self._links.setdefault(name, Links(leaves, arrives, *sizes))
        return found


def replay(graph: Graph, singles: Iterable[Single]) -> None:
    """Put single writes over the frames, or over earlier ones; vertices come before edges."""
    for kind, key, state in singles:
        if state is None:
            _remove(graph, kind, key)
        elif kind == VERTEX:
            _put_vertex(graph, key, state)
        else:
            _put_edge(graph, key, state)
    graph.overlay.settle()


def _remove(graph: Graph, kind: str, key: str) -> None:
    known = graph.find_vertex(key) if kind == VERTEX else graph.find_edge(key)
    if known is None:
        return
    if kind == VERTEX:
        graph.overlay.remove_vertex(known, graph.vertex_record(known))
    else:
        graph.overlay.remove_edge(known, graph.edge_record(known))


def _put_vertex(graph: Graph, key: str, state: str) -> None:
    record, known = vertex_record(state), graph.find_vertex(key)
    if known is not None and graph.vertex_label(known) == record.label:
        graph.overlay.change_vertex(known, record)
        return
    if known is not None:
        _remove(graph, VERTEX, key)
    graph.overlay.add_vertex(record)


def _put_edge(graph: Graph, key: str, state: str) -> None:
    identity, label, out_id, in_id, properties = edge_parts(state)
    out, in_ = graph.find_vertex(out_id), graph.find_vertex(in_id)
    if out is None or in_ is None:
        return
    record, known = EdgeRecord(identity, label, out, in_, properties), graph.find_edge(key)
    if known is not None and graph.edge_label(known) == label and graph.ends(known) == (out, in_):
        graph.overlay.change_edge(known, record)
        return
    if known is not None:
        _remove(graph, EDGE, key)
    graph.overlay.add_edge(record)
