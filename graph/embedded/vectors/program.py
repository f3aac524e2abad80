"""The fast path: the first steps of a traversal over whole columns and adjacency, as arrays of handles with bulks.

Takes as many steps from the start as it knows and hands traversers to the interpreter for the rest; what arrays cannot
say exactly (several types of one property, several values, sums beyond doubles) the interpreter is asked for, too. It
gives what the interpreter would, in the same order. Only for traversals that keep no trail.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa

from graph.embedded.plan import Instruction
from graph.embedded.run import Run
from graph.embedded.storage.arrays import Arrays, Ints, UnfitError, arrays_of, handles_of
from graph.embedded.storage.frames import EDGE, VERTEX
from graph.embedded.storage.graph import Graph
from graph.embedded.traverser import Pipeline, Stream, flow
from graph.embedded.values import Edge, Vertex, items
from graph.embedded.vectors.ends import AS_THEY_STAND, Finish, finish_of
from graph.embedded.vectors.filters import Filter, filters_of, selected
from graph.embedded.vectors.front import EXACT, Front, merged, sums
from graph.embedded.vectors.moves import Move, moves_of

FEW_IDS: Final = 16  # with fewer, the interpreter is as fast
MERGE_FROM: Final = 256
SHORT: Final = 10_000  # a limit below is left to the interpreter, which stops asking for parts
FIRST_PART: Final = 1 << 10
LAST_PART: Final = 1 << 17


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Array steps, and how their end becomes traversers.

    Attributes:
        taken: how many steps of the plan they stand for.
        kind: what the traversal begins with.
        ids: the ids it begins with; None for all.
        filters: what the elements it begins with must pass.
        moves: array steps in order.
        finish: gives traversers.
    """

    taken: int
    kind: str
    ids: tuple[str, ...] | None
    filters: tuple[Filter, ...]
    moves: tuple[Move, ...]
    finish: Finish

    def traversers(self, run: Run, slow: Callable[[], Pipeline]) -> Stream:
        """Run from the start.

        Args:
            run: of this evaluation.
            slow: gives the same steps but the first, for the interpreter.
        """
        arrays = arrays_of(run.graph).watched(run.watch)
        try:
            start = self._start(arrays, run.graph)
        except UnfitError:
            yield from flow(slow(), (run.start(item) for item in self._elements(arrays.all(self.kind))), run)
            return
        for handles in self._parts(start):
            run.watch.clock()
            try:
                found = self._finished(arrays, handles, run)
            except UnfitError:
                found = flow(slow(), (run.start(item) for item in self._elements(handles)), run)
            yield from found

    def _elements(self, handles: Ints) -> Iterator[Any]:
        return map(Vertex if self.kind == VERTEX else Edge, handles.tolist())

    def _start(self, arrays: Arrays, graph: Graph) -> Ints:
        if self.ids is not None:
            found = handles_of(graph, VERTEX, pa.array(self.ids, pa.string()))
            return found[found >= 0]
        return selected(arrays, self.kind, self.filters)

    def _parts(self, handles: Ints) -> Iterator[Ints]:
        """All at once, or where steps let parts pass, growing parts: a limit further on then costs little."""
        if not self.finish.streams or not all(move.streams for move in self.moves):
            yield handles
            return
        place, size = 0, FIRST_PART
        while place < len(handles):
            yield handles[place : place + size]
            place += size
            size = min(size * 4, LAST_PART)

    def _finished(self, arrays: Arrays, handles: Ints, run: Run) -> Stream:
        front = Front(kind=self.kind, handles=handles)
        for place, move in enumerate(self.moves):
            last = place == len(self.moves) - 1
            if last and self.finish.sums and move.hop is not None and arrays.is_plain:
                degrees = arrays.degrees(front.handles, *move.hop)
                front = Front(kind=VERTEX, handles=front.handles, bulks=_product(front, degrees))
            else:
                front = self._moved(arrays, front, place)
            run.watch.clock()
        return self.finish.run(arrays, front, run)

    def _moved(self, arrays: Arrays, front: Front, place: int) -> Front:
        move = self.moves[place]
        if not self._counts_from(place):
            return move.run(arrays, front)
        if move.only_merges:
            return front
        if move.hop is not None and arrays.is_plain and front.size * 4 > arrays.vertex_limit:
            return _dense(arrays.spread(sums(front.handles, front.bulks, arrays.vertex_limit), *move.hop))
        moved = move.run(arrays, front)
        if moved.kind == VERTEX and moved.size > MERGE_FROM:
            return merged(moved, arrays.vertex_limit)
        return moved

    def _counts_from(self, place: int) -> bool:
        """Whether from this step on it only matters how many stand where."""
        return self.finish.counts and all(move.counts for move in self.moves[place:])


def _product(front: Front, degrees: Ints) -> Ints:
    if front.bulks is None:
        return degrees
    if (front.bulks.astype(np.float64) * degrees).sum() >= EXACT:
        raise UnfitError
    found: Ints = front.bulks * degrees
    return found


def _dense(weights: Ints) -> Front:
    if weights.sum() >= EXACT:
        raise UnfitError
    handles = np.flatnonzero(weights)
    return Front(kind=VERTEX, handles=handles, bulks=weights[handles])


def program(steps: tuple[Instruction, ...]) -> Program | None:
    """Compile the first steps for arrays; None when the traversal does not begin with elements, or with few."""
    if not steps or steps[0].name not in ("V", "E") or steps[0].modulators:
        return None
    kind = VERTEX if steps[0].name == "V" else EDGE
    ids = _ids(steps[0].arguments) if kind == VERTEX else None
    if steps[0].arguments and ids is None:
        return None
    filters, taken = _filters(steps) if ids is None else ([], 1)
    moves: list[Move] = []
    while taken < len(steps):
        found = None if _stops_early(steps[taken], moves) else moves_of(steps[taken], kind)
        if found is None:
            break
        moves.extend(found)
        kind = found[-1].kind if found else kind
        taken += 1
    finish = finish_of(steps[taken], kind) if taken < len(steps) else None
    return Program(
        taken=taken if finish is None else taken + 1,
        kind=VERTEX if steps[0].name == "V" else EDGE,
        ids=ids,
        filters=tuple(filters),
        moves=tuple(moves),
        finish=finish or AS_THEY_STAND,
    )


def _ids(arguments: tuple[Any, ...]) -> tuple[str, ...] | None:
    flat: list[Any] = []
    for given in arguments:
        flat.extend(items(given) if isinstance(given, list) else [given])
    return tuple(flat) if len(flat) >= FEW_IDS and all(isinstance(item, str) for item in flat) else None


def _filters(steps: tuple[Instruction, ...]) -> tuple[list[Filter], int]:
    """Filters right after the start, which indexes may answer; and how many steps they and the start are."""
    found: list[Filter] = []
    for place, step in enumerate(steps[1:], 1):
        filters = filters_of(step)
        if filters is None:
            return found, place
        found.extend(filters)
    return found, len(steps)


def _stops_early(step: Instruction, moves: list[Move]) -> bool:
    """Whether a range asks for so few that it is better not to have all of them."""
    short = step.name in ("limit", "range") and isinstance(step.arguments[-1], int) and 0 <= step.arguments[-1] <= SHORT
    return short and all(move.streams for move in moves)
