"""From arrays back to traversers: elements and values as they stand, or counts, groups and projections of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as pat
from gremlin_python.statics import long

from graph.embedded.plan import T_ID, T_LABEL, Instruction, Plan
from graph.embedded.run import Run
from graph.embedded.storage.arrays import Arrays
from graph.embedded.storage.frames import VERTEX
from graph.embedded.traverser import Stream
from graph.embedded.values import ABSENT, Edge, Value, Vertex
from graph.embedded.vectors.front import Front, sums
from graph.embedded.vectors.moves import CHILD, VALUE, chain, child_counts, exact

Listed = Callable[[Arrays, Front, Run], list[Value]]
PART: Final = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """How a front becomes traversers.

    Attributes:
        run: gives them.
        streams: whether parts of the front may be given one after the other.
        counts: whether it asks nothing but how many stand where.
        sums: whether it is the number of all.
    """

    run: Callable[[Arrays, Front, Run], Stream]
    streams: bool = True
    counts: bool = False
    sums: bool = False


def finish_of(instruction: Instruction, kind: str) -> Finish | None:
    """Compile a last step; None when arrays cannot do it."""
    build = FINISHES.get(instruction.name)
    return None if build is None else build(instruction, kind)


def listed(values: pa.Array) -> list[Value]:
    """Values as the interpreter has them; ABSENT for nulls."""
    found: list[Value] = values.to_pylist()
    if pat.is_int64(values.type):
        return [ABSENT if value is None else long(value) for value in found]
    return [ABSENT if value is None else value for value in found] if values.null_count else found


def _elements(front: Front) -> Iterator[Value]:
    kind = Vertex if front.kind == VERTEX else Edge
    for start in range(0, front.size, PART):
        if front.values is None:
            yield from map(kind, front.handles[start : start + PART].tolist())
        else:
            yield from listed(front.values.slice(start, PART))


def _as_they_stand(_: Arrays, front: Front, run: Run) -> Stream:
    values = _elements(front)
    if front.bulks is None:
        return map(run.start, values)
    return map(run.start, values, front.bulks.tolist())


AS_THEY_STAND: Final = Finish(run=_as_they_stand)


def _count(instruction: Instruction, kind: str) -> Finish | None:
    del kind
    if instruction.arguments or instruction.modulators:
        return None
    return Finish(
        run=lambda _, front, run: iter((run.start(long(front.total())),)), streams=False, counts=True, sums=True
    )


def _ids(instruction: Instruction, kind: str) -> Finish | None:
    if instruction.arguments or instruction.modulators or kind == VALUE:
        return None
    give: Listed = _identities if instruction.name == "id" else _labels
    return Finish(run=lambda arrays, front, run: _started(give(arrays, front, run), front, run))


def _identities(_: Arrays, front: Front, run: Run) -> list[Value]:
    give = run.graph.vertex_id if front.kind == VERTEX else run.graph.edge_id
    return [give(handle) for handle in front.handles.tolist()]


def _labels(arrays: Arrays, front: Front, run: Run) -> list[Value]:
    del run
    return [*arrays.labels(front.kind, front.handles)]


def _started(values: list[Value], front: Front, run: Run) -> Stream:
    for value, bulk in zip(values, front.weights().tolist(), strict=True):
        if value is not ABSENT:
            yield run.start(value, bulk)


def _group_count(instruction: Instruction, kind: str) -> Finish | None:
    modulators = instruction.modulators
    if instruction.arguments or len(modulators) > 1 or any(item.name != "by" for item in modulators):
        return None
    return _counting(modulators[0].arguments if modulators else (), kind)


def _group(instruction: Instruction, kind: str) -> Finish | None:
    """`group().by(key).by(count())`, which is `groupCount().by(key)`."""
    modulators = instruction.modulators
    if instruction.arguments or [item.name for item in modulators] != ["by", "by"]:
        return None
    counted = modulators[1].arguments
    if len(counted) != 1 or not isinstance(counted[0], Plan) or len(counted[0].steps) != 1:
        return None
    step = counted[0].steps[0]
    if step.name != "count" or step.arguments or step.modulators:
        return None
    return _counting(modulators[0].arguments, kind)


def _counting(by: tuple[Any, ...], kind: str) -> Finish | None:
    if not by and kind == VALUE:
        return Finish(run=lambda _, front, run: _counted(front.values, front, run), streams=False)
    if kind == VALUE or len(by) != 1:
        return None
    if isinstance(by[0], str):
        key = by[0]
        return Finish(
            run=lambda arrays, front, run: _counted_by(arrays, front, key, run), streams=False, counts=kind == VERTEX
        )
    if by[0] == T_LABEL:
        return Finish(
            run=lambda arrays, front, run: _counted(pa.array(arrays.labels(front.kind, front.handles)), front, run),
            streams=False,
        )
    return None


def _counted_by(arrays: Arrays, front: Front, key: str, run: Run) -> Stream:
    side = arrays.sides[front.kind]
    if len(side.frames) == 1 and not side.records and front.size * 4 > side.frames[0].size:
        column = side.frames[0].columns.get(key)
        coded = None if column is None else column.coded()
        if coded is not None and not pat.is_floating(coded.table.type):
            return _tallied(coded.codes[front.handles], coded.table, front, run)
    return _counted(arrays.values(front.kind, front.handles, key), front, run)


def _counted(values: pa.Array | None, front: Front, run: Run) -> Stream:
    assert values is not None
    if pat.is_null(values.type):
        return iter((run.start({}),))
    encoded = exact(values).dictionary_encode()
    codes = pc.fill_null(encoded.indices, len(encoded.dictionary)).to_numpy()
    return _tallied(codes, encoded.dictionary, front, run)


def _tallied(codes: Any, table: pa.Array, front: Front, run: Run) -> Stream:
    """Counts by value, in the order in which values first occur."""
    totals = sums(codes, front.bulks, len(table) + 1)[: len(table)]
    found = np.flatnonzero(totals)
    first = np.full(len(table) + 1, len(codes), np.int64)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    found = found[np.argsort(first[found], kind="stable")]
    names = listed(table.take(pa.array(found)))
    return iter((run.start(dict(zip(names, map(long, totals[found].tolist()), strict=True))),))


def _project(instruction: Instruction, kind: str) -> Finish | None:
    """`project` by properties, T.id, T.label, and counts of children."""
    names, modulators = instruction.arguments, instruction.modulators
    if kind == VALUE or len(modulators) != len(names) or any(item.name != "by" for item in modulators):
        return None
    found = [_projected(item.arguments, kind) for item in modulators]
    bys = [item for item in found if item is not None]
    if len(bys) != len(found) or len(set(names)) != len(names):
        return None

    def run(arrays: Arrays, front: Front, run: Run) -> Stream:
        columns = [by(arrays, front, run) for by in bys]
        rows = zip(*columns, strict=True)
        maps = ({name: value for name, value in zip(names, row, strict=True) if value is not ABSENT} for row in rows)
        return map(run.start, maps, front.weights().tolist())

    return Finish(run=run)


def _projected(by: tuple[Any, ...], kind: str) -> Listed | None:
    if len(by) != 1:
        return None
    given = by[0]
    if isinstance(given, str):
        return lambda arrays, front, _: listed(arrays.values(front.kind, front.handles, given))
    if given in (T_ID, T_LABEL):
        return _identities if given == T_ID else _labels
    if isinstance(given, Plan) and given.steps and given.steps[-1].name == "count":
        last = given.steps[-1]
        moves = None if last.arguments or last.modulators else chain(given.steps[:-1], kind, CHILD)
        if moves is not None:
            return lambda arrays, front, _: listed(child_counts(moves, arrays, front))
    return None


FINISHES: Final[dict[str, Callable[[Instruction, str], Finish | None]]] = {
    "count": _count,
    "id": _ids,
    "label": _ids,
    "groupCount": _group_count,
    "group": _group,
    "project": _project,
}
