"""Frames: all elements of one label as columns, immutable; vertices sorted by id, edges too, ends as row numbers.

Edges are kept per (label, label of the out vertex, label of the in vertex), so an end is a row of one vertex frame.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

import numpy as np
import numpy.typing as npt

from graph.embedded.storage.columns import Column, IdColumn

Ints = npt.NDArray[np.int32]
VERTEX: Final = "vertex"
EDGE: Final = "edge"
MANY: Final = 2**31


@dataclass(frozen=True, slots=True, order=True)
class FrameKey:
    """What a frame holds; `out_label` and `in_label` are empty for vertices."""

    kind: str
    label: str
    out_label: str = ""
    in_label: str = ""


@dataclass(frozen=True, kw_only=True)
class Frame:
    """One label's elements: ids and properties by row."""

    key: FrameKey
    ids: IdColumn
    columns: Mapping[str, Column]

    @property
    def size(self) -> int:
        """How many elements."""
        return self.ids.size


@dataclass(frozen=True, kw_only=True)
class Adjacency:
    """For each vertex row, its edges: `edges[starts[row]:starts[row + 1]]` are edge rows, `others` the far ends."""

    starts: Ints | npt.NDArray[np.int64]
    edges: Ints
    others: Ints


class Links:
    """Where edges lead: row numbers of both ends, and the edges of every vertex row, made when first asked for.

    Args:
        out: the row each edge leaves.
        in_: the row each edge reaches.
        out_rows: how many vertices there are where edges leave.
        in_rows: the same where they arrive.
    """

    def __init__(self, out: Column, in_: Column, out_rows: int, in_rows: int) -> None:
        self.out = out
        self.in_ = in_
        self.sizes = out_rows, in_rows

    @cached_property
    def leaving(self) -> Adjacency:
        """Edges by the row they leave."""
        return _adjacency(self.out.numbers(), self.in_.numbers(), self.sizes[0])

    @cached_property
    def reaching(self) -> Adjacency:
        """Edges by the row they reach."""
        return _adjacency(self.in_.numbers(), self.out.numbers(), self.sizes[1])


@dataclass(frozen=True, kw_only=True)
class EdgeFrame(Frame):
    """Edges of one label between two vertex frames."""

    links: Links

    @property
    def out_rows(self) -> Ints:
        """Shape (size,): the row each edge leaves."""
        return self.links.out.numbers()

    @property
    def in_rows(self) -> Ints:
        """Shape (size,): the row each edge reaches."""
        return self.links.in_.numbers()

    @property
    def leaving(self) -> Adjacency:
        """Edges by the row they leave."""
        return self.links.leaving

    @property
    def reaching(self) -> Adjacency:
        """Edges by the row they reach."""
        return self.links.reaching


def _adjacency(near: Ints, far: Ints, size: int) -> Adjacency:
    order = np.argsort(near, kind="stable").astype(np.int32)
    starts = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(near, minlength=size), out=starts[1:])
    small = starts.astype(np.int32) if len(near) < MANY else starts
    return Adjacency(starts=small, edges=order, others=far[order])


class Base:
    """All frames, with a handle for every element: frames one after the other, rows within.

    Args:
        vertices: vertex frames sorted by key.
        edges: edge frames sorted by key.
    """

    def __init__(self, vertices: list[Frame], edges: list[EdgeFrame]) -> None:
        self.vertex_frames = vertices
        self.edge_frames = edges
        self.vertex_starts = [0, *accumulate(frame.size for frame in vertices)]
        self.edge_starts = [0, *accumulate(frame.size for frame in edges)]
        self.place = {frame.key.label: number for number, frame in enumerate(vertices)}
        self.leaving = self._by_end("out_label")
        self.reaching = self._by_end("in_label")

    @property
    def vertex_count(self) -> int:
        """How many vertices; also the first handle that is free."""
        return self.vertex_starts[-1]

    @property
    def edge_count(self) -> int:
        """How many edges; also the first handle that is free."""
        return self.edge_starts[-1]

    def _by_end(self, end: str) -> list[list[int]]:
        """For each vertex frame, the numbers of the edge frames that end there."""
        found: list[list[int]] = [[] for _ in self.vertex_frames]
        for number, frame in enumerate(self.edge_frames):
            found[self.place[getattr(frame.key, end)]].append(number)
        return found
