"""Records that edges connect, component by component: each is merged by itself, from memory that is near.

Source: union by the lower row with path halving, Tarjan and van Leeuwen (1984), Worst-case analysis of set union
algorithms, JACM 31(2), 245-281.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolution.compiled import inner, kernel


class Components(NamedTuple):
    """Records and edges by component; components in order of their first rows.

    Attributes:
        rows: records that have an edge, in order of row within a component.
        row_begins: shape (components + 1,). Where each component's records begin.
        place: shape (n,). How many records of its component come before each record.
        edges: numbers of the edges.
        edge_begins: shape (components + 1,). Where each component's edges begin.
    """

    rows: NDArray[np.int32]
    row_begins: NDArray[np.int64]
    place: NDArray[np.int32]
    edges: NDArray[np.int32]
    edge_begins: NDArray[np.int64]


@inner
def find(parent: NDArray[np.int32], row: int) -> int:
    """The first row of a row's cluster."""
    while parent[row] != row:
        parent[row] = parent[parent[row]]
        row = parent[row]
    return row


@kernel
def flatten(parent: NDArray[np.int32]) -> None:
    """Let every row name its first row."""
    for row in range(len(parent)):
        parent[row] = find(parent, row)


@kernel
def roots(left: NDArray[np.int32], right: NDArray[np.int32], n: int) -> NDArray[np.int32]:
    """The first row of each row's component; cost: near-linear in edges."""
    parent = np.arange(n).astype(np.int32)
    for edge in range(len(left)):
        a, b = find(parent, left[edge]), find(parent, right[edge])
        parent[max(a, b)] = min(a, b)
    flatten(parent)
    return parent


@kernel
def components(left: NDArray[np.int32], right: NDArray[np.int32], n: int) -> Components:
    """Group what edges connect.

    Args:
        left: rows.
        right: other rows.
        n: how many rows there are.

    Returns:
        The components, 8 bytes a record and 4 an edge. Cost: near-linear in edges and records.
    """
    of = _numbered(roots(left, right, n))
    count = int(of.max()) + 1 if n > 0 else 0
    row_begins, rows = _grouped(of, count)
    edge_begins, edges = _grouped(of[left], count)
    place = np.zeros(n, np.int32)
    for component in range(count):
        begin = row_begins[component]
        for at in range(begin, row_begins[component + 1]):
            place[rows[at]] = at - begin
    return Components(rows, row_begins, place, edges, edge_begins)


@kernel
def by_first_row(root: NDArray[np.int32]) -> NDArray[np.int64]:
    """Clusters named by any of their rows, numbered by their first row; shape (n,)."""
    label, number = np.empty(len(root), np.int64), np.full(len(root), -1, np.int64)
    count = 0
    for row, named in enumerate(root):
        if number[named] < 0:
            number[named] = count
            count += 1
        label[row] = number[named]
    return label


@kernel
def _numbered(root: NDArray[np.int32]) -> NDArray[np.int32]:
    """The component of each row, numbered by first rows; -1 for rows without an edge."""
    size, number = np.zeros(len(root), np.int32), np.empty(len(root), np.int32)
    for first in root:
        size[first] += 1
    count = 0
    for row, first in enumerate(root):
        if row != first:
            number[row] = number[first]
        elif size[row] > 1:
            number[row] = count
            count += 1
        else:
            number[row] = -1
    return number


@kernel
def _grouped(of: NDArray[np.int32], count: int) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Where each group begins, and the members of all groups; -1 is no group."""
    begins = np.zeros(count + 1, np.int64)
    for group in of:
        if group >= 0:
            begins[group + 1] += 1
    begins = np.cumsum(begins)
    filled, members = begins[:count].copy(), np.empty(begins[count], np.int32)
    for member, group in enumerate(of):
        if group >= 0:
            members[filled[group]] = member
            filled[group] += 1
    return begins, members
