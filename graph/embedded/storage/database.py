"""The embedded graph on disk and in memory together: opening, bulk loading, and keeping single writes."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

import pyarrow as pa

from graph.contract import Batch, Difference, VertexBatch, WriteReport
from graph.embedded.storage.columns import Column, IdColumn
from graph.embedded.storage.files import GraphFile, StoredFrame
from graph.embedded.storage.folding import fold, replaced
from graph.embedded.storage.frames import EDGE, VERTEX, Base, EdgeFrame, Frame, FrameKey
from graph.embedded.storage.graph import Graph
from graph.embedded.storage.loading import Content, Draft, delete, upsert
from graph.embedded.storage.overlay import Overlay
from graph.embedded.storage.records import EdgeRecord, edge_parts, edge_text, vertex_record, vertex_text

FILE_NAME = "graph.db"


class Database:
    """A graph file and the graph read from it. Not safe by itself: the store locks.

    Args:
        directory: where the file is or will be.
    """

    def __init__(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self.file = GraphFile(directory / FILE_NAME)
        self.graph = self._read()
        self._version = self.file.version()

    def is_behind(self) -> bool:
        """Whether another process has written."""
        return self.file.version() != self._version

    def refresh(self) -> None:
        """See what another process has written."""
        version = self.file.version()
        if version != self._version:
            self.graph = self._read()
            self._version = version

    def load(self, batches: Iterable[Batch]) -> WriteReport:
        """Upsert batches in one transaction."""
        none = pa.array([], pa.string())
        return self.apply(Difference(upserts=batches, deleted_vertices=none, deleted_edges=none))

    def apply(self, difference: Difference) -> WriteReport:
        """Upsert and delete in one transaction."""
        with self.file.transaction():
            self.graph = self._read()
            draft = Draft(contents=self._contents())
            folded = fold(draft, self.graph)
            draft.written, draft.deleted = {VERTEX: 0, EDGE: 0}, {VERTEX: 0, EDGE: 0}
            edges: list[Batch] = []
            named: list[tuple[str, pa.Array | pa.ChunkedArray]] = [
                (EDGE, difference.deleted_edges),
                (VERTEX, difference.deleted_vertices),
            ]
            for batch in difference.upserts:
                if isinstance(batch, VertexBatch):
                    upsert(draft, batch)
                    named.append((VERTEX, batch.table.column("id")))
                else:
                    edges.append(batch)
            for batch in edges:
                upsert(draft, batch)
                named.append((EDGE, batch.table.column("id")))
            if not self.graph.overlay.is_empty:
                folded += replaced(draft, self.graph, folded, named)
            delete(draft, EDGE, difference.deleted_edges)
            delete(draft, VERTEX, difference.deleted_vertices)
            report = WriteReport(
                vertices_written=draft.written[VERTEX],
                edges_written=draft.written[EDGE],
                vertices_deleted=draft.deleted[VERTEX],
                edges_deleted=draft.deleted[EDGE],
            )
            if report != WriteReport():
                self._write(draft, folded)
        if report != WriteReport():
            self.graph = self._read()
        self._version = self.file.version()
        return report

    def _write(self, draft: Draft, folded: list[tuple[str, str]]) -> None:
        changed = [content for _, content in sorted(draft.contents.items()) if content.changed]
        for content in changed:
            columns = {name: content.columns[name] for name in content.changed if name in content.columns}
            self.file.write_frame(content.key, content.size, columns, tuple(content.columns))
        for kind, key in folded:
            self.file.forget_single(kind, key)
        self.file.set_number("generation", self.file.number("generation") + 1)

    def keep(self) -> None:
        """Write what a traversal changed; on failure the graph in memory is as before."""
        overlay = self.graph.overlay
        if not overlay.is_dirty:
            return
        try:
            with self.file.transaction():
                for handle in sorted(overlay.touched_vertices):
                    self.file.write_single(VERTEX, str(self.graph.vertex_id(handle)), self._vertex_state(handle))
                for handle in sorted(overlay.touched_edges):
                    self.file.write_single(EDGE, str(self.graph.edge_id(handle)), self._edge_state(handle))
                self.file.set_number("next_id", overlay.next_id)
        except BaseException:
            overlay.undo()
            raise
        overlay.settle()

    def _vertex_state(self, handle: int) -> str | None:
        overlay = self.graph.overlay
        return None if handle in overlay.dead_vertices else vertex_text(overlay.vertices[handle])

    def _edge_state(self, handle: int) -> str | None:
        overlay = self.graph.overlay
        if handle in overlay.dead_edges:
            return None
        record = overlay.edges[handle]
        return edge_text(record, str(self.graph.vertex_id(record.out)), str(self.graph.vertex_id(record.in_)))

    def close(self) -> None:
        """Let go of the file."""
        self.file.close()

    def _contents(self) -> dict[FrameKey, Content]:
        generation = self.file.number("generation")
        return {
            frame.key: Content(
                key=frame.key, columns={name: self.file.read(frame.number, name, generation) for name in frame.names}
            )
            for frame in self.file.frames()
        }

    def _read(self) -> Graph:
        generation = self.file.number("generation")
        stored = self.file.frames()
        vertices = [self._frame(item, generation) for item in stored if item.key.kind == VERTEX]
        rows = {frame.key.label: frame.size for frame in vertices}
        edges = [self._edge_frame(item, generation, rows) for item in stored if item.key.kind == EDGE]
        base = Base(vertices, edges)
        overlay = Overlay(base.vertex_count, base.edge_count, self.file.number("next_id"))
        graph = Graph(base, overlay)
        _replay(graph, self.file.singles())
        overlay.settle()
        return graph

    def _columns(self, stored: StoredFrame, generation: int) -> dict[str, Column]:
        load = partial(self.file.read, stored.number, generation=generation)
        return {
            name.removeprefix("p:"): Column(stored.rows, partial(load, name))
            for name in stored.names
            if name.startswith("p:")
        }

    def _frame(self, stored: StoredFrame, generation: int) -> Frame:
        load = partial(self.file.read, stored.number, "id", generation)
        return Frame(key=stored.key, ids=IdColumn(stored.rows, load), columns=self._columns(stored, generation))

    def _edge_frame(self, stored: StoredFrame, generation: int, rows: dict[str, int]) -> EdgeFrame:
        read = partial(self.file.read, stored.number, generation=generation)
        return EdgeFrame(
            key=stored.key,
            ids=IdColumn(stored.rows, partial(read, "id")),
            columns=self._columns(stored, generation),
            out=Column(stored.rows, partial(read, "out")),
            in_=Column(stored.rows, partial(read, "in")),
            vertices={"out": rows[stored.key.out_label], "in": rows[stored.key.in_label]},
        )


def _replay(graph: Graph, singles: Iterable[tuple[str, str, str | None]]) -> None:
    """Put single writes over the frames; vertices come before edges."""
    overlay = graph.overlay
    for kind, key, state in singles:
        known = graph.find_vertex(key) if kind == VERTEX else graph.find_edge(key)
        if state is None:
            _replay_removal(graph, kind, known)
        elif kind == VERTEX:
            record = vertex_record(state)
            if known is None:
                overlay.add_vertex(record)
            else:
                overlay.change_vertex(known, record)
        else:
            identity, label, out_id, in_id, properties = edge_parts(state)
            ends = graph.find_vertex(out_id), graph.find_vertex(in_id)
            if ends[0] is not None and ends[1] is not None:
                edge = EdgeRecord(identity, label, ends[0], ends[1], properties)
                if known is None:
                    overlay.add_edge(edge)
                else:
                    overlay.change_edge(known, edge)


def _replay_removal(graph: Graph, kind: str, known: int | None) -> None:
    if known is None:
        return
    if kind == VERTEX:
        graph.overlay.remove_vertex(known, graph.vertex_record(known))
    else:
        graph.overlay.remove_edge(known, graph.edge_record(known))
