"""Compiled agglomeration: edges best first, merges weighed by all the evidence between two clusters.

Clusters are linked lists of rows. Components are merged one by one, so that what is compared is near and compared once.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolution.blocking.kernels import mix
from resolution.clustering.components import Components, find
from resolution.clustering.pooling import (
    MOST_KEPT,
    Known,
    Room,
    Table,
    each_other,
    evidence,
    keep_pairs,
    one_of_many,
    room,
)
from resolution.compiled import inner, kernel
from resolution.machine import ask_ahead

JOINED, REFUSED, FORBIDDEN = 1, 2, 3
AHEAD: Final = 8
"""So many components before records are compared, they are asked for."""


class Bounds(NamedTuple):
    """Hard constraints.

    Attributes:
        unique: shape (systems, n). Identifiers of each row; those of a cluster stand at its first row.
        once: shape (n,). Source code where a source lists each person once, else -1.
        apart_start: shape (n + 1,). Where each row's forbidden rows begin in `apart`.
        apart: rows that a steward keeps apart.
        any_once: whether a source lists each person once.
    """

    unique: NDArray[np.int32]
    once: NDArray[np.int32]
    apart_start: NDArray[np.int32]
    apart: NDArray[np.int32]
    any_once: bool


class Tried(NamedTuple):
    """Edges to be tried, in any order.

    Attributes:
        left: rows.
        right: rows.
        bits: log-odds; infinite for a steward's, which always join.
        join_bits: least bits of a link.
        alone: shape (n,). Bits that a link may lack when the record would stay alone without it.
    """

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    bits: NDArray[np.float64]
    join_bits: float
    alone: NDArray[np.float64]


class Forest(NamedTuple):
    """Clusters as linked lists, each named by a row of it, its first.

    Attributes:
        parent: shape (n,). Towards the first row.
        following: shape (n,). The next row of the cluster, -1 at its end.
        last: shape (n,). The last row, kept at the first.
        size: shape (n,). Rows in the cluster, kept at the first.
    """

    parent: NDArray[np.int32]
    following: NDArray[np.int32]
    last: NDArray[np.int32]
    size: NDArray[np.int32]


class Job(NamedTuple):
    """What is merged.

    Attributes:
        table: what is compared.
        edges: all edges.
        bounds: constraints; `unique` becomes the clusters' identifiers.
        forest: the clusters so far.
        fate: shape (edges,). What became of each: JOINED, REFUSED, FORBIDDEN, or 0 where it was not needed or lacks
            too much.
        bits: shape (n,). Log-odds that each record belongs to the rest of its cluster; infinite where there is none.
    """

    table: Table
    edges: Tried
    bounds: Bounds
    forest: Forest
    fate: NDArray[np.uint8]
    bits: NDArray[np.float64]


@inner
def _first(parent: NDArray[np.int32], row: int) -> int:
    """As `find`, but only reading: the row may be of a component that is being merged elsewhere."""
    while parent[row] != row:
        row = parent[row]
    return row


@inner
def _members(root: int, following: NDArray[np.int32], out: NDArray[np.int32]) -> int:
    """The first members of a cluster; returns how many."""
    count, row = 0, root
    while row >= 0 and count < len(out):
        out[count] = row
        count += 1
        row = following[row]
    return count


@inner
def _forbidden(a: int, b: int, forest: Forest, bounds: Bounds) -> bool:
    """Whether a constraint keeps two clusters apart."""
    for system in range(bounds.unique.shape[0]):
        one, other = bounds.unique[system, a], bounds.unique[system, b]
        if one >= 0 and other >= 0 and one != other:
            return True
    if not bounds.any_once and len(bounds.apart) == 0:
        return False
    row = a
    while row >= 0:
        for at in range(bounds.apart_start[row], bounds.apart_start[row + 1]):
            if _first(forest.parent, bounds.apart[at]) == b:
                return True
        if bounds.once[row] >= 0:
            stranger = b
            while stranger >= 0:
                if bounds.once[stranger] == bounds.once[row]:
                    return True
                stranger = forest.following[stranger]
        row = forest.following[row]
    return False


@inner
def _join(a: int, b: int, forest: Forest, unique: NDArray[np.int32]) -> None:
    """Append cluster b to cluster a."""
    forest.parent[b] = a
    forest.following[forest.last[a]] = b
    forest.last[a] = forest.last[b]
    forest.size[a] += forest.size[b]
    for system in range(unique.shape[0]):
        if unique[system, a] < 0:
            unique[system, a] = unique[system, b]


@inner
def _spare(a: int, b: int, edge: int, size: NDArray[np.int32], edges: Tried) -> float:
    """Bits that a link may lack because a record would stay alone without it; -1 where it lacks more."""
    lack = edges.join_bits - edges.bits[edge]
    if lack <= 0:
        return 0.0
    one = edges.alone[a] if size[a] == 1 else 0.0
    other = edges.alone[b] if size[b] == 1 else 0.0
    most = max(one, other)
    return float(most) if lack <= most else -1.0


@inner
def _later(edges: Tried, a: int, b: int) -> bool:
    """Whether an edge is tried after another: weaker ones, and of equal ones the later rows."""
    if edges.bits[a] != edges.bits[b]:
        return bool(edges.bits[a] < edges.bits[b])
    if edges.left[a] != edges.left[b]:
        return bool(edges.left[a] > edges.left[b])
    return bool(edges.right[a] > edges.right[b])


@inner
def _put_best_first(order: NDArray[np.int32], edges: Tried) -> None:
    """Sort numbers of edges in place, by a heap; cost: O(m log m) for m of them."""
    for begin in range(len(order) // 2 - 1, -1, -1):
        _sink(order, begin, len(order), edges)
    for end in range(len(order) - 1, 0, -1):
        order[0], order[end] = order[end], order[0]
        _sink(order, 0, end, edges)


@inner
def _sink(heap: NDArray[np.int32], at: int, end: int, edges: Tried) -> None:
    """Let an edge sink below those that are tried after it."""
    while 2 * at + 1 < end:
        below = 2 * at + 1
        if below + 1 < end and _later(edges, heap[below + 1], heap[below]):
            below += 1
        if not _later(edges, heap[below], heap[at]):
            return
        heap[at], heap[below] = heap[below], heap[at]
        at = below


@kernel
def agglomerate(job: Job, found: Components, part: tuple[int, int]) -> None:
    """Merge some components and weigh who belongs; others may be merged at the same time.

    Args:
        job: grows by what becomes of edges and records.
        found: all components; their edges are put in the order to be tried.
        part: the first component, and the one after the last.
    """
    space, refused = room(job.table.weights.says.shape[1]), {np.uint64(0)}
    edges, fate = found.edges, job.fate
    for component in range(part[0], part[1]):
        begin, end = _begin(job, found, component, space)
        for at in range(begin, end):
            edge = edges[at]
            ends = _ends(job, edge)
            if ends[0] == ends[1]:
                continue
            asked = _question(job, ends)
            fate[edge] = REFUSED if asked in refused else _try(job, found, component, edge, ends, space)
            if fate[edge] == REFUSED:
                refused.add(asked)
        _weigh_members(job, found, component, space)


@inner
def _rows(found: Components, component: int) -> tuple[int, int]:
    """Where the records of a component begin and end."""
    return found.row_begins[component], found.row_begins[component + 1]


@inner
def _known(found: Components, component: int) -> Known:
    """Whether all pairs of a component are kept."""
    begin, end = _rows(found, component)
    return Known(found.place, end - begin <= MOST_KEPT)


@inner
def _begin(job: Job, found: Components, component: int, space: Room) -> tuple[int, int]:
    """Sort a component's edges and compare its pairs; returns where its edges begin and end."""
    ahead = _rows(found, min(component + AHEAD, len(found.row_begins) - 2))
    for at in range(ahead[0], ahead[1]):
        ask_ahead(job.table.codes.line, found.rows[at])
    begin, end = found.edge_begins[component], found.edge_begins[component + 1]
    _put_best_first(found.edges[begin:end], job.edges)
    first, last = _rows(found, component)
    best = job.edges.bits[found.edges[begin]]
    if last - first == 2 and best < np.inf:  # a pair says what its edge does
        space.bits[0] = best
    elif last - first <= MOST_KEPT:
        keep_pairs(job.table, found.rows[first:last], last - first - 1, space)
    return begin, end


@inner
def _ends(job: Job, edge: int) -> tuple[int, int]:
    """The clusters at an edge's ends, the larger first, of equal ones the lower."""
    parent, size = job.forest.parent, job.forest.size
    a, b = find(parent, job.edges.left[edge]), find(parent, job.edges.right[edge])
    return (b, a) if size[a] < size[b] or (size[a] == size[b] and b < a) else (a, b)


@inner
def _question(job: Job, ends: tuple[int, int]) -> np.uint64:
    """A number for two clusters as they are: what the evidence declined once is not asked again."""
    a, b = ends
    n, size = np.uint64(len(job.bits)), job.forest.size
    sizes = np.uint64(size[a]) * n + np.uint64(size[b])
    return mix(mix(np.uint64(a) * n + np.uint64(b)) + sizes)


@inner
def _try(job: Job, found: Components, component: int, edge: int, ends: tuple[int, int], space: Room) -> int:
    """Merge the clusters at an edge's ends, unless something speaks against it; returns what became of the edge."""
    (a, b), forest = ends, job.forest
    if job.edges.bits[edge] < np.inf:
        spare = _spare(a, b, edge, forest.size, job.edges)
        if spare < 0:
            return 0
        if _forbidden(b, a, forest, job.bounds):
            return FORBIDDEN
        if forest.size[a] > 1:
            few = space.few[: _members(b, forest.following, space.few)]
            many = space.many[: _members(a, forest.following, space.many)]
            if evidence(job.table, few, many, _known(found, component), space) < -spare:
                return REFUSED
    _join(a, b, forest, job.bounds.unique)
    return JOINED


@inner
def _weigh_members(job: Job, found: Components, component: int, space: Room) -> None:
    """Weigh the members of every cluster of a component."""
    forest, known = job.forest, _known(found, component)
    begin, end = _rows(found, component)
    _put_in_order(found.rows[begin:end], forest)
    for at in range(begin, end):
        root = int(found.rows[at])
        size = forest.size[root]
        if forest.parent[root] != root or size == 1:
            continue
        first = space.first[: _members(forest.last[root], forest.following, space.first)]
        if size == len(first):
            each_other(job.table, first, known, space, job.bits)
        else:
            row = int(forest.last[root])
            while row >= 0:
                job.bits[row] = one_of_many(job.table, row, first, known, space)
                row = int(forest.following[row])


@inner
def _put_in_order(rows: NDArray[np.int32], forest: Forest) -> None:
    """Link the rows of each cluster anew, in order: from the one that `last` then names."""
    for row in rows:
        forest.last[row] = -1
    for at in range(len(rows) - 1, -1, -1):
        row, root = rows[at], find(forest.parent, rows[at])
        forest.following[row] = forest.last[root]
        forest.last[root] = row
