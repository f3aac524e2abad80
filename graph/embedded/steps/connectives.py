"""Filters that ask children or labels: where, filter, and, or, not.

A comparison without an answer (unlike types, NaN) is no result of the child, so `not()` of it passes. In TinkerPop 3.7
it goes up through filters, as an answer that is neither yes nor no, to the first one that is no filter's child.
"""

from collections.abc import Container, Iterable
from typing import Any

from graph.embedded.building import Filter, NoAnswerError, Test, passes
from graph.embedded.compiler import Compiler
from graph.embedded.modulators import apply_by
from graph.embedded.ordering import equal
from graph.embedded.plan import Instruction, Plan, Predicate
from graph.embedded.predicates import LOGIC, substituted, to_test
from graph.embedded.refusals import unsupported
from graph.embedded.registry import step
from graph.embedded.run import Run
from graph.embedded.scoping import known_value
from graph.embedded.traverser import Pipeline, Process, Traverser, flow_one
from graph.embedded.values import ABSENT, Value, is_collection, is_list


@step("and")
def and_step(instruction: Instruction, compiler: Compiler) -> Process:
    """`and()`: every child has a result."""
    tests = [child_test(item, compiler, "and") for item in instruction.arguments]
    return Filter(lambda traverser, run: _unless_unknown(tests, traverser, run, decisive=False))


@step("or")
def or_step(instruction: Instruction, compiler: Compiler) -> Process:
    """`or()`: some child has a result."""
    tests = [child_test(item, compiler, "or") for item in instruction.arguments]
    return Filter(lambda traverser, run: _unless_unknown(tests, traverser, run, decisive=True))


def _unless_unknown(tests: list[Test], traverser: Traverser, run: Run, *, decisive: bool) -> bool | None:
    """The decisive answer if a test gives it; else none if one has none; else the other."""
    unknown = False
    for test in tests:
        answer = test(traverser, run)
        if answer is decisive:
            return decisive
        unknown = unknown or answer is None
    return None if unknown else not decisive


@step("not")
def not_step(instruction: Instruction, compiler: Compiler) -> Process:
    """`not()`: the child has no result."""
    test = child_test(instruction.arguments[0], compiler, "not")
    if compiler.dialect.version != "3.7":
        return Filter(lambda traverser, run: not test(traverser, run))

    def negated(traverser: Traverser, run: Run) -> bool | None:
        answer = test(traverser, run)
        return None if answer is None else not answer

    return Filter(negated)


@step("filter")
def filter_step(instruction: Instruction, compiler: Compiler) -> Process:
    """`filter()`: the child has a result."""
    given = instruction.arguments[0]
    if isinstance(given, Predicate):
        raise unsupported("filter", "a predicate, which tests the traverser and not its value; use is()")
    return Filter(child_test(given, compiler, "filter"))


@step("where")
def where(instruction: Instruction, compiler: Compiler) -> Process:
    """`where()`: a child has a result (`as` at its ends names earlier objects), or a predicate compares labels."""
    arguments = instruction.arguments
    if len(arguments) == 1 and isinstance(arguments[0], Plan):
        return Filter(child_test(arguments[0], compiler, "where"))
    start = arguments[0] if len(arguments) == 2 else None
    predicate = arguments[-1]
    if not isinstance(predicate, Predicate):
        raise unsupported("where", "an argument that is neither predicate nor traversal")
    return Filter(_label_comparison(start, predicate, instruction, compiler))


def _label_comparison(start: str | None, predicate: Predicate, instruction: Instruction, compiler: Compiler) -> Test:
    bys, known_names = compiler.bys(instruction), compiler.side_effects

    def test(traverser: Traverser, run: Run) -> bool:
        turn = iter(range(10**9))

        def projected(value: Value) -> Value:
            place = next(turn)
            by = bys[place % len(bys)] if bys else None
            return apply_by(by, value, traverser, run)

        left = traverser.value if start is None else known_value(traverser, start, known_names, run)
        if left is ABSENT:
            return False
        left = projected(left)
        if left is ABSENT:
            return False
        missing = False

        def known(label: Value) -> Value:
            nonlocal missing
            value = known_value(traverser, label, known_names, run) if isinstance(label, str) else label
            value = value if value is ABSENT else projected(value)
            missing = missing or value is ABSENT
            return value

        filled = _spread(substituted(predicate, known))
        lenient = predicate.operator in ("within", "without")
        return (lenient or not missing) and to_test(filled)(left) is True

    return test


def _spread(predicate: Predicate) -> Predicate:
    """`within` a label compares with what the label holds, when that is one collection."""
    if predicate.operator in LOGIC:
        return Predicate(predicate.operator, tuple(_spread(part) for part in predicate.arguments))
    if predicate.operator in ("within", "without"):
        flat: list[Value] = []
        first: Value = predicate.arguments[0]
        members: Iterable[Value] = first if is_list(first) else predicate.arguments
        for member in members:
            if member is not ABSENT:
                flat.extend(member if is_collection(member) else [member])
        return Predicate(predicate.operator, (flat,))
    return predicate


def child_test(given: Any, compiler: Compiler, name: str) -> Test:
    """Whether a child has a result; `as` at its start and end refers to what the traverser has labelled.

    The test gives None where the child meets a comparison without an answer, and the language is that of 3.7.
    """
    if not isinstance(given, Plan):
        raise unsupported(name, "an argument that is no traversal")
    steps = list(given.steps)
    starts_named = len(steps) > 0 and steps[0].name == "as"
    ends_named = len(steps) > 1 and steps[-1].name == "as"
    if not (starts_named or ends_named):
        return _known_or_not(passes(compiler.pipeline(given, of_filter=True)), compiler)
    start = steps[0].arguments[0] if starts_named else None
    end = steps[-1].arguments[0] if ends_named else None
    body = Plan((), tuple(steps[1 if starts_named else 0 : -1 if ends_named else None]))
    named = _named_test(start, compiler.pipeline(body, of_filter=True), end, compiler.side_effects)
    return _known_or_not(named, compiler)


def _known_or_not(test: Test, compiler: Compiler) -> Test:
    """The same test; where the language is that of 3.7, None for a comparison without an answer on the way."""
    if compiler.dialect.version != "3.7":
        return test

    def found(traverser: Traverser, run: Run) -> bool | None:
        try:
            return test(traverser, run)
        except NoAnswerError:
            return None

    return found


def _named_test(start: str | None, body: Pipeline, end: str | None, known: Container[str]) -> Test:
    def test(traverser: Traverser, run: Run) -> bool:
        probe = traverser
        if start is not None:
            value = known_value(traverser, start, known, run)
            if value is ABSENT:
                return False
            probe = traverser.move(value)
        found = flow_one(body, probe, run)
        if end is None:
            return next(found, None) is not None
        wanted = known_value(traverser, end, known, run)
        return wanted is not ABSENT and any(equal(item.value, wanted) for item in found)

    return test
