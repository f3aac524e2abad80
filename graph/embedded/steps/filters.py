"""Filters: has and its forms, is, where, and, or, not, filter, dedup, ranges, coin, sample, none, any, all."""

from collections.abc import Callable, Container, Iterable
from typing import Any, Final, cast

from graph.embedded.building import Filter, Test, passes
from graph.embedded.chance import JavaRandom
from graph.embedded.compiler import Compiler
from graph.embedded.modulators import apply_by
from graph.embedded.ordering import equal
from graph.embedded.plan import Instruction, Plan, Predicate, Token
from graph.embedded.predicates import LOGIC, operands, substituted, to_test
from graph.embedded.refusals import TraversalError, unsupported
from graph.embedded.registry import step
from graph.embedded.run import Run
from graph.embedded.scoping import known_value
from graph.embedded.traverser import Pipeline, Process, Stream, Traverser, flow_one
from graph.embedded.values import (
    ABSENT,
    Edge,
    Property,
    Value,
    Vertex,
    VertexProperty,
    is_collection,
    is_list,
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
    return Filter(lambda traverser, _: test(traverser.value) is True)


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
    return lambda traverser, run: any(test(value) is True for value in _property_values(traverser.value, key, run))


def _token_test(name: str, predicate: Predicate) -> Test:
    if name == "id":
        return id_test(predicate)
    if name == "label":
        return label_test(predicate)
    test = to_test(predicate)

    def passes_part(traverser: Traverser, _: Run) -> bool:
        value = traverser.value
        if not isinstance(value, Property | VertexProperty):
            return False
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


@step("and")
def and_step(instruction: Instruction, compiler: Compiler) -> Process:
    """`and()`: every child has a result."""
    tests = [child_test(item, compiler, "and") for item in instruction.arguments]
    return Filter(lambda traverser, run: all(test(traverser, run) for test in tests))


@step("or")
def or_step(instruction: Instruction, compiler: Compiler) -> Process:
    """`or()`: some child has a result."""
    tests = [child_test(item, compiler, "or") for item in instruction.arguments]
    return Filter(lambda traverser, run: any(test(traverser, run) for test in tests))


@step("not")
def not_step(instruction: Instruction, compiler: Compiler) -> Process:
    """`not()`: the child has no result."""
    test = child_test(instruction.arguments[0], compiler, "not")
    return Filter(lambda traverser, run: not test(traverser, run))


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
    """Whether a child has a result; `as` at its start and end refers to what the traverser has labelled."""
    if not isinstance(given, Plan):
        raise unsupported(name, "an argument that is no traversal")
    steps = list(given.steps)
    starts_named = len(steps) > 0 and steps[0].name == "as"
    ends_named = len(steps) > 1 and steps[-1].name == "as"
    if name not in ("where", "filter", "and", "or", "not") or not (starts_named or ends_named):
        return passes(compiler.pipeline(given))
    start = steps[0].arguments[0] if starts_named else None
    end = steps[-1].arguments[0] if ends_named else None
    body = tuple(steps[1 if starts_named else 0 : -1 if ends_named else None])
    return _named_test(start, compiler.pipeline(Plan((), body)), end, compiler.side_effects)


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
