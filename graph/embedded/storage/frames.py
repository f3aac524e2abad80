"""Frames: all elements of one label as columns, immutable; vertices sorted by id, edges too, ends as row numbers.

Edges are kept per (label, label of the out vertex, label of the in vertex), so an end is a row of one vertex frame.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Final

import numpy as np
import numpy.typing as npt

from graph.embedded.storage.columns import Column, IdColumn

Ints = npt.NDArray[np.int32]
VERTEX: Final = "vertex"
EDGE: Final = "edge"


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

    starts: npt.NDArray[np.int64]
    edges: Ints
    others: Ints


@dataclass(frozen=True, kw_only=True)
class EdgeFrame(Frame):
    """Edges of one label between two vertex frames; `out` and `in_` give row numbers in those."""

    out: Column
    in_: Column
    vertices: dict[str, int] = field(default_factory=dict[str, int])  # rows of the frames at both ends

    @cached_property
    def out_rows(self) -> Ints:
        """Shape (size,): the row each edge leaves."""
        rows: Ints = self.out.array.to_numpy()
        return rows

    @cached_property
    def in_rows(self) -> Ints:
        """Shape (size,): the row each edge reaches."""
        rows: Ints = self.in_.array.to_numpy()
        return rows

    @cached_property
    def leaving(self) -> Adjacency:
        """Edges by the row they leave."""
        return _adjacency(self.out_rows, self.in_rows, self.vertices["out"])

    @cached_property
    def reaching(self) -> Adjacency:
        """Edges by the row they reach."""
        return _adjacency(self.in_rows, self.out_rows, self.vertices["in"])


def _adjacency(near: Ints, far: Ints, size: int) -> Adjacency:
    order = np.argsort(near, kind="stable").astype(np.int32)
    starts = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(near, minlength=size), out=starts[1:])
    return Adjacency(starts=starts, edges=order, others=far[order])


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
