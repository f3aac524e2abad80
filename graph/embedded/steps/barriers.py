"""Steps that need all traversers, or count them: order, dedup, range, tail, sample, barrier, aggregate's bulk."""

from collections import deque
from collections.abc import Iterable
from typing import Any

from graph.embedded.building import Function, Map
from graph.embedded.compiler import Compiler, refuse_modulators
from graph.embedded.modulators import apply_by
from graph.embedded.numbers import add, divide, multiply
from graph.embedded.ordering import order_key
from graph.embedded.plan import LOCAL, Instruction, Plan, Token
from graph.embedded.refusals import TraversalError, unsupported
from graph.embedded.registry import step
from graph.embedded.run import Run
from graph.embedded.scoping import scope_value
from graph.embedded.traverser import Process, Stream, Traverser
from graph.embedded.values import ABSENT, Entry, OrderedSet, Value, hash_key, hashable, is_collection, is_map, is_set


def merged(traversers: Iterable[Traverser], run: Run) -> list[Traverser]:
    """Make equal traversers one with their bulk: same value, trail, loop and sack (or sacks that merge)."""
    kept: dict[Any, Traverser] = {}
    for traverser in traversers:
        loop = traverser.loop
        sack = None if run.merge_sacks is not None else hash_key(traverser.sack)
        rounds = None if loop is None else (loop.count, id(loop.parent) if loop.parent else 0)
        key = (hash_key(traverser.value), id(traverser.trail) if traverser.trail else 0, rounds, sack)
        present = kept.get(key)
        if present is None:
            kept[key] = traverser
        else:
            if run.with_bulk:
                present.bulk += traverser.bulk
            if run.merge_sacks is not None:
                present.sack = run.merge_sacks(present.sack, traverser.sack)
    return list(kept.values())


@step("barrier")
def barrier(instruction: Instruction, compiler: Compiler) -> Process:
    """`barrier()`: wait for all; `barrier(normSack)` makes the sacks sum to one."""
    del compiler
    given = instruction.arguments[0] if instruction.arguments else None
    if isinstance(given, Token) and given.family == "Barrier":
        return lambda starts, run: iter(_normalised(merged(starts, run)))
    if given is not None and not isinstance(given, int):
        raise unsupported("barrier", "a function")
    return lambda starts, run: iter(merged(starts, run))


def _normalised(held: list[Traverser]) -> list[Traverser]:
    total: Value = 0
    for traverser in held:
        total = add(total, multiply(traverser.sack, traverser.bulk))
    for traverser in held:
        traverser.sack = divide(multiply(traverser.sack, float(traverser.bulk)), total)
    return held


Comparison = tuple[Function | None, str]


@step("order")
def order(instruction: Instruction, compiler: Compiler) -> Process:
    """`order()`: sort all traversers, or the items of each collection (local)."""
    refuse_modulators(instruction, "by")
    comparisons = [_comparison(item, compiler) for item in instruction.modulated("by")] or [(None, "asc")]
    if instruction.arguments and instruction.arguments[0] == LOCAL:
        return Map(lambda traverser, run: _order_local(traverser, comparisons, run))
    return lambda starts, run: iter(_ordered(list(starts), comparisons, run))


def _comparison(modulator: Instruction, compiler: Compiler) -> Comparison:
    arguments = modulator.arguments
    if arguments and isinstance(arguments[-1], Token) and arguments[-1].family == "Order":
        direction, arguments = arguments[-1].name, arguments[:-1]
    elif len(arguments) > 1:
        raise unsupported("order", "a comparator function")
    else:
        direction = "asc"
    if not arguments:
        return None, direction
    return compiler.by(Instruction("by", arguments)), direction


def _ordered(held: list[Traverser], comparisons: list[Comparison], run: Run) -> list[Traverser]:
    keyed: list[tuple[list[Any], Traverser]] = []
    for traverser in held:
        keys = _sort_keys(traverser.value, comparisons, traverser, run)
        if keys is not None:
            keyed.append((keys, traverser))
    _sort(keyed, comparisons)
    return [traverser for _, traverser in keyed]


def _sort_keys(value: Value, comparisons: list[Comparison], traverser: Traverser, run: Run) -> list[Any] | None:
    keys: list[Any] = []
    for by, direction in comparisons:
        if direction == "shuffle":
            keys.append((0, run.random.random()))
            continue
        found = apply_by(by, value, traverser, run)
        if found is ABSENT:
            return None
        keys.append(order_key(found))
    return keys


def _sort(keyed: list[tuple[list[Any], Any]], comparisons: list[Comparison]) -> None:
    for place in range(len(comparisons) - 1, -1, -1):
        keyed.sort(key=lambda item: item[0][place], reverse=comparisons[place][1] == "desc")


def _order_local(traverser: Traverser, comparisons: list[Comparison], run: Run) -> Value:
    value = traverser.value
    if is_map(value):
        entries: list[Any] = [Entry(key, item) for key, item in value.items()]
    elif is_collection(value):
        entries = list(value)
    else:
        return value
    keyed = [(keys, item) for item in entries if (keys := _sort_keys(item, comparisons, traverser, run)) is not None]
    _sort(keyed, comparisons)
    sorted_items = [item for _, item in keyed]
    return {item.key: item.value for item in sorted_items} if is_map(value) else sorted_items


@step("dedup")
def dedup(instruction: Instruction, compiler: Compiler) -> Process:
    """`dedup()`: each value once; by a modulator, by labels, or within each collection (local)."""
    arguments = instruction.arguments
    if arguments and arguments[0] == LOCAL:
        return Map(lambda traverser, _: _distinct(traverser.value))
    by = compiler.one_by(instruction)
    labels = tuple(arguments)
    mark = object()
    remembers = compiler.repeating > 0

    def process(starts: Stream, run: Run) -> Stream:
        seen: set[Any] = run.states.setdefault(mark, set()) if remembers else set()
        for traverser in starts:
            key = _dedup_key(traverser, labels, by, run)
            if key is not ABSENT and key not in seen:
                seen.add(key)
                traverser.bulk = 1
                yield traverser

    return process


def _dedup_key(traverser: Traverser, labels: tuple[str, ...], by: Function | None, run: Run) -> Any:
    if not labels:
        value = apply_by(by, traverser.value, traverser, run)
        return value if value is ABSENT else hash_key(value)
    parts: list[Any] = []
    for label in labels:
        value = scope_value(traverser, label, "last", run)
        value = value if value is ABSENT else apply_by(by, value, traverser, run)
        if value is ABSENT:
            return ABSENT
        parts.append(hash_key(value))
    return tuple(parts)


def _distinct(value: Value) -> Value:
    if not is_collection(value):
        return value
    return OrderedSet({hash_key(item): hashable(item) for item in value}.values())


@step("limit", "skip", "range", "tail")
def ranges(instruction: Instruction, compiler: Compiler) -> Process:
    """`limit()`, `skip()`, `range()`, `tail()`: some of the traversers, or of each collection's items (local)."""
    del compiler
    arguments = list(instruction.arguments)
    local = bool(arguments) and isinstance(arguments[0], Token) and arguments.pop(0) == LOCAL
    for item in arguments:
        if isinstance(item, Plan) or not isinstance(item, int):
            raise unsupported(instruction.name, "a bound that is no integer")
    if instruction.name == "tail":
        count: int = arguments[0] if arguments else 1  # pyright: ignore[reportAssignmentType]  # checked above
        if local:
            return Map(lambda traverser, _: _part(traverser.value, -count if count else 0, None, empty=count == 0))
        return lambda starts, _: _tail(starts, count)
    low, high = _bounds(instruction.name, arguments)
    if local:
        return Map(lambda traverser, _: _part(traverser.value, low, None if high < 0 else high, empty=False))
    return lambda starts, _: _range(starts, low, high)


def _bounds(name: str, arguments: list[int]) -> tuple[int, int]:
    if name == "limit":
        return 0, arguments[0]
    if name == "skip":
        return arguments[0], -1
    low, high = arguments
    if high != -1 and low > high:
        raise TraversalError(f"Not a legal range: [{low}, {high}]", remedy="Give the lower bound first.")
    return low, high


def _range(starts: Stream, low: int, high: int) -> Stream:
    if 0 <= high <= low:
        return
    seen = 0
    for traverser in starts:
        first, last = seen, seen + traverser.bulk
        seen = last
        kept = (last if high < 0 else min(last, high)) - max(first, low)
        if kept > 0:
            traverser.bulk = kept
            yield traverser
        if 0 <= high <= last:
            return


def _tail(starts: Stream, count: int) -> Stream:
    held: deque[Traverser] = deque()
    total = 0
    for traverser in starts:
        held.append(traverser)
        total += traverser.bulk
        while held and total - held[0].bulk >= count:
            total -= held.popleft().bulk
    if held and total > count:
        held[0].bulk -= total - count
    return iter([traverser for traverser in held if traverser.bulk > 0])


def _part(value: Value, first: int, last: int | None, *, empty: bool) -> Value:
    if is_map(value):
        entries = [] if empty else list(value.items())[first:last]
        return dict(entries)
    if is_set(value):
        return OrderedSet(() if empty else list(value)[first:last])
    if is_collection(value):
        return [] if empty else list(value)[first:last]
    return value


@step("sample")
def sample(instruction: Instruction, compiler: Compiler) -> Process:
    """`sample()`: so many at random, from a fixed seed; `by` weighs them."""
    arguments = instruction.arguments
    if arguments[0] == LOCAL:
        count = arguments[1]
        return Map(lambda traverser, run: _sample_local(traverser.value, count, run))
    by = compiler.one_by(instruction)
    count = arguments[0]
    return lambda starts, run: iter(_sampled(list(starts), count, by, run))


def _sample_local(value: Value, count: int, run: Run) -> Value:
    if is_map(value):
        return dict(run.random.sample(list(value.items()), min(count, len(value))))
    return run.random.sample(list(value), min(count, len(value))) if is_collection(value) else value


def _sampled(held: list[Traverser], count: int, by: Function | None, run: Run) -> list[Traverser]:
    pool: list[tuple[float, Traverser]] = []
    for traverser in held:
        weight = 1 if by is None else by(traverser, run)
        if weight is not ABSENT:
            pool.append((float(weight), traverser))
    chosen: list[Traverser] = []
    while pool and len(chosen) < count:
        point = run.random.random() * sum(weight * item.bulk for weight, item in pool)
        place = 0
        while place < len(pool) - 1 and (point := point - pool[place][0] * pool[place][1].bulk) >= 0:
            place += 1
        taken = pool[place][1]
        one = taken.copy()
        one.bulk = 1
        chosen.append(one)
        taken.bulk -= 1
        if taken.bulk == 0:
            pool.pop(place)
    return chosen
