"""Writes: addV, addE, property, drop."""

from typing import Any

from graph.embedded.building import Function, first_value
from graph.embedded.compiler import Compiler, refuse_modulators
from graph.embedded.plan import T_ID, T_LABEL, CardinalityValue, Instruction, Plan, Token
from graph.embedded.refusals import TraversalError
from graph.embedded.registry import step
from graph.embedded.run import Run
from graph.embedded.scoping import scope_value
from graph.embedded.traverser import Process, Stream, Traverser
from graph.embedded.values import ABSENT, Edge, Missing, Value, Vertex, VertexProperty, is_map, java_type


def computed(given: Any, compiler: Compiler) -> Function:
    """A value that is given, or that a child traversal finds."""
    if isinstance(given, Plan):
        return first_value(compiler.pipeline(given))
    return lambda _, __: given


@step("addV")
def add_vertex(instruction: Instruction, compiler: Compiler) -> Process:
    """`addV()`: a new vertex, once for each traverser, with the properties that follow at once."""
    label = computed(instruction.arguments[0] if instruction.arguments else "vertex", compiler)
    first = compiler.is_first
    settings = _Settings(instruction, compiler)

    def process(starts: Stream, run: Run) -> Stream:
        for traverser in (run.start(None),) if first else starts:
            for _ in range(traverser.bulk):
                vertex = run.writer.add_vertex(
                    _text((settings.label or label)(traverser, run)), settings.identity(traverser, run)
                )
                settings.write(vertex, traverser, run)
                yield run.start(vertex) if first else _single(traverser, vertex)

    return process


def _single(traverser: Traverser, value: Value) -> Traverser:
    moved = traverser.move(value)
    moved.bulk = 1
    return moved


def _text(label: Value) -> Value:
    if label is ABSENT:
        raise TraversalError("The label's traversal gives nothing.", remedy="Give a label.")
    return label


class _Settings:
    """What `property()` steps right after an addV or addE say: the id, and properties."""

    def __init__(self, instruction: Instruction, compiler: Compiler) -> None:
        self.id: Function | None = None
        self.properties: list[Function] = []
        self.writes: list[_Write] = []
        self.label: Function | None = None
        for modulator in instruction.modulated("property"):
            arguments = modulator.arguments
            if arguments[0] == T_ID:
                self.id = computed(arguments[1], compiler)
            elif arguments[0] == T_LABEL:
                self.label = computed(arguments[1], compiler)
            else:
                self.writes.extend(_writes(modulator, compiler))

    def identity(self, traverser: Traverser, run: Run) -> Value:
        return None if self.id is None else self.id(traverser, run)

    def write(self, element: Value, traverser: Traverser, run: Run) -> None:
        seen: set[Value] = set()
        if run.partition is not None:
            write_property(element, *run.partition, run)
        for item in self.writes:
            item.apply(element, traverser, run, seen if isinstance(element, Vertex) else None)


class _Write:
    """One property to be written."""

    def __init__(
        self, key: Function, value: Function, cardinality: str | None, meta: list[tuple[Any, Function]]
    ) -> None:
        self.key = key
        self.value = value
        self.cardinality = cardinality
        self.meta = meta

    def apply(self, element: Value, traverser: Traverser, run: Run, seen: set[Value] | None = None) -> None:
        """Write it; `seen` are the keys that the same addV has written, which keep all their values."""
        key, value = self.key(traverser, run), self.value(traverser, run)
        if value is ABSENT or key is ABSENT:
            raise TraversalError("The provided traverser does not map to a value.", remedy="Use coalesce().")
        cardinality = self.cardinality
        if seen is not None:
            if cardinality is None and key in seen:
                cardinality = "list"
            seen.add(key)
        if isinstance(value, CardinalityValue):
            cardinality, value = value.cardinality, value.value
        meta = {name: found(traverser, run) for name, found in self.meta}
        write_property(element, key, value, run, cardinality=cardinality, meta=meta)


def write_property(
    element: Value,
    key: Value,
    value: Value,
    run: Run,
    *,
    cardinality: str | None = None,
    meta: dict[Value, Value] | None = None,
) -> None:
    """Write a property of any element; a null value removes it, as single cardinality does."""
    writer = run.writer
    if isinstance(element, Vertex):
        if value is None:
            if cardinality in (None, "single"):
                writer.remove_key(element, key)
            return
        meta = {**(meta or {}), **dict((run.partition,) if run.partition and run.partition_meta else ())}
        identity = meta.pop(T_ID, None)
        written = writer.set_vertex_property(
            element, key, value, cardinality=cardinality or "single", identity=identity
        )
        for name, item in meta.items():
            writer.set_meta(written, name, item)
    elif cardinality is not None and cardinality != "single":
        raise TraversalError("Property cardinality can only be set for a Vertex", remedy="Leave it out for edges.")
    elif isinstance(element, Edge):
        if value is None:
            writer.remove_key(element, key)
        else:
            writer.set_edge_property(element, key, value)
    elif isinstance(element, VertexProperty):
        writer.set_meta(element, key, value)
    else:
        raise TraversalError(f"A {java_type(element)} has no properties.", remedy="Go to an element first.")


def _writes(instruction: Instruction, compiler: Compiler) -> list[_Write]:
    arguments = list(instruction.arguments)
    cardinality = None
    if isinstance(arguments[0], Token) and arguments[0].family == "Cardinality":
        cardinality = arguments.pop(0).name
    elif arguments[0] is None and len(arguments) % 2 == 1:
        arguments.pop(0)
    if len(arguments) == 1 and is_map(arguments[0]):
        return [
            _Write(computed(key, compiler), computed(value, compiler), cardinality, [])
            for key, value in arguments[0].items()
        ]
    if len(arguments) < 2:
        return []
    key, value, *rest = arguments
    if len(rest) % 2:
        raise TraversalError("property() has a key without a value.", remedy="Give keys and values in turn.")
    if isinstance(key, Token):
        raise TraversalError(
            f"T.{key.name} can only be set when the element is added.", remedy="Put it right after addV()."
        )
    meta = [(rest[place], computed(rest[place + 1], compiler)) for place in range(0, len(rest), 2)]
    return [_Write(computed(key, compiler), computed(value, compiler), cardinality, meta)]


@step("property")
def property_step(instruction: Instruction, compiler: Compiler) -> Process:
    """`property()`: write a property and pass."""
    writes = _writes(instruction, compiler)

    def process(starts: Stream, run: Run) -> Stream:
        for traverser in starts:
            for item in writes:
                item.apply(traverser.value, traverser, run)
            yield traverser

    return process


@step("addE")
def add_edge(instruction: Instruction, compiler: Compiler) -> Process:
    """`addE()`: a new edge; without `from` or `to` the traverser's vertex is that end."""
    refuse_modulators(instruction, "from", "to", "property", "with")
    label = computed(instruction.arguments[0], compiler)
    first = compiler.is_first
    ends = [_end(instruction, name, compiler) for name in ("from", "to")]
    settings = _Settings(instruction, compiler)

    def process(starts: Stream, run: Run) -> Stream:
        for traverser in (run.start(None),) if first else starts:
            for _ in range(traverser.bulk):
                out, in_ = (
                    _resolved(end, name, traverser, run) for end, name in zip(ends, ("from", "to"), strict=True)
                )
                edge = run.writer.add_edge(_text(label(traverser, run)), out, in_, settings.identity(traverser, run))
                settings.write(edge, traverser, run)
                yield run.start(edge) if first else _single(traverser, edge)

    return process


def _end(instruction: Instruction, name: str, compiler: Compiler) -> Function:
    modulators = instruction.modulated(name)
    if not modulators:
        return lambda traverser, _: traverser.value
    given = modulators[-1].arguments[0]
    if isinstance(given, str):
        return lambda traverser, run: _labelled(traverser, given, run)
    return computed(given, compiler)


def _labelled(traverser: Traverser, given: str, run: Run) -> Value:
    found = scope_value(traverser, given, "last", run)
    return given if found is ABSENT else found


def _resolved(end: Function, name: str, traverser: Traverser, run: Run) -> Vertex:
    value = end(traverser, run)
    if isinstance(value, Vertex):
        return value
    handle = None
    if value is not ABSENT and value is not None and not isinstance(value, Edge | dict | list | set):
        handle = run.graph.find_vertex(value.id if isinstance(value, Missing) else value)
    if handle is None:
        shown = "null" if value is None or value is ABSENT else java_type(value)
        raise TraversalError(
            f"The value given to addE(..).{name}() must resolve to a Vertex or the ID of a Vertex present in the graph,"
            f" but {shown} was specified instead",
            remedy="Give a vertex.",
        )
    return Vertex(handle)


@step("drop")
def drop(instruction: Instruction, compiler: Compiler) -> Process:
    """`drop()`: remove elements and properties; nothing passes."""
    del instruction, compiler

    def process(starts: Stream, run: Run) -> Stream:
        for traverser in list(starts):
            run.writer.remove(traverser.value)
        yield from ()

    return process
