"""Compiled agglomeration: edges best first, merges weighed by all the evidence between two clusters.

Clusters are linked lists of rows.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolution.blocking.kernels import mix
from resolution.clustering.pooling import MOST_WEIGHED, Pooling, evidence, room
from resolution.compiled import kernel
from resolution.encode.codes import Codes
from resolution.model.weights import Weights

JOINED, REFUSED, FORBIDDEN = 1, 2, 3


class Bounds(NamedTuple):
    """Hard constraints.

    Attributes:
        unique: shape (systems, n). Identifiers of each row; those of a cluster stand at its first row.
        once: shape (n,). Source code where a source lists each person once, else -1.
        apart_start: shape (n + 1,). Where each row's forbidden rows begin in `apart`.
        apart: rows that a steward keeps apart.
    """

    unique: NDArray[np.int32]
    once: NDArray[np.int32]
    apart_start: NDArray[np.int64]
    apart: NDArray[np.int32]


class Tried(NamedTuple):
    """Edges in the order to be tried.

    Attributes:
        left: rows.
        right: rows.
        lack: bits that each lacks to be a link, 0 for links.
        forced: how many of the first are a steward's and always join.
        alone: shape (n,). Bits that a link may lack when the record would stay alone without it.
    """

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    lack: NDArray[np.float64]
    forced: int
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


@kernel
def find(parent: NDArray[np.int32], row: int) -> int:
    """The first row of a row's cluster."""
    while parent[row] != row:
        parent[row] = parent[parent[row]]
        row = parent[row]
    return row


@kernel
def _first(parent: NDArray[np.int32], row: int) -> int:
    """As `find`, but only reading: the row may be of a component that is being merged elsewhere."""
    while parent[row] != row:
        row = parent[row]
    return row


@kernel
def roots(left: NDArray[np.int32], right: NDArray[np.int32], n: int) -> NDArray[np.int32]:
    """A row of each row's component, the same for all of its rows; cost: near-linear in edges."""
    parent = np.arange(n).astype(np.int32)
    for edge in range(len(left)):
        a, b = find(parent, left[edge]), find(parent, right[edge])
        parent[max(a, b)] = min(a, b)
    flatten(parent)
    return parent


@kernel
def flatten(parent: NDArray[np.int32]) -> None:
    """Let every row name its first row."""
    for row in range(len(parent)):
        parent[row] = find(parent, row)


@kernel
def _members(root: int, following: NDArray[np.int32], out: NDArray[np.int32]) -> int:
    """The first members of a cluster; returns how many."""
    count, row = 0, root
    while row >= 0 and count < len(out):
        out[count] = row
        count += 1
        row = following[row]
    return count


@kernel
def _forbidden(a: int, b: int, forest: Forest, bounds: Bounds) -> bool:
    """Whether a constraint keeps two clusters apart."""
    for system in range(bounds.unique.shape[0]):
        one, other = bounds.unique[system, a], bounds.unique[system, b]
        if one >= 0 and other >= 0 and one != other:
            return True
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


@kernel
def _join(a: int, b: int, forest: Forest, unique: NDArray[np.int32]) -> None:
    """Append cluster b to cluster a."""
    forest.parent[b] = a
    forest.following[forest.last[a]] = b
    forest.last[a] = forest.last[b]
    forest.size[a] += forest.size[b]
    for system in range(unique.shape[0]):
        if unique[system, a] < 0:
            unique[system, a] = unique[system, b]


@kernel
def _spare(a: int, b: int, edge: int, size: NDArray[np.int32], edges: Tried) -> float:
    """Bits that a link may lack because a record would stay alone without it; -1 where it lacks more."""
    if edges.lack[edge] <= 0:
        return 0.0
    one = edges.alone[a] if size[a] == 1 else 0.0
    other = edges.alone[b] if size[b] == 1 else 0.0
    most = max(one, other)
    return float(most) if edges.lack[edge] <= most else -1.0


@kernel
def agglomerate(
    codes: Codes, weights: Weights, pooling: Pooling, edges: Tried, bounds: Bounds, forest: Forest
) -> NDArray[np.uint8]:
    """Merge along edges; others may merge along edges that share no component with these at the same time.

    Args:
        codes: the coded table.
        weights: the model.
        pooling: how evidence is pooled.
        edges: those of some components.
        bounds: constraints; `unique` becomes the clusters' identifiers.
        forest: the clusters so far; grows.

    Returns:
        What became of each edge.
    """
    n, space = len(codes.source), room(weights.says.shape[1])
    fate = np.zeros(len(edges.left), np.uint8)
    few, many = np.empty(MOST_WEIGHED, np.int32), np.empty(MOST_WEIGHED, np.int32)
    refused = {np.uint64(0)}
    for edge in range(len(edges.left)):
        a, b = find(forest.parent, edges.left[edge]), find(forest.parent, edges.right[edge])
        if a == b:
            continue
        if forest.size[a] < forest.size[b] or (forest.size[a] == forest.size[b] and b < a):
            a, b = b, a
        if edge >= edges.forced:
            sizes = np.uint64(forest.size[a]) * np.uint64(n) + np.uint64(forest.size[b])
            asked = mix(mix(np.uint64(a) * np.uint64(n) + np.uint64(b)) + sizes)
            if asked in refused:
                fate[edge] = REFUSED
                continue
            spare = _spare(a, b, edge, forest.size, edges)
            if spare < 0:
                continue
            if _forbidden(b, a, forest, bounds):
                fate[edge] = FORBIDDEN
                continue
            smaller = few[: _members(b, forest.following, few)]
            larger = many[: _members(a, forest.following, many)]
            if forest.size[a] > 1 and evidence(codes, weights, smaller, larger, pooling, space) < -spare:
                refused.add(asked)
                fate[edge] = REFUSED
                continue
        _join(a, b, forest, bounds.unique)
        fate[edge] = JOINED
    return fate
