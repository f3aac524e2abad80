"""Predicates: `P` and `TextP` become tests with Gremlin's three-valued logic.

A test gives True, False, or None where the comparison has no answer (unlike types, NaN); None never passes a filter.
What has no answer passes under `not`, as TinkerPop 3.8 has it; up to 3.7 it stays without an answer, `negate` here.
"""

import re
from collections.abc import Callable
from typing import Any, Final

from graph.embedded.ordering import compare, equal
from graph.embedded.plan import Instruction, Plan, Predicate, Token
from graph.embedded.refusals import TraversalError, TypeClashError, unsupported
from graph.embedded.types import is_of_type
from graph.embedded.values import Value, is_collection, is_list, java_type

Test = Callable[[Value], bool | None]


def to_test(predicate: Predicate) -> Test:
    """Compile a predicate whose arguments are all known.

    Raises:
        UnsupportedError: the operator is unknown, or an argument is a traversal.
    """
    operator, arguments = predicate.operator, predicate.arguments
    if operator in LOGIC:
        return LOGIC[operator]([to_test(part) for part in arguments])
    if any(isinstance(part, Plan) for part in arguments):
        raise unsupported(f"P.{operator}", "a traversal as argument")
    if operator not in OPERATORS:
        raise unsupported(f"P.{operator}")
    return OPERATORS[operator](arguments)


def operands(predicate: Predicate) -> list[Value]:
    """All values the predicate compares with."""
    if predicate.operator in LOGIC:
        return [value for part in predicate.arguments for value in operands(part)]
    return list(predicate.arguments)


def substituted(predicate: Predicate, change: Callable[[Value], Value]) -> Predicate:
    """The same predicate with each operand changed; collections are changed item by item."""
    if predicate.operator in LOGIC:
        return Predicate(predicate.operator, tuple(substituted(part, change) for part in predicate.arguments))
    return Predicate(predicate.operator, tuple(_changed(part, change) for part in predicate.arguments))


def _changed(part: Value, change: Callable[[Value], Value]) -> Value:
    return [change(item) for item in part] if is_list(part) else change(part)


def _both(tests: list[Test]) -> Test:
    first, second = tests

    def test(value: Value) -> bool | None:
        left = first(value)
        if left is False:
            return False
        right = second(value)
        return False if right is False else (left and right)

    return test


def _either(tests: list[Test]) -> Test:
    first, second = tests

    def test(value: Value) -> bool | None:
        left = first(value)
        if left is True:
            return True
        right = second(value)
        return True if right is True else (None if left is None or right is None else False)

    return test


def as_before_3_8(value: Any) -> Any:
    """A plan, or a part of one, whose `not` is that of TinkerPop 3.7."""
    if isinstance(value, Predicate):
        name = "negate" if value.operator == "not" else value.operator
        return Predicate(name, as_before_3_8(value.arguments))
    if isinstance(value, Instruction):
        return Instruction(value.name, as_before_3_8(value.arguments), as_before_3_8(value.modulators))
    if isinstance(value, Plan):
        return Plan(value.source, as_before_3_8(value.steps))
    if type(value) is tuple:
        parts: tuple[Any, ...] = value  # pyright: ignore[reportUnknownVariableType]  # of any element
        return tuple(map(as_before_3_8, parts))
    return value


def _not(tests: list[Test]) -> Test:
    return lambda value: tests[0](value) is not True


def _negation(tests: list[Test]) -> Test:
    def test(value: Value) -> bool | None:
        answer = tests[0](value)
        return None if answer is None else not answer

    return test


LOGIC: Final[dict[str, Callable[[list[Test]], Test]]] = {"and": _both, "or": _either, "not": _not, "negate": _negation}


def _comparison(passes: Callable[[int], bool]) -> Callable[[tuple[Value, ...]], Test]:
    def build(arguments: tuple[Value, ...]) -> Test:
        limit = arguments[0]

        def test(value: Value) -> bool | None:
            try:
                outcome = compare(value, limit)
            except TypeClashError:
                return None
            return None if outcome is None else passes(outcome)

        return test

    return build


def _range(low: str, high: str, join: str) -> Callable[[tuple[Value, ...]], Test]:
    def build(arguments: tuple[Value, ...]) -> Test:
        first, second = arguments if len(arguments) == 2 else arguments[0]
        return to_test(Predicate(join, (Predicate(low, (first,)), Predicate(high, (second,)))))

    return build


def _members(arguments: tuple[Value, ...]) -> list[Value]:
    if len(arguments) == 1 and is_collection(arguments[0]):
        return list(arguments[0])
    return list(arguments)


def _within(arguments: tuple[Value, ...]) -> Test:
    members = _members(arguments)
    texts = {member for member in members if type(member) is str}
    others = [member for member in members if type(member) is not str]

    def test(value: Value) -> bool | None:
        if type(value) is str:
            return value in texts
        return any(equal(value, member) for member in others)

    return test


def _without(arguments: tuple[Value, ...]) -> Test:
    return _negation([_within(arguments)])


def _need_text(value: Value) -> None:
    if value is not None and not isinstance(value, str):
        raise TypeClashError(f"{java_type(value)} cannot be cast to String", remedy="Ask texts only.")


def _text(passes: Callable[[str, str], bool]) -> Callable[[tuple[Value, ...]], Test]:
    def build(arguments: tuple[Value, ...]) -> Test:
        wanted = arguments[0]

        def test(value: Value) -> bool | None:
            _need_text(value)
            if value is None or not isinstance(wanted, str):
                return None
            return passes(value, wanted)

        return test

    return build


def _regex(found: bool) -> Callable[[tuple[Value, ...]], Test]:  # noqa: FBT001  # a step's table calls it by place
    def build(arguments: tuple[Value, ...]) -> Test:
        try:
            pattern = re.compile(arguments[0])
        except (re.error, TypeError) as error:
            raise TraversalError("The regular expression is malformed.", remedy="Mend the pattern.") from error

        def test(value: Value) -> bool | None:
            _need_text(value)
            return None if value is None else (pattern.search(value) is not None) is found

        return test

    return build


def _type_of(arguments: tuple[Value, ...]) -> Test:
    wanted = arguments[0]
    if not isinstance(wanted, Token | str):
        raise unsupported("P.typeOf", "an argument that is no GType")
    return lambda value: is_of_type(value, wanted)


OPERATORS: Final[dict[str, Callable[[tuple[Value, ...]], Test]]] = {
    "eq": lambda arguments: lambda value: equal(value, arguments[0]),
    "neq": lambda arguments: lambda value: not equal(value, arguments[0]),
    "lt": _comparison(lambda outcome: outcome < 0),
    "lte": _comparison(lambda outcome: outcome <= 0),
    "gt": _comparison(lambda outcome: outcome > 0),
    "gte": _comparison(lambda outcome: outcome >= 0),
    "inside": _range("gt", "lt", "and"),
    "between": _range("gte", "lt", "and"),
    "outside": _range("lt", "gt", "or"),
    "within": _within,
    "without": _without,
    "startingWith": _text(lambda value, wanted: value.startswith(wanted)),
    "notStartingWith": _text(lambda value, wanted: not value.startswith(wanted)),
    "endingWith": _text(lambda value, wanted: value.endswith(wanted)),
    "notEndingWith": _text(lambda value, wanted: not value.endswith(wanted)),
    "containing": _text(lambda value, wanted: wanted in value),
    "notContaining": _text(lambda value, wanted: wanted not in value),
    "regex": _regex(found=True),
    "notRegex": _regex(found=False),
    "typeOf": _type_of,
}
