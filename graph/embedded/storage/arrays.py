"""A snapshot as arrays: all elements, hops, labels and properties of many handles at once.

The frames give most of it; the single writes over them are put in as arrays of their own, made once for each state of
the graph. Order is everywhere that of `Graph`, which gives the same one element at a time.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from gremlin_python.statics import long

from graph.embedded.limits import Watch
from graph.embedded.storage.frames import EDGE, VERTEX, Frame
from graph.embedded.storage.graph import Graph
from graph.embedded.storage.records import EdgeRecord, VertexRecord
from graph.embedded.values import ABSENT, Value

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
TYPES: Final[Mapping[Any, pa.DataType]] = {
    str: pa.string(),
    bool: pa.bool_(),
    int: pa.int32(),
    long: pa.int64(),
    float: pa.float64(),
}


HOP_BYTES: Final = 48  # memory for each neighbour while a hop is made


class UnfitError(Exception):
    """Arrays cannot say this as the interpreter does; it has to be asked instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Vertices or edges of a graph.

    Attributes:
        frames: of this kind; `starts` are their first handles.
        records: elements written one by one, by handle.
        dead: handles in frames that are removed, ascending.
        added: handles beyond the frames, in the order of their making.
        changed: handles in frames that have a record, ascending.
    """

    frames: Sequence[Frame]
    starts: Ints
    records: Mapping[int, VertexRecord | EdgeRecord]
    dead: Ints
    added: Ints
    changed: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """Edges beyond the frames at one of their ends, sorted by that vertex, then as `Graph` gives them.

    Attributes:
        near: shape (n,), the vertex; `far` the one at the other end, `edges` the edge, `labels` its label.
    """

    near: Ints
    far: Ints
    edges: Ints
    labels: npt.NDArray[np.object_]


class Arrays:
    """One state of a graph.

    Args:
        graph: the state; it must not change while this is used.
    """

    def __init__(self, graph: Graph) -> None:
        base, overlay = graph.base, graph.overlay
        self.base = base
        self.watch = Watch()
        self.has_added_edges = bool(overlay.added_edges)
        self.has_dead_edges = bool(overlay.dead_edges)
        self.sides = {
            VERTEX: _side(
                base.vertex_frames, base.vertex_starts, overlay.vertices, overlay.dead_vertices, overlay.added_vertices
            ),
            EDGE: _side(base.edge_frames, base.edge_starts, overlay.edges, overlay.dead_edges, overlay.added_edges),
        }
        self.vertex_limit = overlay.next_vertex
        self._leaving = _added(graph, leaving=True)
        self._reaching = _added(graph, leaving=False)

    def watched(self, watch: Watch) -> "Arrays":
        """The same for one evaluation, which may use only so much."""
        other = object.__new__(Arrays)
        other.__dict__.update(self.__dict__)  # copy() takes ten times as long, more than a small answer
        other.watch = watch
        return other

    def all(self, kind: str) -> Ints:
        """Handles of all elements of a kind, in order."""
        side = self.sides[kind]
        known: Ints = np.arange(int(side.starts[-1]), dtype=np.int64)
        if len(side.dead):
            alive = np.ones(len(known), np.bool_)
            alive[side.dead] = False
            known = known[alive]
        return np.concatenate([known, side.added]) if len(side.added) else known

    def by_frame(self, kind: str, handles: Ints) -> Iterator[tuple[int, Ints | slice]]:
        """Each frame that holds some of the handles, with their places."""
        starts = self.sides[kind].starts
        if len(starts) == 2:
            places = slice(None) if handles.max(initial=-1) < starts[1] else np.flatnonzero(handles < starts[1])
            yield 0, places
            return
        numbers = np.searchsorted(starts[1:], handles, side="right")
        for number in np.flatnonzero(np.bincount(numbers, minlength=len(starts))[: len(starts) - 1]):
            yield int(number), np.flatnonzero(numbers == number)

    def written(self, kind: str, handles: Ints) -> Ints:
        """Places of the handles that have a record of their own."""
        side = self.sides[kind]
        if not side.records:
            return np.empty(0, np.int64)
        mask = handles >= side.starts[-1]
        if len(side.changed):
            mask |= np.isin(handles, side.changed)
        return np.flatnonzero(mask)

    def with_label(self, kind: str, handles: Ints, passes: Callable[[str], bool]) -> Mask:
        """Which of the handles bear a label that passes."""
        side = self.sides[kind]
        wanted = np.array([*(passes(frame.key.label) for frame in side.frames), False], np.bool_)
        if not len(side.added) and wanted[:-1].all():
            return np.ones(len(handles), np.bool_)
        mask: Mask = wanted[np.searchsorted(side.starts[1:], handles, side="right")]
        for place in np.flatnonzero(handles >= side.starts[-1]).tolist() if len(side.added) else ():
            mask[place] = passes(side.records[int(handles[place])].label)
        return mask

    def labels(self, kind: str, handles: Ints) -> list[str]:
        """The label of each handle."""
        side = self.sides[kind]
        names = [frame.key.label for frame in side.frames]
        numbers = np.searchsorted(side.starts[1:], handles, side="right").tolist()
        return [
            names[number] if number < len(names) else side.records[handle].label
            for number, handle in zip(numbers, handles.tolist(), strict=True)
        ]

    def values(self, kind: str, handles: Ints, key: str) -> pa.Array:
        """One property of each handle, in a kept type; null where it is absent.

        Raises:
            UnfitError: the values are of several types, or an element has several.
        """
        side = self.sides[kind]
        parts: list[tuple[Ints | slice, pa.Array]] = []
        for number, places in self.by_frame(kind, handles):
            column = side.frames[number].columns.get(key)
            if column is not None:
                rows = handles[places] - side.starts[number]
                parts.append(
                    (places, column.array if _is_whole(rows, column.size) else column.array.take(pa.array(rows)))
                )
        written = self.written(kind, handles)
        if len(written):
            parts.append((written, _recorded(side, handles[written], key)))
        parts = [part for part in parts if part[1].null_count < len(part[1]) or part[0] is written]
        return _joined(parts, len(handles))

    def ends(self, edges: Ints, *, leaving: bool) -> Ints:
        """The vertex that each edge leaves, or reaches."""
        side = self.sides[EDGE]
        found: Ints = np.empty(len(edges), np.int64)
        for number, places in self.by_frame(EDGE, edges):
            frame = self.base.edge_frames[number]
            rows = (frame.out_rows if leaving else frame.in_rows)[edges[places] - side.starts[number]]
            found[places] = rows + np.int64(self._first(frame.key.out_label if leaving else frame.key.in_label))
        for place in np.flatnonzero(edges >= side.starts[-1]).tolist():
            record = side.records[int(edges[place])]
            assert isinstance(record, EdgeRecord)
            found[place] = record.out if leaving else record.in_
        return found

    def hop(self, handles: Ints, labels: Sequence[str], ways: Sequence[bool], *, edges: bool) -> tuple[Ints, Ints]:
        """Go from vertices along edges.

        Args:
            handles: vertices.
            labels: of the edges; none means any.
            ways: True for edges that leave, False for those that arrive.
            edges: whether to give the edges rather than the vertices at their far ends.

        Returns:
            Places in `handles`, ascending, and what is come to from there.
        """
        found: list[tuple[Ints, Ints]] = []
        for leaving in ways:
            for number, places in self.by_frame(VERTEX, handles):
                found.extend(self._along(handles, (number, places), labels, leaving=leaving, edges=edges))
            if self.has_added_edges:
                found.append(self._along_added(handles, labels, leaving=leaving, edges=edges))
        found = [part for part in found if len(part[0])]
        if not found:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        if len(found) == 1:
            return found[0]
        sources, targets = (np.concatenate(part) for part in zip(*found, strict=True))
        order = np.argsort(sources, kind="stable")
        return sources[order], targets[order]

    def _along(
        self,
        handles: Ints,
        here: tuple[int, Ints | slice],
        labels: Sequence[str],
        *,
        leaving: bool,
        edges: bool,
    ) -> Iterator[tuple[Ints, Ints]]:
        number, places = here
        rows = handles[places] - self.sides[VERTEX].starts[number]
        where: Ints = np.arange(len(handles)) if isinstance(places, slice) else places
        for edge_number in (self.base.leaving if leaving else self.base.reaching)[number]:
            frame = self.base.edge_frames[edge_number]
            if labels and frame.key.label not in labels:
                continue
            adjacency = frame.leaving if leaving else frame.reaching
            first = adjacency.starts[rows].astype(np.int64)
            counts = adjacency.starts[rows + 1] - first
            ends = np.cumsum(counts)
            total = int(ends[-1]) if len(ends) else 0
            self.watch.foresee(total, HOP_BYTES)
            inside = np.arange(total) + np.repeat(first - (ends - counts), counts)
            sources = np.repeat(where, counts)
            numbers: Ints | None = None
            if edges or self.has_dead_edges:
                numbers = adjacency.edges[inside] + np.int64(self.sides[EDGE].starts[edge_number])
                alive = self._alive(numbers)
                inside, sources, numbers = inside[alive], sources[alive], numbers[alive]
            far = self._first(frame.key.in_label if leaving else frame.key.out_label)
            yield sources, numbers if edges and numbers is not None else adjacency.others[inside] + np.int64(far)

    def _alive(self, edges: Ints) -> Mask | slice:
        dead = self.sides[EDGE].dead
        return ~np.isin(edges, dead) if len(dead) else slice(None)

    def _first(self, label: str) -> int:
        return self.base.vertex_starts[self.base.place[label]]

    def _along_added(self, handles: Ints, labels: Sequence[str], *, leaving: bool, edges: bool) -> tuple[Ints, Ints]:
        added = self._leaving if leaving else self._reaching
        first = np.searchsorted(added.near, handles, "left")
        counts = np.searchsorted(added.near, handles, "right") - first
        ends = np.cumsum(counts)
        inside = np.arange(int(counts.sum())) + np.repeat(first - (ends - counts), counts)
        sources = np.repeat(np.arange(len(handles)), counts)
        if labels:
            kept = np.isin(added.labels[inside], np.array(labels, np.object_))
            inside, sources = inside[kept], sources[kept]
        return sources, (added.edges if edges else added.far)[inside]

    def spread(self, weights: Ints, labels: Sequence[str], ways: Sequence[bool]) -> Ints:
        """Send weights of all vertices along their edges; only without added or removed edges.

        Args:
            weights: shape (vertices,), how many traversers stand on each.
            labels: as in `hop`.
            ways: as in `hop`.

        Returns:
            Shape (vertices,): how many arrive at each.
        """
        from graph.embedded.storage.kernels import gather

        found = np.zeros(len(weights), np.int64)
        starts = self.base.vertex_starts
        for frame in self.base.edge_frames:
            if labels and frame.key.label not in labels:
                continue
            out, in_ = self.base.place[frame.key.out_label], self.base.place[frame.key.in_label]
            for leaving in ways:
                near, far = (out, in_) if leaving else (in_, out)
                there = frame.reaching if leaving else frame.leaving
                weigh = weights[starts[near] : starts[near + 1]]
                gather(np.asarray(there.starts), there.others, weigh, found[starts[far] : starts[far + 1]])
        return found

    def degrees(self, handles: Ints, labels: Sequence[str], ways: Sequence[bool]) -> Ints:
        """How many edges each vertex has; only without added or removed edges."""
        found = np.zeros(len(handles), np.int64)
        for number, places in self.by_frame(VERTEX, handles):
            rows = handles[places] - self.sides[VERTEX].starts[number]
            for leaving in ways:
                for edge_number in (self.base.leaving if leaving else self.base.reaching)[number]:
                    frame = self.base.edge_frames[edge_number]
                    if not labels or frame.key.label in labels:
                        starts = (frame.leaving if leaving else frame.reaching).starts
                        found[places] += starts[rows + 1] - starts[rows]
        return found

    @property
    def is_plain(self) -> bool:
        """Whether all edges and vertices are those of the frames."""
        return not (self.has_added_edges or self.has_dead_edges or len(self.sides[VERTEX].added))


def arrays_of(graph: Graph) -> Arrays:
    """The arrays of a graph as it now is, made once for each state."""
    known = graph.derived
    if known is None or known[0] != graph.overlay.revision:
        known = graph.derived = (graph.overlay.revision, Arrays(graph))
    found: Arrays = known[1]
    return found


def handles_of(graph: Graph, kind: str, ids: pa.Array) -> Ints:
    """The handle of the element of each id (shape (ids,)); -1 where there is none. Cost: O(log n) each, in arrays."""
    base, overlay = graph.base, graph.overlay
    is_vertex = kind == VERTEX
    frames: Sequence[Frame] = base.vertex_frames if is_vertex else base.edge_frames
    starts = base.vertex_starts if is_vertex else base.edge_starts
    dead = overlay.dead_vertices if is_vertex else overlay.dead_edges
    written = overlay.vertex_ids if is_vertex else overlay.edge_ids
    found: Ints = np.full(len(ids), -1, np.int64)
    for start, frame in zip(starts, frames, strict=False):
        rows = frame.ids.sorted.find_many(ids)
        found = np.where(rows >= 0, rows + start, found)
    if dead:
        found[np.isin(found, np.fromiter(dead, np.int64))] = -1
    if written:
        over = np.array([written.get(item, -1) for item in ids.to_pylist()], np.int64)
        found = np.where(over >= 0, over, found)
    return found


def properties_of(graph: Graph, kind: str, ids: pa.Array) -> pa.Table:
    """Column `id` and one column a property, of those elements of these ids that there are, in the order of the ids.

    Raises:
        UnfitError: a property has values of several types, or several values.
    """
    arrays = arrays_of(graph)
    handles = handles_of(graph, kind, ids)
    there = np.flatnonzero(handles >= 0)
    handles = handles[there]
    side = arrays.sides[kind]
    keys = {key for number, _ in arrays.by_frame(kind, handles) for key in side.frames[number].columns}
    for handle in handles[arrays.written(kind, handles)].tolist():
        keys.update(side.records[handle].properties)
    columns = {key: arrays.values(kind, handles, key) for key in sorted(keys)}
    return pa.table({"id": ids.take(pa.array(there)), **columns})


def _side(
    frames: Sequence[Frame],
    starts: Sequence[int],
    records: Mapping[int, VertexRecord | EdgeRecord],
    dead: set[int],
    added: Mapping[int, None],
) -> Side:
    limit = starts[-1]
    gone = np.array(sorted(handle for handle in dead if handle < limit), np.int64)
    changed = np.array(sorted(handle for handle in records if handle < limit and handle not in dead), np.int64)
    live = {handle: record for handle, record in records.items() if handle not in dead} if dead else records
    first: Ints = np.asarray(starts, np.int64)
    return Side(
        frames=frames, starts=first, records=live, dead=gone, added=np.array(list(added), np.int64), changed=changed
    )


def _added(graph: Graph, *, leaving: bool) -> Added:
    records = graph.overlay.edges
    handles = sorted(graph.overlay.added_edges, key=lambda handle: records[handle].label)
    near = np.array([records[item].out if leaving else records[item].in_ for item in handles], np.int64)
    far = np.array([records[item].in_ if leaving else records[item].out for item in handles], np.int64)
    labels = np.array([records[item].label for item in handles], np.object_)
    order = np.argsort(near, kind="stable")
    return Added(near=near[order], far=far[order], edges=np.array(handles, np.int64)[order], labels=labels[order])


def _is_whole(rows: Ints, size: int) -> bool:
    return len(rows) == size and size > 0 and int(rows[0]) == 0 and bool((np.diff(rows) == 1).all())


def _recorded(side: Side, handles: Ints, key: str) -> pa.Array:
    """Values of elements that were written one by one."""
    found = [_record_value(side.records[handle], key) for handle in handles.tolist()]
    kinds: set[Any] = {type(value) for value in found if value is not ABSENT}
    if len(kinds) > 1 or not kinds <= TYPES.keys():
        raise UnfitError
    kind = TYPES[kinds.pop()] if kinds else pa.null()
    try:
        return pa.array([None if value is ABSENT else value for value in found], kind)
    except (OverflowError, pa.ArrowInvalid, UnicodeEncodeError) as error:
        raise UnfitError from error


def _record_value(record: VertexRecord | EdgeRecord, key: str) -> Value:
    if isinstance(record, EdgeRecord):
        return record.properties.get(key, ABSENT)
    values = record.properties.get(key, ())
    if len(values) > 1:
        raise UnfitError
    return values[0].value if values else ABSENT


def _joined(parts: list[tuple[Ints | slice, pa.Array]], size: int) -> pa.Array:
    """One array of parts that stand at places; later parts over earlier ones."""
    kinds = {part.type for _, part in parts if part.type != pa.null()}
    if len(kinds) > 1:
        raise UnfitError
    if not kinds:
        return pa.nulls(size)
    if len(parts) == 1 and len(parts[0][1]) == size:
        return parts[0][1]
    kind = kinds.pop()
    order = np.zeros(size, np.int64)
    pool = [pa.nulls(1, kind)]
    length = 1
    for places, part in parts:
        order[places] = np.arange(length, length + len(part))
        pool.append(part if part.type == kind else part.cast(kind))
        length += len(part)
    return pa.concat_arrays(pool).take(pa.array(order))
