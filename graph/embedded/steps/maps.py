"""Steps that give one value for one: tokens, constants, maps of properties, map, flatMap, loops, sack."""

from typing import Any, Final

from graph.embedded.building import Map, first_value
from graph.embedded.compiler import Compiler, refuse_modulators
from graph.embedded.modulators import apply_by, token_value
from graph.embedded.operators import operator_function
from graph.embedded.plan import IN, OUT, T_ID, T_KEY, T_LABEL, T_VALUE, Instruction, Token
from graph.embedded.refusals import TraversalError, unsupported
from graph.embedded.registry import step
from graph.embedded.run import Run
from graph.embedded.traverser import Loop, Process, Stream, Traverser, flow_single
from graph.embedded.values import ABSENT, Edge, Path, Value, Vertex, VertexProperty, is_collection, items, java_type

TOKENS_OPTION: Final = "~tinkerpop.valueMap.tokens"
IDS: Final = 1
LABELS: Final = 2
KEYS: Final = 4
VALUES: Final = 8
ALL: Final = 15


@step("id", "label", "key", "value")
def token_step(instruction: Instruction, compiler: Compiler) -> Process:
    """`id()`, `label()`, `key()`, `value()`."""
    del compiler
    name = instruction.name
    return Map(_id if name == "id" else lambda traverser, run: token_value(traverser.value, name, run))


def _id(traverser: Traverser, run: Run) -> Value:
    value = traverser.value
    return run.graph.vertex_id(value.handle) if type(value) is Vertex else token_value(value, "id", run)


@step("constant")
def constant(instruction: Instruction, compiler: Compiler) -> Process:
    """`constant()`: always this value."""
    del compiler
    value = instruction.arguments[0]
    return Map(lambda _, __: value)


@step("map")
def map_step(instruction: Instruction, compiler: Compiler) -> Process:
    """`map()`: the first result of a child."""
    return Map(first_value(compiler.child(instruction.arguments[0], "map")))


@step("flatMap")
def flat_map(instruction: Instruction, compiler: Compiler) -> Process:
    """`flatMap()`: all results of a child."""
    child = compiler.child(instruction.arguments[0], "flatMap")

    def process(starts: Stream, run: Run) -> Stream:
        for traverser in starts:
            for found in flow_single(child, traverser, run):
                moved = traverser.move(found.value)
                moved.bulk = found.bulk * traverser.bulk
                yield moved

    return process


@step("loops")
def loops(instruction: Instruction, compiler: Compiler) -> Process:
    """`loops()`: how often the traverser has gone round."""
    del compiler
    name = instruction.arguments[0] if instruction.arguments else None

    def function(traverser: Traverser, _: Run) -> Value:
        loop: Loop | None = traverser.loop
        while loop is not None and name is not None and loop.name != name:
            loop = loop.parent
        if loop is None:
            what = "no repeat()" if name is None else f"no repeat() called {name}"
            raise TraversalError(f"loops() stands in {what}.", remedy="Ask in a repeat(), its until() or emit().")
        return loop.count

    return Map(function)


@step("sack")
def sack(instruction: Instruction, compiler: Compiler) -> Process:
    """`sack()`: what the traverser carries; `sack(operator)`: carry something else."""
    if not instruction.arguments:
        return Map(lambda traverser, _: None if traverser.sack is ABSENT else traverser.sack)
    operator = instruction.arguments[0]
    if not isinstance(operator, Token) or operator.family != "Operator":
        raise unsupported("sack", "a function")
    function = operator_function(operator.name)
    by = compiler.one_by(instruction)

    def process(starts: Stream, run: Run) -> Stream:
        for traverser in starts:
            value = apply_by(by, traverser.value, traverser, run)
            if value is not ABSENT:
                present = None if traverser.sack is ABSENT else traverser.sack
                traverser.sack = function(present, value)
                yield traverser

    return process


@step("valueMap", "propertyMap")
def value_map(instruction: Instruction, compiler: Compiler) -> Process:
    """`valueMap()`: property values by key, as lists for vertices; `propertyMap()`: the properties themselves."""
    refuse_modulators(instruction, "by", "with")
    keys, tokens = _keys_and_tokens(instruction)
    bys = instruction.modulated("by")
    if len(bys) > 1 and compiler.dialect.version != "3.7":
        raise TraversalError(f"{instruction.name}() step can only have one by modulator", remedy="Remove all but one.")
    turns = [compiler.by(item) for item in bys]
    whole = instruction.name == "propertyMap"

    def function(traverser: Traverser, run: Run) -> Value:
        value = traverser.value
        _need_element(value, instruction.name)
        found: dict[Value, Value] = _token_entries(value, tokens, run)
        listed: dict[Value, list[Value]] = {}
        for item in run.graph.properties(value, keys):
            listed.setdefault(item.key, []).append(item if whole else item.value)
        for place, (key, values) in enumerate(listed.items()):
            single = not isinstance(value, Vertex)
            kept: Value = values[0] if single else values
            if turns:
                kept = apply_by(turns[place % len(turns)], kept, traverser, run)
            if kept is not ABSENT:
                found[key] = kept
        return found

    return Map(function)


def _need_element(value: Value, name: str) -> None:
    if not isinstance(value, Vertex | Edge | VertexProperty):
        raise TraversalError(f"{name}() needs an element, not a {java_type(value)}.", remedy="Go to an element first.")


def _keys_and_tokens(instruction: Instruction) -> tuple[tuple[str, ...], int]:
    arguments = list(instruction.arguments)
    tokens = 0
    if arguments and isinstance(arguments[0], bool):
        tokens = IDS | LABELS | KEYS | VALUES if arguments.pop(0) else 0
    for modulator in instruction.modulated("with"):
        option, *rest = modulator.arguments
        if option != TOKENS_OPTION:
            raise unsupported(instruction.name, f"with({option})")
        tokens = rest[0] if rest else ALL
    return tuple(arguments), tokens


def _token_entries(value: Value, tokens: int, run: Run) -> dict[Value, Value]:
    found: dict[Value, Value] = {}
    if isinstance(value, VertexProperty):
        if tokens & IDS:
            found[T_ID] = value.id
        if tokens & KEYS:
            found[T_KEY] = value.key
        if tokens & VALUES:
            found[T_VALUE] = value.value
        return found
    if tokens & IDS:
        found[T_ID] = run.graph.id_of(value)
    if tokens & LABELS:
        found[T_LABEL] = run.graph.label_of(value)
    return found


@step("elementMap")
def element_map(instruction: Instruction, compiler: Compiler) -> Process:
    """`elementMap()`: id, label, for edges both ends, and one value for each property."""
    refuse_modulators(instruction)
    del compiler
    keys = tuple(instruction.arguments)

    def function(traverser: Traverser, run: Run) -> Value:
        value = traverser.value
        _need_element(value, "elementMap")
        found = _token_entries(value, IDS | LABELS | KEYS | VALUES, run)
        if isinstance(value, Edge):
            out, in_ = run.graph.ends(value.handle)
            found[IN], found[OUT] = _end(in_, run), _end(out, run)
        for item in run.graph.properties(value, keys):
            found[item.key] = item.value
        return found

    return Map(function)


def _end(handle: int, run: Run) -> dict[Value, Value]:
    return {T_ID: run.graph.vertex_id(handle), T_LABEL: run.graph.vertex_label(handle)}


@step("index")
def index(instruction: Instruction, compiler: Compiler) -> Process:
    """`index()`: items with their place, as pairs or as a map."""
    del compiler
    as_map = False
    for modulator in instruction.modulated("with"):
        as_map = modulator.arguments[-1] == 1

    def function(traverser: Traverser, _: Run) -> Value:
        value = traverser.value
        listed: list[Any] = list(items(value)) if is_collection(value) or isinstance(value, Path) else [value]
        if as_map:
            return dict(enumerate(listed))
        return [[item, place] for place, item in enumerate(listed)]

    return Map(function)


@step("fail")
def fail(instruction: Instruction, compiler: Compiler) -> Process:
    """`fail()`: the traversal ends with an error when a traverser comes here."""
    del compiler
    message = instruction.arguments[0] if instruction.arguments else "fail() step triggered"

    def function(_: Traverser, __: Run) -> Value:
        raise TraversalError(str(message), remedy="The traversal's own fail() said so.")

    return Map(function)
