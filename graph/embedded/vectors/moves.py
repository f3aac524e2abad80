"""Steps from one front to the next: hops, filters, children, values, order, dedup, ranges, repeat."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as pat

from graph.embedded.plan import Instruction, Plan, Token
from graph.embedded.storage.arrays import Arrays, Ints, UnfitError
from graph.embedded.storage.frames import EDGE, VERTEX
from graph.embedded.vectors.filters import Filter, filters_of, predicate_of, value_mask
from graph.embedded.vectors.front import Front, first_places, gathered, labelled

VALUE: Final = "value"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One step.

    Attributes:
        run: the front after the step.
        kind: what the traversers then stand at.
        streams: whether a part of the front gives a part of the result.
        counts: whether the step asks nothing but how many stand where; equal traversers may be one before it.
        hop: labels and ways, of a hop between vertices.
        only_merges: whether all that happens is that equal traversers become one.
    """

    run: Callable[[Arrays, Front], Front]
    kind: str
    streams: bool = True
    counts: bool = True
    hop: tuple[tuple[str, ...], tuple[bool, ...]] | None = None
    only_merges: bool = False


Moves = list[Move]
Build = Callable[[Instruction, str], "Moves | None"]


def moves_of(instruction: Instruction, kind: str) -> Moves | None:
    """Compile a step for traversers at this kind of thing; None when arrays cannot do it."""
    build = MOVES.get(instruction.name)
    return None if build is None else build(instruction, kind)


def chain(steps: tuple[Instruction, ...], kind: str, known: frozenset[str]) -> Moves | None:
    """Compile all of these steps, each of which must be among the known ones."""
    made: Moves = []
    for step in steps:
        found = moves_of(step, made[-1].kind if made else kind) if step.name in known else None
        if found is None:
            return None
        made.extend(found)
    return made


def apply(moves: Moves, arrays: Arrays, front: Front) -> Front:
    """Make these moves one after the other."""
    for move in moves:
        front = move.run(arrays, front)
    return front


WAYS: Final = {"out": (True,), "in": (False,), "both": (True, False)}


def _hop(instruction: Instruction, kind: str) -> Moves | None:
    labels = labelled(instruction.arguments)
    if labels is None or instruction.modulators or kind != VERTEX:
        return None
    to_edges = instruction.name.endswith("E")
    ways = WAYS[instruction.name.removesuffix("E")]

    def run(arrays: Arrays, front: Front) -> Front:
        return front.moved(EDGE if to_edges else VERTEX, *arrays.hop(front.handles, labels, ways, edges=to_edges))

    return [Move(run=run, kind=EDGE)] if to_edges else [Move(run=run, kind=VERTEX, hop=(labels, ways))]


def _end(instruction: Instruction, kind: str) -> Moves | None:
    if instruction.arguments or instruction.modulators or kind != EDGE:
        return None
    leaving = instruction.name == "outV"

    def run(arrays: Arrays, front: Front) -> Front:
        ends = arrays.ends(front.handles, leaving=leaving)
        return front.moved(VERTEX, np.arange(front.size), ends)

    return [Move(run=run, kind=VERTEX)]


def _has(instruction: Instruction, kind: str) -> Moves | None:
    filters = None if kind == VALUE else filters_of(instruction)
    if filters is None:
        return None
    return [_filtering(item, kind) for item in filters]


def _filtering(item: Filter, kind: str) -> Move:
    return Move(run=lambda arrays, front: front.kept(item.mask(arrays, front)), kind=kind)


def _is(instruction: Instruction, kind: str) -> Moves | None:
    predicate = predicate_of(instruction) if kind == VALUE else None
    if predicate is None:
        return None
    return [Move(run=lambda _, front: front.kept(value_mask(_values(front), predicate)), kind=kind)]


def _where(instruction: Instruction, kind: str) -> Moves | None:
    """`where`, `filter` and `not` of a child: those that have a result, or have none."""
    arguments = instruction.arguments
    if instruction.modulators or kind == VALUE or len(arguments) != 1 or not isinstance(arguments[0], Plan):
        return None
    test = child_test(arguments[0], kind)
    if test is None:
        return None
    wanted = instruction.name != "not"
    return [Move(run=lambda arrays, front: front.kept(test(arrays, front) == wanted), kind=kind)]


def child_test(plan: Plan, kind: str) -> Callable[[Arrays, Front], Any] | None:
    """For each traverser whether a child has a result."""
    if not plan.steps:
        return None
    *others, last = plan.steps
    predicate = predicate_of(last)
    if predicate is not None and others and _is_count(others[-1]):
        counted = chain(tuple(others[:-1]), kind, CHILD)
        if counted is None:
            return None
        return lambda arrays, front: value_mask(child_counts(counted, arrays, front), predicate)
    moves = chain(plan.steps, kind, CHILD)
    if moves is None:
        return None
    return lambda arrays, front: _owned(moves, arrays, front) > 0


def _is_count(instruction: Instruction) -> bool:
    return instruction.name == "count" and not instruction.arguments and not instruction.modulators


def _owned(moves: Moves, arrays: Arrays, front: Front) -> Ints:
    """How many results a child has for each traverser."""
    start = Front(kind=front.kind, handles=front.handles, owners=np.arange(front.size))
    owners = apply(moves, arrays, start).owners
    return np.bincount(np.empty(0, np.int64) if owners is None else owners, minlength=front.size)


def child_counts(moves: Moves, arrays: Arrays, front: Front) -> pa.Array:
    """The same as a column."""
    hop = moves[0].hop if len(moves) == 1 else None
    if hop is not None and arrays.is_plain:
        return pa.array(arrays.degrees(front.handles, *hop), pa.int64())
    return pa.array(_owned(moves, arrays, front), pa.int64())


def _values_of(instruction: Instruction, kind: str) -> Moves | None:
    keys = instruction.arguments
    if instruction.modulators or kind == VALUE or len(keys) != 1 or not isinstance(keys[0], str):
        return None
    key = keys[0]

    def run(arrays: Arrays, front: Front) -> Front:
        values = arrays.values(front.kind, front.handles, key)
        if values.null_count == 0:
            return front.at_values(np.arange(front.size), values)
        present = np.flatnonzero(pc.is_valid(values).to_numpy(zero_copy_only=False))
        return front.at_values(present, values.take(pa.array(present)))

    return [Move(run=run, kind=VALUE)]


def _values(front: Front) -> pa.Array:
    assert front.values is not None
    return front.values


def exact(values: pa.Array) -> pa.Array:
    """Values whose equality is that of their bits: no NaN, no zeros of two signs.

    Raises:
        UnfitError: there may be some.
    """
    if pat.is_floating(values.type) and pc.any(pc.or_(pc.is_nan(values), pc.equal(values, 0.0))).as_py():
        raise UnfitError
    return values


def _dedup(instruction: Instruction, kind: str) -> Moves | None:
    if instruction.arguments or instruction.modulators:
        return None

    def run(_: Arrays, front: Front) -> Front:
        keys = front.handles if front.kind != VALUE else exact(_values(front)).dictionary_encode().indices.to_numpy()
        kept = front.kept(first_places(keys))
        return Front(kind=kept.kind, handles=kept.handles, values=kept.values)

    return [Move(run=run, kind=kind, streams=False)]


def _range(instruction: Instruction, kind: str) -> Moves | None:
    arguments = instruction.arguments
    if instruction.modulators or any(type(item) is bool or not isinstance(item, int) for item in arguments):
        return None
    low, high = {"limit": (0, arguments[0]), "skip": (arguments[0], -1)}.get(instruction.name, arguments)
    if low < 0 or high < -1 or 0 <= high < low:
        return None

    def run(_: Arrays, front: Front) -> Front:
        if front.bulks is None:
            return front.kept(slice(low, None if high < 0 else high))
        last = np.cumsum(front.bulks)
        first = last - front.bulks
        bulks = (last if high < 0 else np.minimum(last, high)) - np.maximum(first, low)
        kept = front.kept(bulks > 0)
        return Front(kind=kept.kind, handles=kept.handles, values=kept.values, bulks=bulks[bulks > 0])

    return [Move(run=run, kind=kind, streams=False, counts=False)]


def _order(instruction: Instruction, kind: str) -> Moves | None:
    if instruction.arguments or any(item.name != "by" for item in instruction.modulators):
        return None
    if kind == VALUE:
        keys = [_direction(item.arguments) for item in instruction.modulators] or ["ascending"]
        return None if len(keys) != 1 or keys[0] is None else [_ordering([(None, keys[0])], kind)]
    found = [_sort_key(item.arguments) for item in instruction.modulators]
    known = [item for item in found if item is not None]
    return [_ordering(known, kind)] if known and len(known) == len(found) else None


def _direction(arguments: tuple[Any, ...]) -> str | None:
    if not arguments:
        return "ascending"
    given = arguments[0] if len(arguments) == 1 else None
    if isinstance(given, Token) and given.family == "Order" and given.name in DIRECTIONS:
        return DIRECTIONS[given.name]
    return None


DIRECTIONS: Final = {"asc": "ascending", "desc": "descending"}


def _sort_key(arguments: tuple[Any, ...]) -> tuple[str | None, str] | None:
    if not arguments or not isinstance(arguments[0], str):
        return None
    direction = _direction(arguments[1:])
    return None if direction is None else (arguments[0], direction)


def _ordering(keys: list[tuple[str | None, str]], kind: str) -> Move:
    """Sort by properties (or the values themselves); those without one of them go."""

    def run(arrays: Arrays, front: Front) -> Front:
        columns = [_values(front) if key is None else arrays.values(front.kind, front.handles, key) for key, _ in keys]
        if any(pat.is_floating(column.type) and pc.any(pc.is_nan(column)).as_py() for column in columns):
            raise UnfitError
        if any(pat.is_null(column.type) for column in columns):
            return front.kept(slice(0, 0))
        present = np.ones(front.size, np.bool_)
        for column in columns:
            present &= pc.is_valid(column).to_numpy(zero_copy_only=False)
        names = [f"k{place}" for place in range(len(columns))]
        table = pa.table([*columns, pa.array(np.arange(front.size))], names=[*names, "row"])
        by = [(name, direction) for name, (_, direction) in zip(names, keys, strict=True)]
        order = pc.sort_indices(table, sort_keys=[*by, ("row", "ascending")]).to_numpy()
        return front.kept(order[present[order]].astype(np.int64))

    return Move(run=run, kind=kind, streams=False, counts=False)


def _repeat(instruction: Instruction, kind: str) -> Moves | None:
    """`repeat` of hops and filters, so many times."""
    arguments, modulators = instruction.arguments, instruction.modulators
    if len(arguments) != 1 or not isinstance(arguments[0], Plan) or [item.name for item in modulators] != ["times"]:
        return None
    rounds: Any = modulators[0].arguments[0]
    if not isinstance(rounds, int) or not 1 <= rounds <= ROUNDS or arguments[0].source:
        return None
    body = chain(arguments[0].steps, kind, BODY)
    if not body or body[-1].kind != kind:
        return None
    gather = Move(run=lambda _, front: _gathered(front), kind=kind, streams=False, only_merges=True)
    return [*body, *([gather, *body] * (rounds - 1))]


def _gathered(front: Front) -> Front:
    return front if front.owners is not None else gathered(front)


ROUNDS: Final = 64
BODY: Final = frozenset(
    {"out", "in", "both", "outE", "inE", "bothE", "outV", "inV", "hasLabel", "has", "where", "filter", "not"}
)
CHILD: Final = BODY | {"values", "is"}
MOVES: Final[dict[str, Build]] = {
    "out": _hop,
    "in": _hop,
    "both": _hop,
    "outE": _hop,
    "inE": _hop,
    "bothE": _hop,
    "outV": _end,
    "inV": _end,
    "hasLabel": _has,
    "has": _has,
    "is": _is,
    "where": _where,
    "filter": _where,
    "not": _where,
    "values": _values_of,
    "dedup": _dedup,
    "limit": _range,
    "skip": _range,
    "range": _range,
    "order": _order,
    "repeat": _repeat,
}
