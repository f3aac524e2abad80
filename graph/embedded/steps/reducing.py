"""Steps that make one value of all: count, sum, min, max, mean, fold, group, groupCount; and their local forms."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from gremlin_python.statics import long

from graph.embedded.building import Function, Map
from graph.embedded.compiler import Compiler, has_barrier, refuse_modulators
from graph.embedded.modulators import apply_by
from graph.embedded.numbers import add, mean, multiply
from graph.embedded.operators import greatest, least, operator_function
from graph.embedded.plan import LOCAL, Instruction, Plan, Token
from graph.embedded.refusals import TraversalError, unsupported
from graph.embedded.registry import step
from graph.embedded.run import Run
from graph.embedded.traverser import Pipeline, Process, Stream, Traverser, flow, flow_one
from graph.embedded.values import ABSENT, Path, Value, hashable, is_collection, is_map, is_number, java_type

Pairs = Iterable[tuple[Value, int]]


def reduced(run: Run, value: Value) -> Iterator[Traverser]:
    """The one traverser that a reduction gives; none for ABSENT."""
    if value is not ABSENT:
        yield run.start(value)


def _is_local(instruction: Instruction) -> bool:
    return bool(instruction.arguments) and instruction.arguments[0] == LOCAL


@step("count")
def count(instruction: Instruction, compiler: Compiler) -> Process:
    """`count()`: how many, as a Long."""
    del compiler
    if _is_local(instruction):
        return Map(lambda traverser, _: long(_length(traverser.value)))
    return lambda starts, run: reduced(run, long(sum(traverser.bulk for traverser in starts)))


def _length(value: Value) -> int:
    if isinstance(value, Path):
        return len(value.objects)
    return len(value) if is_collection(value) or is_map(value) else 1


@step("sum", "min", "max", "mean")
def arithmetic(instruction: Instruction, compiler: Compiler) -> Process:
    """`sum()`, `min()`, `max()`, `mean()`: of all, or of each collection (local); nulls are passed over."""
    fold_pairs = REDUCTIONS[instruction.name]
    if instruction.name == "sum" and compiler.dialect.version == "3.7":
        fold_pairs = _long_sum
    if _is_local(instruction):
        return Map(lambda traverser, _: _local(traverser.value, fold_pairs))
    return lambda starts, run: reduced(run, fold_pairs((item.value, item.bulk) for item in starts))


def _local(value: Value, fold_pairs: Callable[[Pairs], Value]) -> Value:
    items = value.objects if isinstance(value, Path) else value
    return fold_pairs((item, 1) for item in (items if is_collection(items) else (value,)))


def _sum(pairs: Pairs) -> Value:
    total: Value = ABSENT
    for value, bulk in pairs:
        if value is not None and not is_number(value):
            raise TraversalError(f"sum() cannot add {java_type(value)}.", remedy="Sum numbers.")
        addition = value if value is None or bulk == 1 else multiply(value, bulk)
        total = addition if total is ABSENT else add(total, addition)
    return total


def _long_sum(pairs: Pairs) -> Value:
    """A sum of integers is a Long at least, as in 3.7."""
    total = _sum(pairs)
    return add(total, long(0)) if isinstance(total, int) and not isinstance(total, bool) else total


def _extreme(choose: Callable[[Value, Value], Value]) -> Callable[[Pairs], Value]:
    def fold_pairs(pairs: Pairs) -> Value:
        found: Value = ABSENT
        for value, _ in pairs:
            found = choose(None if found is ABSENT else found, value)
        return found

    return fold_pairs


def _mean(pairs: Pairs) -> Value:
    total, number, empty = None, 0, True
    for value, bulk in pairs:
        empty = False
        if value is not None:
            total = add(total, multiply(value, bulk))
            number += bulk
    if empty:
        return ABSENT
    return None if total is None else mean(total, number)


REDUCTIONS: dict[str, Callable[[Pairs], Value]] = {
    "sum": _sum,
    "min": _extreme(least),
    "max": _extreme(greatest),
    "mean": _mean,
}


@step("fold")
def fold(instruction: Instruction, compiler: Compiler) -> Process:
    """`fold()`: a list of all; with a seed and an operator, one value."""
    del compiler
    if not instruction.arguments:
        return lambda starts, run: reduced(run, [item.value for item in starts for _ in range(item.bulk)])
    seed, operator = instruction.arguments
    if not isinstance(operator, Token):
        raise unsupported("fold", "a function")
    function = operator_function(operator.name)

    def process(starts: Stream, run: Run) -> Stream:
        total = seed
        for item in starts:
            for _ in range(item.bulk):
                total = function(total, item.value)
        return reduced(run, total)

    return process


@step("groupCount")
def group_count(instruction: Instruction, compiler: Compiler) -> Process:
    """`groupCount()`: how many of each; with a name, kept as a side effect."""
    by = compiler.one_by(instruction)
    if instruction.arguments:
        name = instruction.arguments[0]
        compiler.side_effects.setdefault(name, dict[Value, Value])

        def side_effect(starts: Stream, run: Run) -> Stream:
            held = list(starts)
            counts = _map_aside(name, run)
            for traverser in held:
                if not _count_one(counts, traverser, by, run):
                    raise TraversalError(
                        "The provided traverser does not map to a value.", remedy="Filter, or use coalesce() in by()."
                    )
            return iter(held)

        return side_effect

    def process(starts: Stream, run: Run) -> Stream:
        counts: dict[Value, Value] = {}
        for traverser in starts:
            _count_one(counts, traverser, by, run)
        return reduced(run, counts)

    return process


def _map_aside(name: str, run: Run) -> dict[Value, Value]:
    """The side effect that a count or a group adds to."""
    found: Value = run.side_effects.setdefault(name, {})
    if not is_map(found):
        raise TraversalError(f"The side effect '{name}' holds no map.", remedy="Use another name.")
    return found


def _count_one(counts: dict[Value, Value], traverser: Traverser, by: Function | None, run: Run) -> bool:
    """Count a traverser; False where the modulator finds nothing."""
    key = apply_by(by, traverser.value, traverser, run)
    if key is ABSENT:
        return False
    key = hashable(key)
    counts[key] = long(counts.get(key, 0) + traverser.bulk)
    return True


@step("group")
def group(instruction: Instruction, compiler: Compiler) -> Process:
    """`group()`: values by key; the second `by` says what becomes of a group, whole."""
    refuse_modulators(instruction, "by")
    grouping = Grouping(instruction, compiler)
    if instruction.arguments:
        compiler.side_effects.setdefault(grouping.name, dict[Value, Value])
        return grouping.side_effect
    return grouping.reduce


class Grouping:
    """Collects traversers by key and reduces each group at the end."""

    def __init__(self, instruction: Instruction, compiler: Compiler) -> None:
        bys = instruction.modulated("by")
        if len(bys) > 2:
            raise unsupported("group", "more than two by()")
        self.key = compiler.by(bys[0]) if bys else None
        self.name: str = instruction.arguments[0] if instruction.arguments else ""
        self.value: Function | None = None
        self.pipeline: Pipeline | None = None
        self.whole = False
        if len(bys) == 2 and bys[1].arguments and isinstance(bys[1].arguments[0], Plan):
            self._take_child(bys[1].arguments[0], compiler)
        elif len(bys) == 2:
            self.value = compiler.by(bys[1])

    def _take_child(self, plan: Plan, compiler: Compiler) -> None:
        self.pipeline = compiler.pipeline(plan)
        self.whole = has_barrier(plan)

    def reduce(self, starts: Stream, run: Run) -> Stream:
        """Group all traversers into one map."""
        groups: dict[Value, list[Traverser]] = {}
        self._collect(starts, groups, run)
        return reduced(run, self.finish(groups, run))

    def side_effect(self, starts: Stream, run: Run) -> Stream:
        """Group all under a name, then let them pass; reading the side effect finishes the groups."""
        held = list(starts)
        present = run.side_effects.get(self.name)
        if not isinstance(present, Groups):
            present = run.side_effects[self.name] = Groups(self, _map_aside(self.name, run))
        self._collect((traverser.copy() for traverser in held), present.groups, run)
        return iter(held)

    def _collect(self, starts: Iterable[Traverser], groups: dict[Value, list[Traverser]], run: Run) -> None:
        for traverser in starts:
            key = apply_by(self.key, traverser.value, traverser, run)
            if key is not ABSENT:
                groups.setdefault(hashable(key), []).append(traverser)

    def finish(self, groups: dict[Value, list[Traverser]], run: Run) -> dict[Value, Value]:
        """Reduce every group."""
        found: dict[Value, Value] = {}
        for key, members in groups.items():
            value = self._reduced(members, run)
            if value is not ABSENT:
                found[key] = value
        return found

    def _reduced(self, members: list[Traverser], run: Run) -> Value:
        if self.pipeline is None:
            values = ((apply_by(self.value, item.value, item, run), item.bulk) for item in members)
            return [value for value, bulk in values if value is not ABSENT for _ in range(bulk)]
        if self.whole:
            first = next(flow(self.pipeline, (item.copy() for item in members), run), None)
            return ABSENT if first is None else first.value
        found = (next(flow_one(self.pipeline, item, run), None) for item in reversed(members))
        return next((item.value for item in found if item is not None), ABSENT)


class Groups:
    """A side effect of group(): what has come so far, not yet reduced."""

    __slots__ = ("grouping", "groups", "present")

    def __init__(self, grouping: Grouping, present: dict[Value, Value]) -> None:
        self.grouping = grouping
        self.groups: dict[Value, list[Traverser]] = {}
        self.present = present

    def finish(self, run: Run) -> dict[Value, Value]:
        """Reduce every group, over what the side effect began with."""
        return {**self.present, **self.grouping.finish(self.groups, run)}


def settled(value: Any, run: Run) -> Value:
    """A side effect as `cap` shows it."""
    return value.finish(run) if isinstance(value, Groups) else value
