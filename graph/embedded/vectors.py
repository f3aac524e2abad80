"""The fast path: the first steps of a traversal over whole columns and adjacency, as arrays of handles with bulks.

Takes as many steps from the start as it knows (`V`, `hasLabel`, `has`, `out`, `in`, `both`, `repeat(…).times(n)`, then
`dedup`, `count`, `values` or `groupCount`) and hands traversers to the interpreter for the rest. It gives what the
interpreter would, in the same order. Only for graphs without single writes, and traversals that keep no trail.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as pat
from gremlin_python.statics import long

from graph.embedded.comparing import column_mask, is_comparable
from graph.embedded.plan import T_LABEL, Instruction, Plan, Predicate
from graph.embedded.predicates import to_test
from graph.embedded.run import Run
from graph.embedded.storage.columns import Column
from graph.embedded.storage.frames import Base, Frame
from graph.embedded.traverser import Stream
from graph.embedded.values import ABSENT, Value, Vertex

Ints = npt.NDArray[np.int64]
MERGE_FROM: Final = 256


@dataclass(slots=True)
class Front:
    """Where the traversers are.

    Attributes:
        handles: shape (n,), vertex handles.
        bulks: shape (n,), or None where every bulk is 1.
    """

    handles: Ints
    bulks: Ints | None = None

    def weights(self) -> Ints:
        """Bulks, also where they are all 1."""
        return np.ones(len(self.handles), np.int64) if self.bulks is None else self.bulks

    def kept(self, mask: npt.NDArray[np.bool_] | Ints) -> "Front":
        """The traversers of a mask or of places."""
        return Front(self.handles[mask], None if self.bulks is None else self.bulks[mask])


Move = Callable[[Base, Front], Front]
Finish = Callable[[Base, Front, Run], Stream]


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Array steps, and how their end becomes traversers.

    Attributes:
        taken: how many steps of the plan they stand for.
        moves: array steps in order.
        finish: gives traversers.
        merges: whether equal traversers may become one on the way, because only their number counts.
    """

    taken: int
    moves: tuple[Move, ...]
    finish: Finish
    merges: bool

    def __call__(self, starts: Stream, run: Run) -> Stream:
        """Run from all vertices."""
        del starts
        base = run.graph.base
        front = Front(np.arange(base.vertex_count, dtype=np.int64))
        for move in self.moves:
            front = move(base, front)
            if self.merges and len(front.handles) > MERGE_FROM:
                front = _merged(front)
        return self.finish(base, front, run)


def program(steps: tuple[Instruction, ...]) -> Program | None:
    """Compile the first steps for arrays; None when the traversal does not begin with `V()`."""
    if not steps or steps[0].name != "V" or steps[0].arguments:
        return None
    moves: list[Move] = []
    taken = 1
    for instruction in steps[1:]:
        found = _moves(instruction)
        if found is None:
            break
        moves.extend(found)
        taken += 1
    finish = _finish(steps[taken]) if taken < len(steps) else None
    if finish is not None:
        return Program(taken=taken + 1, moves=tuple(moves), finish=finish[0], merges=finish[1])
    return Program(taken=taken, moves=tuple(moves), finish=_as_vertices, merges=False)


def _moves(instruction: Instruction) -> list[Move] | None:
    if instruction.modulators and instruction.name != "repeat":
        return None
    build = MOVES.get(instruction.name)
    return None if build is None else build(instruction)


# -- filters -----------------------------------------------------------------------------------------------------------


def _has_label(instruction: Instruction) -> list[Move] | None:
    if not instruction.arguments or not all(isinstance(label, str) for label in instruction.arguments):
        return None
    return [_label_move(frozenset(instruction.arguments).__contains__)]


def _label_move(passes: Callable[[Value], bool | None]) -> Move:
    def move(base: Base, front: Front) -> Front:
        wanted = np.array([passes(frame.key.label) is True for frame in base.vertex_frames], np.bool_)
        return front if wanted.all() else front.kept(wanted[_frames_of(base, front.handles)])

    return move


def _has(instruction: Instruction) -> list[Move] | None:
    arguments = instruction.arguments
    if len(arguments) == 3 and isinstance(arguments[0], str) and isinstance(arguments[1], str):
        value = _value_move(arguments[1], arguments[2])
        return None if value is None else [_label_move(lambda label: bool(label == arguments[0])), value]
    if len(arguments) == 2 and arguments[0] == T_LABEL and not isinstance(arguments[1], Plan):
        given = arguments[1] if isinstance(arguments[1], Predicate) else Predicate("eq", (arguments[1],))
        return [_label_move(to_test(given))]
    if len(arguments) == 2 and isinstance(arguments[0], str):
        move = _value_move(arguments[0], arguments[1])
        return None if move is None else [move]
    return None


def _value_move(key: str, given: Any) -> Move | None:
    predicate = given if isinstance(given, Predicate) else Predicate("eq", (given,))
    if isinstance(given, Plan) or not is_comparable(predicate):
        return None

    def move(base: Base, front: Front) -> Front:
        mask = np.zeros(len(front.handles), np.bool_)
        for number, places in _by_frame(base, front.handles):
            column = base.vertex_frames[number].columns.get(key)
            if column is not None:
                rows = front.handles[places] - base.vertex_starts[number]
                whole = len(rows) == column.size and np.array_equal(rows, np.arange(column.size))
                mask[places] = column_mask(column.array if whole else column.array.take(pa.array(rows)), predicate)
        return front.kept(mask)

    return move


# -- hops --------------------------------------------------------------------------------------------------------------


def _hop(instruction: Instruction) -> list[Move] | None:
    labels = instruction.arguments
    if not all(isinstance(label, str) for label in labels):
        return None
    ways = {"out": (True,), "in": (False,), "both": (True, False)}[instruction.name]
    return [lambda base, front: _hopped(base, front, labels, ways)]


def _hopped(base: Base, front: Front, labels: tuple[Any, ...], ways: tuple[bool, ...]) -> Front:
    found = [
        part
        for number, places in _by_frame(base, front.handles)
        for leaving in ways
        for part in _one_way(base, front, (number, places), labels, leaving=leaving)
    ]
    if not found:
        return Front(np.empty(0, np.int64))
    sources = np.concatenate([source for source, _ in found])
    handles = np.concatenate([handle for _, handle in found])
    if len(found) > 1:
        order = np.argsort(sources, kind="stable")
        sources, handles = sources[order], handles[order]
    return Front(handles, None if front.bulks is None else front.bulks[sources])


def _one_way(
    base: Base, front: Front, here: tuple[int, Ints], labels: tuple[Any, ...], *, leaving: bool
) -> Iterator[tuple[Ints, Ints]]:
    """For each edge frame: places in the front, and the handles they come to."""
    number, places = here
    rows = front.handles[places] - base.vertex_starts[number]
    for edge_number in (base.leaving if leaving else base.reaching)[number]:
        frame = base.edge_frames[edge_number]
        if labels and frame.key.label not in labels:
            continue
        adjacency = frame.leaving if leaving else frame.reaching
        first = adjacency.starts[rows]
        counts = adjacency.starts[rows + 1] - first
        total = int(counts.sum())
        if total:
            ends = np.cumsum(counts)
            inside = np.arange(total) + np.repeat(first - (ends - counts), counts)
            far = base.vertex_starts[base.place[frame.key.in_label if leaving else frame.key.out_label]]
            yield np.repeat(places, counts), adjacency.others[inside] + np.int64(far)


def _repeat(instruction: Instruction) -> list[Move] | None:
    """`repeat` of hops and filters, so many times."""
    if len(instruction.arguments) != 1 or not isinstance(instruction.arguments[0], Plan):
        return None
    if [item.name for item in instruction.modulators] != ["times"] or instruction.modulators[0].arguments[0] < 1:
        return None
    body: list[Move] = []
    for step in instruction.arguments[0].steps:
        found = _moves(step) if step.name != "repeat" else None
        if found is None:
            return None
        body.extend(found)
    rounds = int(instruction.modulators[0].arguments[0])
    return body + [_gathered, *body] * (rounds - 1) if body else None


def _gathered(base: Base, front: Front) -> Front:
    """Equal traversers become one where the first of them stands, as between the rounds of the interpreter."""
    del base
    _, first, places = np.unique(front.handles, return_index=True, return_inverse=True)
    sums = np.bincount(places, weights=front.weights(), minlength=len(first)).astype(np.int64)
    order = np.argsort(first)
    return Front(front.handles[first[order]], sums[order])


MOVES: Final[dict[str, Callable[[Instruction], list[Move] | None]]] = {
    "hasLabel": _has_label,
    "has": _has,
    "out": _hop,
    "in": _hop,
    "both": _hop,
    "repeat": _repeat,
}


# -- ends --------------------------------------------------------------------------------------------------------------


def _finish(instruction: Instruction) -> tuple[Finish, bool] | None:
    """How a step ends the program, and whether equal traversers may have merged before it."""
    name, arguments, modulators = instruction.name, instruction.arguments, instruction.modulators
    if name == "count" and not arguments and not modulators:
        return _count, True
    if name == "values" and len(arguments) == 1 and isinstance(arguments[0], str):
        return lambda base, front, run: _values(base, front, arguments[0], run), False
    if name == "groupCount" and not arguments and len(modulators) == 1 and modulators[0].name == "by":
        by = modulators[0].arguments
        if len(by) == 1 and isinstance(by[0], str):
            return lambda base, front, run: _group_count(base, front, by[0], run), True
    if name == "dedup" and not arguments and not modulators:
        return _dedup, False
    return None


def _count(_: Base, front: Front, run: Run) -> Stream:
    total = len(front.handles) if front.bulks is None else int(front.bulks.sum())
    return iter((run.start(long(total)),))


def _as_vertices(_: Base, front: Front, run: Run) -> Stream:
    if front.bulks is None:
        return (run.start(Vertex(handle)) for handle in _listed(front.handles))
    return (
        run.start(Vertex(handle), bulk)
        for handle, bulk in zip(_listed(front.handles), front.bulks.tolist(), strict=True)
    )


def _listed(handles: Ints) -> Iterable[int]:
    """Python integers, some thousand at a time, so that a following limit costs little."""
    for start in range(0, len(handles), 4096):
        yield from handles[start : start + 4096].tolist()


def _dedup(base: Base, front: Front, run: Run) -> Stream:
    _, places = np.unique(front.handles, return_index=True)
    return _as_vertices(base, Front(front.handles[np.sort(places)]), run)


def _values(base: Base, front: Front, key: str, run: Run) -> Stream:
    frames: list[Frame] = base.vertex_frames
    starts = base.vertex_starts
    numbers = _frames_of(base, front.handles)
    for handle, number, bulk in zip(front.handles.tolist(), numbers.tolist(), front.weights().tolist(), strict=True):
        column: Column | None = frames[int(number)].columns.get(key)
        value: Value = ABSENT if column is None else column.value(int(handle) - starts[int(number)])
        if value is not ABSENT:
            yield run.start(value, bulk)


def _group_count(base: Base, front: Front, key: str, run: Run) -> Stream:
    counts: dict[Value, Value] = {}
    for number, places in _by_frame(base, front.handles):
        column = base.vertex_frames[number].columns.get(key)
        if column is None:
            continue
        rows = front.handles[places] - base.vertex_starts[number]
        encoded = column.array.take(pa.array(rows)).dictionary_encode()
        codes = pc.fill_null(encoded.indices, len(encoded.dictionary)).to_numpy()
        sums = np.bincount(codes, weights=front.weights()[places], minlength=len(encoded.dictionary) + 1)
        as_long = pat.is_int64(encoded.dictionary.type)
        for value, total in zip(encoded.dictionary.to_pylist(), sums.tolist(), strict=False):
            name = long(value) if as_long else value
            counts[name] = long(counts.get(name, 0) + int(total))
    return iter((run.start(counts),))


# -- frames of handles -------------------------------------------------------------------------------------------------


def _frames_of(base: Base, handles: Ints) -> Ints:
    found: Ints = np.searchsorted(np.asarray(base.vertex_starts[1:], np.int64), handles, side="right")
    return found


def _by_frame(base: Base, handles: Ints) -> Iterator[tuple[int, Ints]]:
    """Each frame that holds some of the handles, with their places."""
    numbers = _frames_of(base, handles)
    for number in np.flatnonzero(np.bincount(numbers, minlength=len(base.vertex_frames))):
        yield int(number), np.flatnonzero(numbers == number)


def _merged(front: Front) -> Front:
    handles, places = np.unique(front.handles, return_inverse=True)
    if len(handles) == len(front.handles):
        return front
    bulks = np.bincount(places, weights=front.bulks, minlength=len(handles)).astype(np.int64)
    return Front(handles, bulks)
