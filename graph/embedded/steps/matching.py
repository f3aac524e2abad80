"""`match()`: bind labels so that every pattern holds, going on from a pattern whose start is bound."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graph.embedded.building import passes
from graph.embedded.compiler import Compiler
from graph.embedded.ordering import equal
from graph.embedded.plan import Instruction, Plan, Predicate
from graph.embedded.predicates import operands
from graph.embedded.refusals import TraversalError, unsupported
from graph.embedded.registry import step
from graph.embedded.run import Run
from graph.embedded.traverser import Pipeline, Process, Stream, Traverser, flow_one
from graph.embedded.values import Value

Bound = dict[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pattern:
    """One of: a walk from `start` to `end`; alternatives; or a test on labels that are already bound."""

    start: str | None
    end: str | None
    body: Pipeline
    needs: frozenset[str]
    branches: "tuple[tuple[_Pattern, ...], ...]" = ()
    is_test: bool = False


@step("match")
def match(instruction: Instruction, compiler: Compiler) -> Process:
    """`match()`: a map of the labels for every way to hold all patterns."""
    patterns = tuple(pattern for item in instruction.arguments for pattern in _patterns(item, compiler))
    names = sorted(_names(patterns))

    def process(starts: Stream, run: Run) -> Stream:
        for traverser in starts:
            bound = {name: found[-1] for name in names if (found := traverser.labelled(name))}
            first = traverser.copy()
            start = _first_label(patterns, bound)
            if start is not None and start not in bound:
                bound[start] = first.value
                first.label(frozenset((start,)))
            for solved, values in _solutions(patterns, first, bound, run):
                yield solved.move({name: values[name] for name in names if name in values})

    return process


def _names(patterns: tuple[_Pattern, ...]) -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        if not pattern.is_test:
            found |= {name for name in (pattern.start, pattern.end) if name is not None}
        for branch in pattern.branches:
            found |= _names(branch)
    return found


def _first_label(patterns: tuple[_Pattern, ...], bound: Bound) -> str | None:
    walks = [pattern for pattern in _flat(patterns) if pattern.start is not None]
    if any(pattern.start in bound for pattern in walks):
        return None
    ends = {pattern.end for pattern in walks}
    free = [pattern.start for pattern in walks if pattern.start not in ends]
    return free[0] if free else (walks[0].start if walks else None)


def _flat(patterns: tuple[_Pattern, ...]) -> Iterator[_Pattern]:
    for pattern in patterns:
        yield pattern
        for branch in pattern.branches:
            yield from _flat(branch)


def _patterns(given: Any, compiler: Compiler) -> list[_Pattern]:
    if not isinstance(given, Plan) or not given.steps:
        raise unsupported("match", "an argument that is no traversal")
    first = given.steps[0]
    if first.name == "as":
        return [_walk(given, compiler)]
    if first.name in ("and", "or") and len(given.steps) == 1:
        branches = tuple(tuple(_patterns(item, compiler)) for item in first.arguments)
        if first.name == "and":
            return [pattern for branch in branches for pattern in branch]
        return [_Pattern(start=None, end=None, body=(), needs=frozenset(), branches=branches)]
    if first.name in ("where", "not"):
        needs = _labels_of(first)
        return [_Pattern(start=None, end=None, body=compiler.pipeline(given), needs=needs, is_test=True)]
    raise TraversalError("A pattern of match() begins with as('…').", remedy="Name its start.")


def _labels_of(value: Any) -> frozenset[str]:
    """Labels that a where or not speaks of."""
    if isinstance(value, Plan):
        return frozenset[str]().union(*(_labels_of(item) for item in value.steps))
    if isinstance(value, Predicate):
        return frozenset(item for item in operands(value) if isinstance(item, str))
    if isinstance(value, Instruction) and value.name in ("as", "where", "not", "and", "or", "match"):
        plain = frozenset(item for item in value.arguments if isinstance(item, str))
        return plain.union(*(_labels_of(item) for item in value.arguments if not isinstance(item, str)))
    return frozenset()


def _walk(plan: Plan, compiler: Compiler) -> _Pattern:
    steps = list(plan.steps)
    start = steps[0].arguments[0]
    ends = len(steps) > 1 and steps[-1].name == "as"
    body = tuple(steps[1:-1] if ends else steps[1:])
    inner = frozenset[str]().union(*(_scope_needs(item) for item in body))
    return _Pattern(
        start=start,
        end=steps[-1].arguments[0] if ends else None,
        body=compiler.pipeline(Plan((), body)),
        needs=frozenset((start,)) | inner,
    )


def _scope_needs(instruction: Instruction) -> frozenset[str]:
    """Labels that a step of a pattern's body reads: where with a predicate."""
    if instruction.name == "where" and isinstance(instruction.arguments[-1], Predicate):
        return frozenset(item for item in operands(instruction.arguments[-1]) if isinstance(item, str))
    return frozenset()


def _solutions(
    pending: tuple[_Pattern, ...], traverser: Traverser, bound: Bound, run: Run
) -> Iterator[tuple[Traverser, Bound]]:
    if not pending:
        yield traverser, bound
        return
    place = _next(pending, bound)
    pattern, rest = pending[place], pending[:place] + pending[place + 1 :]
    if pattern.branches:
        for branch in pattern.branches:
            yield from _solutions(branch + rest, traverser, bound, run)
    elif pattern.is_test:
        if passes(pattern.body)(traverser, run):
            yield from _solutions(rest, traverser, bound, run)
    else:
        for found, values in _extended(pattern, traverser, bound, run):
            yield from _solutions(rest, found, values, run)


def _next(pending: tuple[_Pattern, ...], bound: Bound) -> int:
    """The pattern to take next: tests as soon as they can be decided, then walks to what is known, then others."""
    known = bound.keys()
    ready = [place for place, item in enumerate(pending) if item.needs <= known and not item.branches]
    ready.sort(key=lambda place: (not pending[place].is_test, pending[place].end not in known, place))
    if ready:
        return ready[0]
    for place, item in enumerate(pending):
        if item.branches:
            return place
    raise TraversalError("The provided match pattern is unsolvable", remedy="Connect its patterns by labels.")


def _extended(pattern: _Pattern, traverser: Traverser, bound: Bound, run: Run) -> Iterator[tuple[Traverser, Bound]]:
    probe = traverser.move(bound[pattern.start or ""])
    found = flow_one(pattern.body, probe, run)
    if pattern.end is None:
        if next(found, None) is not None:
            yield traverser, bound
        return
    for item in found:
        if pattern.end in bound:
            if equal(bound[pattern.end], item.value):
                after = traverser.copy()
                after.bulk = item.bulk
                yield after, bound
        else:
            item.label(frozenset((pattern.end,)))
            yield item, {**bound, pattern.end: item.value}
