"""Filters of one traverser by itself: has and its forms, is, any, all, none, discard, coin, identity."""

import time
from collections.abc import Callable, Iterable
from typing import Any, Final, cast

from graph.embedded.building import Filter, Test, passes
from graph.embedded.chance import JavaRandom
from graph.embedded.compiler import Compiler
from graph.embedded.plan import Instruction, Plan, Predicate, Token
from graph.embedded.predicates import operands, substituted, to_test
from graph.embedded.refusals import TraversalError, unsupported
from graph.embedded.registry import step
from graph.embedded.run import Run
from graph.embedded.traverser import Process, Stream, Traverser
from graph.embedded.values import (
    Edge,
    Property,
    Value,
    Vertex,
    VertexProperty,
    is_collection,
    java_type,
)

MANY: Final = 100


def predicate_of(given: Any) -> Predicate:
    """A predicate as it is; any other value means equality."""
    return given if isinstance(given, Predicate) else Predicate("eq", (given,))


@step("is")
def is_step(instruction: Instruction, compiler: Compiler) -> Process:
    """`is()`: the value passes a predicate."""
    del compiler
    test = to_test(predicate_of(instruction.arguments[0]))
    return Filter(lambda traverser, _: test(traverser.value))


@step("has")
def has(instruction: Instruction, compiler: Compiler) -> Process:
    """`has()`: a property exists, or one of its values passes a predicate or a child traversal."""
    arguments = instruction.arguments
    if len(arguments) == 3:
        label, key, given = arguments
        by_label = label_test(predicate_of(label))
        by_value = _has_test(key, given, compiler)
        return Filter(lambda traverser, run: by_label(traverser, run) and by_value(traverser, run))
    if len(arguments) == 1:
        key = arguments[0]
        if isinstance(key, Token):
            raise unsupported("has", f"T.{key.name} alone")
        return Filter(lambda traverser, run: bool(_property_values(traverser.value, key, run)))
    key, given = arguments
    return Filter(_has_test(key, given, compiler))


def _has_test(key: Any, given: Any, compiler: Compiler) -> Test:
    if isinstance(given, Plan):
        first = Instruction("id" if key.name == "id" else "label", ()) if isinstance(key, Token) else None
        start = first or Instruction("values", (key,))
        return passes(compiler.pipeline(Plan((), (start, *given.steps))))
    predicate = predicate_of(given)
    if isinstance(key, Token):
        return _token_test(key.name, predicate)
    test = to_test(predicate)
    return lambda traverser, run: _any(test, _property_values(traverser.value, key, run))


def _any(test: Callable[[Value], bool | None], values: Iterable[Value]) -> bool | None:
    """Whether one passes; None where none does and one has no answer."""
    answer: bool | None = False
    for value in values:
        found = test(value)
        if found:
            return True
        answer = None if found is None else answer
    return answer


def _token_test(name: str, predicate: Predicate) -> Test:
    if name == "id":
        return id_test(predicate)
    if name == "label":
        return label_test(predicate)
    test = to_test(predicate)

    def passes_part(traverser: Traverser, _: Run) -> bool:
        value = traverser.value
        if not isinstance(value, Property | VertexProperty):
            if isinstance(value, Vertex | Edge):
                return False
            raise TraversalError(f"A {java_type(value)} has no {name}.", remedy="Go to a property first.")
        return test(value.key if name == "key" else value.value) is True

    return passes_part


def _property_values(value: Value, key: Any, run: Run) -> Any:
    if isinstance(value, Vertex | Edge | VertexProperty):
        return run.graph.values(value, key) if key is not None else ()
    if isinstance(value, Property):
        return ()
    raise TraversalError(f"has() needs an element, not a {java_type(value)}.", remedy="Go to an element first.")


def label_test(predicate: Predicate) -> Test:
    """The element's label passes."""
    test = to_test(predicate)

    def passes_label(traverser: Traverser, run: Run) -> bool:
        value = traverser.value
        if isinstance(value, Property):
            return test(value.key) is True
        _need_element(value)
        return test(run.graph.label_of(value)) is True

    return passes_label


def id_test(predicate: Predicate) -> Test:
    """The element's id passes; where texts are asked for, its text does."""
    predicate = substituted(predicate, lambda item: item.id if hasattr(item, "id") else item)
    test = to_test(predicate)
    asked = [item for given in operands(predicate) for item in _listed(given) if item is not None]
    texts = bool(asked) and all(isinstance(item, str) for item in asked)

    def passes_id(traverser: Traverser, run: Run) -> bool:
        value = traverser.value
        _need_element(value)
        identity = run.graph.id_of(value)
        return test(str(identity) if texts else identity) is True

    return passes_id


def _listed(given: Value) -> list[Value]:
    return list(given) if is_collection(given) else [given]


def _need_element(value: Value) -> None:
    if not isinstance(value, Vertex | Edge | VertexProperty):
        raise TraversalError(f"A {java_type(value)} has neither id nor label.", remedy="Go to an element first.")


def _any_of(arguments: tuple[Any, ...]) -> Predicate:
    if len(arguments) == 1 and not isinstance(arguments[0], list | set):
        return predicate_of(arguments[0])
    flat: list[Any] = list(cast("Iterable[Any]", arguments[0])) if len(arguments) == 1 else list(arguments)
    if any(isinstance(item, Predicate) for item in flat):
        raise unsupported("has", "a predicate among values")
    return Predicate("within", (flat,))


@step("hasLabel")
def has_label(instruction: Instruction, compiler: Compiler) -> Process:
    """`hasLabel()`: one of the labels."""
    del compiler
    return Filter(label_test(_any_of(instruction.arguments)))


@step("hasId")
def has_id(instruction: Instruction, compiler: Compiler) -> Process:
    """`hasId()`: one of the ids."""
    del compiler
    return Filter(id_test(_any_of(instruction.arguments)))


@step("hasKey", "hasValue")
def has_part(instruction: Instruction, compiler: Compiler) -> Process:
    """`hasKey()`, `hasValue()`: of properties."""
    del compiler
    name = instruction.name.removeprefix("has").lower()
    return Filter(_token_test(name, _any_of(instruction.arguments)))


@step("hasNot")
def has_not(instruction: Instruction, compiler: Compiler) -> Process:
    """`hasNot()`: the property is absent."""
    del compiler
    key = instruction.arguments[0]
    return Filter(lambda traverser, run: not _property_values(traverser.value, key, run))


@step("timeLimit")
def time_limit(instruction: Instruction, compiler: Compiler) -> Process:
    """`timeLimit()`: what comes within so many milliseconds of the first."""
    del compiler
    limit_s = instruction.arguments[0] / 1000

    def process(starts: Stream, run: Run) -> Stream:
        del run
        end = float("inf")
        for traverser in starts:
            now = time.monotonic()
            end = min(end, now + limit_s)
            if now >= end:
                return
            yield traverser

    return process


@step("any", "all", "none")
def collection_test(instruction: Instruction, compiler: Compiler) -> Process:
    """`any()`, `all()`, `none()`: how many items of a collection pass a predicate."""
    del compiler
    if instruction.name == "none" and not instruction.arguments:
        return Filter(lambda _, __: False)
    test = to_test(predicate_of(instruction.arguments[0]))
    decide: dict[str, Callable[[Any], bool]] = {"any": any, "all": all, "none": lambda answers: not any(answers)}
    judge = decide[instruction.name]
    return Filter(
        lambda traverser, _: is_collection(traverser.value) and judge(test(item) is True for item in traverser.value)
    )


@step("discard")
def discard(instruction: Instruction, compiler: Compiler) -> Process:
    """`discard()`: nothing passes."""
    del instruction, compiler
    return Filter(lambda _, __: False)


@step("coin")
def coin(instruction: Instruction, compiler: Compiler) -> Process:
    """`coin()`: each of equal traversers passes with this probability."""
    del compiler
    chance, mark = instruction.arguments[0], object()

    def process(starts: Stream, run: Run) -> Stream:
        random = run.chance(mark)
        for traverser in starts:
            traverser.bulk = _heads(traverser.bulk, chance, random)
            if traverser.bulk > 0:
                yield traverser

    return process


def _heads(bulk: int, chance: float, random: JavaRandom) -> int:
    """How many of so many throws succeed; of a hundred and more by the normal approximation, as TinkerPop does."""
    if bulk < MANY:
        return sum(chance >= random.fraction() for _ in range(bulk))
    spread = (bulk * chance * (1 - chance)) ** 0.5
    return int(min(bulk, max(0, round(random.normal() * spread + bulk * chance))))


@step("identity")
def identity(instruction: Instruction, compiler: Compiler) -> Process:
    """`identity()`: everything passes."""
    del instruction, compiler
    return Filter(lambda _, __: True)
