"""Steps that need all traversers, or count them: order, dedup, range, tail, sample, barrier, aggregate's bulk."""

from collections import deque
from collections.abc import Container, Iterable
from typing import Any

from graph.embedded.building import Function, Map
from graph.embedded.chance import JavaRandom
from graph.embedded.compiler import Compiler, refuse_modulators
from graph.embedded.modulators import apply_by
from graph.embedded.numbers import add, divide, multiply
from graph.embedded.ordering import order_key
from graph.embedded.plan import LOCAL, Instruction, Plan, Token
from graph.embedded.refusals import TraversalError, unsupported
from graph.embedded.registry import step
from graph.embedded.run import Run
from graph.embedded.scoping import known_value
from graph.embedded.traverser import Process, Stream, Traverser
from graph.embedded.values import (
    ABSENT,
    Entry,
    OrderedSet,
    Path,
    Property,
    Value,
    hash_key,
    is_collection,
    is_map,
    is_number,
    is_set,
    java_type,
)


def merged(traversers: Iterable[Traverser], run: Run) -> list[Traverser]:
    """Make equal traversers one with their bulk: same value, trail, loop and sack (or sacks that merge).

    Properties of two elements stay two, however equal: `element()` may be asked next.
    """
    kept: dict[Any, Traverser] = {}
    for traverser in traversers:
        loop, value = traverser.loop, traverser.value
        place = (hash_key(value), value.owner if isinstance(value, Property) else None)
        sack = None if run.merge_sacks is not None else hash_key(traverser.sack)
        rounds = None if loop is None else (loop.count, id(loop.parent) if loop.parent else 0)
        key = (place, id(traverser.trail) if traverser.trail else 0, rounds, sack)
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
    local = bool(instruction.arguments) and instruction.arguments[0] == LOCAL
    if comparisons[-1][1] == "shuffle":
        return _shuffle(local=local)
    shuffles = [place for place, (_, direction) in enumerate(comparisons) if direction == "shuffle"]
    comparisons = comparisons[shuffles[-1] + 1 :] if shuffles else comparisons
    if local:
        return Map(lambda traverser, run: _order_local(traverser, comparisons, run))
    return lambda starts, run: iter(_ordered(list(starts), comparisons, run))


def _shuffle(*, local: bool) -> Process:
    mark = object()

    def shuffled(held: list[Any], run: Run) -> list[Any]:
        run.chance(mark).shuffle(held)
        return held

    def shuffled_items(traverser: Traverser, run: Run) -> Value:
        value = traverser.value
        if is_map(value):
            return dict(shuffled(list(value.items()), run))
        return shuffled(list(value), run) if is_collection(value) else value

    return Map(shuffled_items) if local else lambda starts, run: iter(shuffled(list(starts), run))


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
    for by, _ in comparisons:
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
    key_of = _labelled_key(arguments, by, compiler.side_effects) if arguments else _own_key(by)
    mark = object()
    remembers = compiler.repeating > 0

    def process(starts: Stream, run: Run) -> Stream:
        seen: set[Any] = run.states.setdefault(mark, set()) if remembers else set()
        for traverser in starts:
            key = key_of(traverser, run)
            if key is not ABSENT and key not in seen:
                seen.add(key)
                traverser.bulk = 1
                yield traverser

    return process


def _own_key(by: Function | None) -> Function:
    def function(traverser: Traverser, run: Run) -> Any:
        value = apply_by(by, traverser.value, traverser, run)
        return value if value is ABSENT else hash_key(value)

    return function


def _labelled_key(labels: tuple[str, ...], by: Function | None, known: Container[str]) -> Function:
    def function(traverser: Traverser, run: Run) -> Any:
        parts: list[Any] = []
        for label in labels:
            value = known_value(traverser, label, known, run)
            value = value if value is ABSENT else apply_by(by, value, traverser, run)
            if value is ABSENT:
                return ABSENT
            parts.append(hash_key(value))
        return tuple(parts)

    return function


def _distinct(value: Value) -> Value:
    if is_map(value) or not (is_collection(value) or isinstance(value, Path)):
        value = [Entry(key, item) for key, item in value.items()] if is_map(value) else [value]
    value = value.objects if isinstance(value, Path) else value
    return OrderedSet(value)


@step("limit", "skip", "range", "tail")
def ranges(instruction: Instruction, compiler: Compiler) -> Process:
    """`limit()`, `skip()`, `range()`, `tail()`: some of the traversers, or of each collection's items (local)."""
    single = compiler.dialect.version == "3.7"
    arguments = list(instruction.arguments)
    local = bool(arguments) and isinstance(arguments[0], Token) and arguments.pop(0) == LOCAL
    for item in arguments:
        if isinstance(item, Plan) or not isinstance(item, int):
            raise unsupported(instruction.name, "a bound that is no integer")
    if instruction.name == "tail":
        count: int = arguments[0] if arguments else 1  # pyright: ignore[reportAssignmentType]  # checked above
        if local:
            bare = single and count == 1
            return Map(
                lambda traverser, _: _taken(traverser.value, -count if count else 0, None if count else 0, bare=bare)
            )
        return lambda starts, _: _tail(starts, count)
    low, high = _bounds(instruction.name, arguments)
    if local:
        bare = single and high - low == 1
        return Map(lambda traverser, _: _taken(traverser.value, low, None if high < 0 else high, bare=bare))
    return lambda starts, _: _range(starts, low, high)


def _bounds(name: str, arguments: list[int]) -> tuple[int, int]:
    if name == "skip":
        return arguments[0], -1
    low, high = (0, arguments[0]) if name == "limit" else arguments
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


def _taken(value: Value, first: int, last: int | None, *, bare: bool) -> Value:
    """Some of the items; in 3.7, where one was asked for, that item itself."""
    if is_map(value):
        return dict(list(value.items())[first:last])
    if isinstance(value, Path):
        value = list(value.objects)
    if is_set(value) and not bare:
        return OrderedSet(list(value)[first:last])
    if not is_collection(value):
        return value
    items = list(value)[first:last]
    return next(iter(items), ABSENT) if bare else items


@step("sample")
def sample(instruction: Instruction, compiler: Compiler) -> Process:
    """`sample()`: so many at random; `by` weighs them."""
    arguments, mark = instruction.arguments, object()
    if arguments[0] == LOCAL:
        count = arguments[1]
        return Map(lambda traverser, run: _sample_local(traverser.value, count, run.chance(mark)))
    by = compiler.one_by(instruction)
    count = arguments[0] if not isinstance(arguments[0], Token) else arguments[1]
    return lambda starts, run: iter(_sampled(_weighed(starts, by, run), count, run.chance(mark)))


def _sample_local(value: Value, count: int, random: JavaRandom) -> Value:
    if not is_map(value) and not is_collection(value):
        return value
    left: list[Any] = list(value.items()) if is_map(value) else list(value)
    if len(left) <= count:
        return value
    chosen = [left.pop(random.below(len(left))) for _ in range(count)]
    return dict(chosen) if is_map(value) else chosen


def _weighed(starts: Stream, by: Function | None, run: Run) -> list[tuple[float, Traverser]]:
    weighed: list[tuple[float, Traverser]] = []
    for traverser in starts:
        weight = 1 if by is None else by(traverser, run)
        if weight is ABSENT:
            continue
        if not is_number(weight):
            raise TraversalError(f"sample() weighs by numbers, not a {java_type(weight)}.", remedy="Add by('key').")
        weighed.append((float(weight), traverser))
    return weighed


def _sampled(pool: list[tuple[float, Traverser]], count: int, random: JavaRandom) -> list[Traverser]:
    """Draw one by one: each time a point of the weight that is left."""
    if sum(traverser.bulk for _, traverser in pool) <= count:
        return [traverser for _, traverser in pool]
    left = [traverser.bulk for _, traverser in pool]
    total = sum(weight * bulk for (weight, _), bulk in zip(pool, left, strict=True))
    chosen: list[Traverser] = []
    while len(chosen) < count:
        place = _place(pool, left, random.fraction() * total)
        left[place] -= 1
        total -= pool[place][0]
        one = pool[place][1].copy()
        one.bulk = 1
        chosen.append(one)
    return chosen


def _place(pool: list[tuple[float, Traverser]], left: list[int], point: float) -> int:
    """The traverser in whose weight the point lies; the last that is left where rounding leads beyond all."""
    reached, last = 0.0, 0
    for place, (weight, _) in enumerate(pool):
        if left[place]:
            reached, last = reached + weight * left[place], place
            if reached >= point:
                return place
    return last
