"""The embedded graph on disk and in memory together: snapshots to read, one transaction at a time to write.

A snapshot is the graph as one commit left it; it never changes, so any number of threads read it while a writer works
on a fork. Processes meet in the file: a new commit there makes a new snapshot here at the next question.
"""

import threading
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa

from core.errors import RetryableError
from graph.contract import Batch, Difference, VertexBatch, WriteReport
from graph.embedded.storage.columns import Column
from graph.embedded.storage.files import GraphFile, Single, State
from graph.embedded.storage.folding import fold, replaced
from graph.embedded.storage.frames import EDGE, VERTEX
from graph.embedded.storage.graph import Graph
from graph.embedded.storage.loading import Draft, delete, upsert
from graph.embedded.storage.overlay import Overlay
from graph.embedded.storage.reading import ColumnName, Columns, replay
from graph.embedded.storage.records import edge_text, vertex_text

FILE_NAME: Final = "graph.db"
FOLD_AT: Final = 1 << 15  # single writes that are kept beside the frames before they become part of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The graph as a commit left it."""

    graph: Graph
    state: State


class Database:
    """A graph file and the newest snapshot of it; safe from several threads.

    Args:
        directory: where the file is or will be.
        wait_s: how long a write waits for another one, of this process or of others.
    """

    def __init__(self, directory: Path, *, wait_s: float = 60.0) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self._path = directory / FILE_NAME
        self._wait_s = wait_s
        self._file = GraphFile(self._path, wait_s)
        self._held: list[GraphFile] = [self._file]
        self._columns = Columns(self._read_column)
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._writer: GraphFile | None = None
        self._unfoldable = 0
        self._newest = self.snapshot_of(self._file, None)

    def newest(self) -> Snapshot:
        """The graph as the latest commit of any process left it.

        A column of it that a later bulk write replaces before anybody asked for it raises `RetryableError` then.
        """
        newest = self._newest
        if self._file.stamp() != newest.state.stamp:
            with self._lock:
                newest = self._newest = self.snapshot_of(self._file, self._newest)
        return newest

    @contextmanager
    def pinned(self) -> Generator[Snapshot]:
        """Keep the newest graph readable in all its parts, whatever is written meanwhile."""
        file = GraphFile(self._path, self._wait_s)
        try:
            state = file.hold()
            newest = self.newest()
            snapshot = newest if newest.state == state else self.snapshot_of(file, newest)
            self._held.append(file)
            yield snapshot
        finally:
            if file in self._held:
                self._held.remove(file)
            file.close()

    def snapshot_of(self, file: GraphFile, known: Snapshot | None) -> Snapshot:
        """Read what a connection sees; only the single writes since, where frames are still the same."""
        inside = file.in_transaction
        state = file.state() if inside else file.hold()
        try:
            if known is not None and known.state.frames == state.frames and known.state.stamp <= state.stamp:
                overlay = known.graph.overlay.fork()
                graph, since = Graph(known.graph.base, overlay), known.state.stamp
            else:
                base = self._columns.base(file.frames())
                overlay = Overlay(base.vertex_count, base.edge_count)
                graph, since = Graph(base, overlay), -1
            replay(graph, file.singles(since))
            overlay.next_id = state.next_id
        finally:
            if not inside:
                file.rollback()
        return Snapshot(graph=graph, state=state)

    def _read_column(self, name: ColumnName) -> pa.Array:
        for file in tuple(self._held):
            found = file.read(*name)
            if found is not None:
                return found
        raise RetryableError("The graph was written anew meanwhile.", remedy="Ask again.")

    @contextmanager
    def writing(self) -> Generator["Writing"]:
        """Be the one writer: committed at the end, taken back on an error."""
        transaction = self.begin()
        try:
            yield transaction
        except BaseException:
            transaction.rollback()
            raise
        transaction.commit()

    def begin(self, *, seen: Snapshot | None = None) -> "Writing":
        """Become the one writer.

        Args:
            seen: what the caller has read already and builds upon.

        Raises:
            RetryableError: others write for too long, or have written since `seen`.
        """
        if not self._writing.acquire(timeout=self._wait_s):
            raise RetryableError("Another transaction is writing to the graph.", remedy="Try again when it is done.")
        try:
            return self._begun(seen)
        except BaseException:
            self._writing.release()
            raise

    def _begun(self, seen: Snapshot | None) -> "Writing":
        if self._writer is None:
            self._writer = GraphFile(self._path, self._wait_s)
        self._writer.begin()
        try:
            snapshot = self._newest
            if self._writer.state() != snapshot.state:
                snapshot = self.snapshot_of(self._writer, snapshot)
            _refuse_change(seen, snapshot)
            return Writing(self, self._writer, snapshot, self._columns)
        except BaseException:
            self._writer.rollback()
            raise

    def ended(self, snapshot: Snapshot | None) -> None:
        """A transaction is over, with this snapshot if it wrote anything."""
        if snapshot is not None:
            with self._lock:
                self._newest = snapshot
        self._writing.release()

    def fold(self) -> None:
        """Make single writes part of the frames when they have become many."""
        if self._newest.graph.overlay.size > max(FOLD_AT, 2 * self._unfoldable):
            self.load(())
            self._unfoldable = self._newest.graph.overlay.size

    def load(self, batches: Iterable[Batch]) -> WriteReport:
        """Upsert batches in one transaction."""
        return self.apply(Difference(upserts=batches, deleted_vertices=NONE, deleted_edges=NONE))

    def apply(self, difference: Difference) -> WriteReport:
        """Upsert and delete in one transaction, and make single writes part of the frames."""
        with self.writing() as transaction:
            return transaction.apply(difference)

    def close(self) -> None:
        """Let go of the file."""
        for file in (self._writer, self._file):
            if file is not None:
                file.close()


NONE: Final = pa.array([], pa.string())


class Writing:
    """A transaction: a fork of the newest graph, and the file's write lock.

    Attributes:
        graph: what it reads and changes; others do not see it.
    """

    def __init__(self, database: Database, file: GraphFile, snapshot: Snapshot, columns: Columns) -> None:
        self._database = database
        self._file = file
        self._columns = columns
        self._state = snapshot.state
        self.graph = Graph(snapshot.graph.base, snapshot.graph.overlay.fork())
        self._fresh: dict[ColumnName, Column] = {}
        self._frames_written = False

    def apply(self, difference: Difference) -> WriteReport:
        """Upsert and delete in bulk; single writes become columns where columns can hold them."""
        draft = Draft.of(self.graph.base)
        folded = fold(draft, self.graph)
        draft.written, draft.deleted = {VERTEX: 0, EDGE: 0}, {VERTEX: 0, EDGE: 0}
        named = _upserted(draft, difference)
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
        if report != WriteReport() or folded:
            self._write_frames(draft, folded)
        return report

    def _write_frames(self, draft: Draft, folded: list[tuple[str, str]]) -> None:
        self._frames_written = True
        for _, content in sorted(draft.contents.items()):
            if content.changed:
                columns = {name: content.columns[name] for name in content.changed if name in content.columns}
                number = self._file.write_frame(content.key, content.size, columns, tuple(content.columns))
                for name, array in columns.items():
                    named = (number, name, self._state.stamp + 1)
                    self._fresh[named] = self._columns.column(named, len(array)).keep(array)
        self._file.forget_singles(folded)

    def commit(self) -> None:
        """Keep everything; on failure nothing is kept.

        Raises:
            RetryableError: the disk is full, or cannot be written to.
        """
        try:
            snapshot = self._written()
        except BaseException:
            self.rollback()
            raise
        self._database.ended(snapshot)

    def _written(self) -> Snapshot | None:
        singles = self._singles()
        if not singles and not self._frames_written:
            self._file.rollback()
            return None
        stamp = self._state.stamp + 1
        self._file.write_singles(singles)
        frames = stamp if self._frames_written else self._state.frames
        state = State(stamp=stamp, frames=frames, next_id=self.graph.overlay.next_id)
        self._file.set_state(state)
        snapshot = Snapshot(graph=self.graph, state=state)
        if self._frames_written:
            snapshot = self._database.snapshot_of(self._file, None)
        self._file.commit()
        self.graph.overlay.settle()
        return snapshot

    def rollback(self) -> None:
        """Keep nothing."""
        self._columns.forget(self._fresh)
        try:
            self._file.rollback()
        finally:
            self._database.ended(None)

    def _singles(self) -> list[Single]:
        overlay, graph = self.graph.overlay, self.graph
        found: list[Single] = []
        for handle in sorted(overlay.touched_vertices):
            if handle in overlay.dead_vertices:
                found.append((VERTEX, str(graph.vertex_id(handle)), None))
            elif handle in overlay.vertices:
                found.append((VERTEX, str(graph.vertex_id(handle)), vertex_text(overlay.vertices[handle])))
        for handle in sorted(overlay.touched_edges):
            if handle in overlay.dead_edges:
                found.append((EDGE, str(graph.edge_id(handle)), None))
            elif handle in overlay.edges:
                record = overlay.edges[handle]
                ends = str(graph.vertex_id(record.out)), str(graph.vertex_id(record.in_))
                found.append((EDGE, str(graph.edge_id(handle)), edge_text(record, *ends)))
        return found


def _refuse_change(seen: Snapshot | None, newest: Snapshot) -> None:
    if seen is not None and seen.state != newest.state:
        raise RetryableError(
            "The graph has been written since this transaction began to read.", remedy="Begin it again."
        )


def _upserted(draft: Draft, difference: Difference) -> list[tuple[str, pa.Array | pa.ChunkedArray]]:
    """Put all batches into the draft, vertices first; gives kind and ids of everything named."""
    named: list[tuple[str, pa.Array | pa.ChunkedArray]] = [
        (EDGE, difference.deleted_edges),
        (VERTEX, difference.deleted_vertices),
    ]
    edges: list[Batch] = []
    for batch in difference.upserts:
        if isinstance(batch, VertexBatch):
            upsert(draft, batch)
            named.append((VERTEX, batch.table.column("id")))
        else:
            edges.append(batch)
    for batch in edges:
        upsert(draft, batch)
        named.append((EDGE, batch.table.column("id")))
    return named
