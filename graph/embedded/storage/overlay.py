"""Elements written one by one since the frames were made, with what is needed to undo an unfinished traversal."""

from collections.abc import Callable

from graph.embedded.storage.records import EdgeRecord, VertexRecord


class Overlay:
    """Records over the frames: added and changed elements, and the handles of removed ones.

    Args:
        first_vertex: first handle that no frame uses.
        first_edge: the same for edges.
        next_id: the number that the next element without an id gets.
    """

    def __init__(self, first_vertex: int, first_edge: int, next_id: int = 0) -> None:
        self.first_vertex = first_vertex
        self.first_edge = first_edge
        self.next_vertex = first_vertex
        self.next_edge = first_edge
        self.next_id = next_id
        self.vertices: dict[int, VertexRecord] = {}
        self.edges: dict[int, EdgeRecord] = {}
        self.added_vertices: dict[int, None] = {}
        self.added_edges: dict[int, None] = {}
        self.dead_vertices: set[int] = set()
        self.dead_edges: set[int] = set()
        self.vertex_ids: dict[str, int] = {}
        self.edge_ids: dict[str, int] = {}
        self.leaving: dict[int, list[int]] = {}
        self.reaching: dict[int, list[int]] = {}
        self.touched_vertices: dict[int, None] = {}
        self.touched_edges: dict[int, None] = {}
        self.revision = 0
        self._own_leaving: set[int] = set()
        self._own_reaching: set[int] = set()
        self._undo: list[Callable[[], object]] = []

    def fork(self) -> "Overlay":
        """A copy to write to while others read this one. Cost: a copy of its dictionaries; records are shared."""
        other = Overlay(self.first_vertex, self.first_edge, self.next_id)
        other.next_vertex, other.next_edge = self.next_vertex, self.next_edge
        for name in ("vertices", "edges", "added_vertices", "added_edges", "dead_vertices", "dead_edges"):
            setattr(other, name, getattr(self, name).copy())
        for name in ("vertex_ids", "edge_ids", "leaving", "reaching"):
            setattr(other, name, getattr(self, name).copy())
        return other

    @property
    def size(self) -> int:
        """How many elements lie over the frames."""
        return len(self.vertices) + len(self.edges) + len(self.dead_vertices) + len(self.dead_edges)

    @property
    def is_empty(self) -> bool:
        """Whether the frames alone are the graph."""
        return not (self.vertices or self.edges or self.dead_vertices or self.dead_edges)

    @property
    def is_dirty(self) -> bool:
        """Whether something may have been written that is not yet on disk."""
        return bool(self.touched_vertices or self.touched_edges)

    def add_vertex(self, record: VertexRecord) -> int:
        """Add a vertex and give its handle."""
        handle = self.next_vertex
        self.next_vertex += 1
        self.vertices[handle] = record
        self.added_vertices[handle] = None
        self.vertex_ids[str(record.id)] = handle
        self.touched_vertices[handle] = None
        self._record(lambda: self._forget_vertex(handle, record))
        return handle

    def add_edge(self, record: EdgeRecord) -> int:
        """Add an edge and give its handle."""
        handle = self.next_edge
        self.next_edge += 1
        self._link_edge(handle, record)
        self.touched_edges[handle] = None
        self._record(lambda: self._forget_edge(handle, record))
        return handle

    def change_vertex(self, handle: int, record: VertexRecord) -> VertexRecord:
        """Give a record of the vertex that may be written; `record` is the vertex as it is."""
        before = self.vertices.get(handle)
        changed = record.copy()
        self.vertices[handle] = changed
        self.vertex_ids[str(record.id)] = handle
        self.touched_vertices[handle] = None
        self._record(lambda: self._put_vertex(handle, before, str(record.id)))
        return changed

    def change_edge(self, handle: int, record: EdgeRecord) -> EdgeRecord:
        """Give a record of the edge that may be written; `record` is the edge as it is."""
        before = self.edges.get(handle)
        changed = record.copy()
        self.edges[handle] = changed
        self.edge_ids[str(record.id)] = handle
        self.touched_edges[handle] = None
        self._record(lambda: self._put_edge(handle, before, str(record.id)))
        return changed

    def remove_vertex(self, handle: int, record: VertexRecord) -> None:
        """Take a vertex out; its record stays readable until the traversal ends."""
        self.vertices[handle] = record
        self.dead_vertices.add(handle)
        was_added = handle in self.added_vertices
        self.added_vertices.pop(handle, None)
        self.vertex_ids.pop(str(record.id), None)
        self.touched_vertices[handle] = None
        self._record(lambda: self._revive_vertex(handle, record, was_added=was_added))

    def remove_edge(self, handle: int, record: EdgeRecord) -> None:
        """Take an edge out; its record stays readable until the traversal ends."""
        self.edges[handle] = record
        self.dead_edges.add(handle)
        was_added = handle in self.added_edges
        if was_added:
            self._unlink_edge(handle, record)
        self.edge_ids.pop(str(record.id), None)
        self.touched_edges[handle] = None
        self._record(lambda: self._revive_edge(handle, record, was_added=was_added))

    def mark(self) -> None:
        """Begin a statement: `undo` takes back what follows, and nothing before."""
        self._undo.clear()

    def settle(self) -> None:
        """What was written is on disk: nothing is left to undo."""
        for handle in [handle for handle in self.touched_vertices if handle in self.dead_vertices]:
            self.vertices.pop(handle, None)
        for handle in [handle for handle in self.touched_edges if handle in self.dead_edges]:
            self.edges.pop(handle, None)
        self.touched_vertices.clear()
        self.touched_edges.clear()
        self._undo.clear()
        self.revision += 1

    def undo(self) -> None:
        """Take back everything since the last `mark` or `settle`; touched stay more than need be."""
        for step in reversed(self._undo):
            step()
        self._undo.clear()
        self.revision += 1

    def _record(self, undo: Callable[[], object]) -> None:
        self._undo.append(undo)
        self.revision += 1

    def _link_edge(self, handle: int, record: EdgeRecord) -> None:
        self.edges[handle] = record
        self.added_edges[handle] = None
        self.edge_ids[str(record.id)] = handle
        _owned(self.leaving, self._own_leaving, record.out).append(handle)
        _owned(self.reaching, self._own_reaching, record.in_).append(handle)

    def _unlink_edge(self, handle: int, record: EdgeRecord) -> None:
        self.added_edges.pop(handle, None)
        _owned(self.leaving, self._own_leaving, record.out).remove(handle)
        _owned(self.reaching, self._own_reaching, record.in_).remove(handle)

    def _forget_vertex(self, handle: int, record: VertexRecord) -> None:
        self.vertices.pop(handle, None)
        self.added_vertices.pop(handle, None)
        self.vertex_ids.pop(str(record.id), None)

    def _forget_edge(self, handle: int, record: EdgeRecord) -> None:
        self._unlink_edge(handle, record)
        self.edges.pop(handle, None)
        self.edge_ids.pop(str(record.id), None)

    def _put_vertex(self, handle: int, before: VertexRecord | None, key: str) -> None:
        if before is None:
            self.vertices.pop(handle, None)
            self.vertex_ids.pop(key, None)
        else:
            self.vertices[handle] = before

    def _put_edge(self, handle: int, before: EdgeRecord | None, key: str) -> None:
        if before is None:
            self.edges.pop(handle, None)
            self.edge_ids.pop(key, None)
        else:
            self.edges[handle] = before

    def _revive_vertex(self, handle: int, record: VertexRecord, *, was_added: bool) -> None:
        self.dead_vertices.discard(handle)
        if was_added:
            self.added_vertices[handle] = None
        self.vertex_ids[str(record.id)] = handle

    def _revive_edge(self, handle: int, record: EdgeRecord, *, was_added: bool) -> None:
        self.dead_edges.discard(handle)
        self.edge_ids[str(record.id)] = handle
        if was_added:
            self._link_edge(handle, record)


def _owned(lists: dict[int, list[int]], owned: set[int], handle: int) -> list[int]:
    """The list of a vertex, copied at the first change since the fork."""
    if handle not in owned:
        owned.add(handle)
        lists[handle] = list(lists.get(handle, ()))
    return lists[handle]
