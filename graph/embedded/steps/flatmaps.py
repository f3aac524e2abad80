"""Steps that give many values for one: V, E, neighbours, properties, unfold, inject."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from graph.embedded.building import FlatMap, Map
from graph.embedded.compiler import Compiler
from graph.embedded.plan import Instruction, Plan
from graph.embedded.refusals import TraversalError, unsupported
from graph.embedded.registry import step
from graph.embedded.run import Run
from graph.embedded.traverser import Process, Stream, Traverser
from graph.embedded.values import (
    BulkSet,
    Edge,
    Entry,
    Missing,
    Path,
    Property,
    Value,
    Vertex,
    VertexProperty,
    is_map,
    items,
    java_type,
)

DIRECTIONS: Final = {"out": "OUT", "in": "IN", "both": "BOTH"}


@step("V", "E")
def elements(instruction: Instruction, compiler: Compiler) -> Process:
    """`V()` and `E()`: all elements, or those of the ids, once for each traverser."""
    ids = _flat(instruction.arguments)
    find, other = (_find_vertices, Edge) if instruction.name == "V" else (_find_edges, Vertex)
    if any(isinstance(item, other) for item in ids):
        raise unsupported(instruction.name, f"a {other.__name__}")
    if compiler.is_first:
        return lambda _, run: (run.start(value) for value in find(run, ids))
    return FlatMap(lambda _, run: find(run, ids))


def _flat(arguments: Iterable[Any]) -> list[Any]:
    found: list[Any] = []
    for argument in arguments:
        found.extend(items(argument) if isinstance(argument, list | set) else [argument])
    return found


def _find_vertices(run: Run, ids: list[Any]) -> Iterator[Vertex]:
    graph = run.graph
    if not ids:
        return map(Vertex, graph.vertices())
    named = (item if isinstance(item, Vertex) else _lookup(graph.find_vertex, item) for item in ids)
    known = (item if isinstance(item, Vertex) else Vertex(item) for item in named if item is not None)
    return (vertex for vertex in known if vertex.handle not in graph.overlay.dead_vertices)


def _find_edges(run: Run, ids: list[Any]) -> Iterator[Edge]:
    graph = run.graph
    if not ids:
        return map(Edge, graph.edges())
    named = (item if isinstance(item, Edge) else _lookup(graph.find_edge, item) for item in ids)
    known = (item if isinstance(item, Edge) else Edge(item) for item in named if item is not None)
    return (edge for edge in known if edge.handle not in graph.overlay.dead_edges)


def _lookup(find: Callable[[Value], int | None], item: Value) -> int | None:
    if isinstance(item, Plan):
        raise unsupported("V", "a traversal as id")
    if item is None:
        return None
    return find(item.id if isinstance(item, Missing) else item)


def _labels(instruction: Instruction) -> tuple[str, ...] | None:
    """Edge labels of a step: empty for any; None when only nulls were given, which match nothing."""
    labels = instruction.arguments
    for label in labels:
        if label is not None and not isinstance(label, str):
            raise unsupported(instruction.name, "a label that is no text")
    kept = tuple(label for label in labels if label is not None)
    return None if labels and not kept else kept


@step("out", "in", "both")
def neighbours(instruction: Instruction, compiler: Compiler) -> Process:
    """`out()`, `in()`, `both()`: vertices one edge away."""
    del compiler
    labels, direction = _labels(instruction), DIRECTIONS[instruction.name]

    def function(traverser: Traverser, run: Run) -> Iterable[Value]:
        vertex = _vertex(traverser.value, instruction.name)
        return () if labels is None else map(Vertex, run.graph.neighbours(vertex, direction, labels))

    return FlatMap(function)


@step("outE", "inE", "bothE")
def incident(instruction: Instruction, compiler: Compiler) -> Process:
    """`outE()`, `inE()`, `bothE()`: edges at a vertex."""
    del compiler
    labels, direction = _labels(instruction), DIRECTIONS[instruction.name.removesuffix("E")]

    def function(traverser: Traverser, run: Run) -> Iterable[Value]:
        vertex = _vertex(traverser.value, instruction.name)
        return () if labels is None else (Edge(edge) for edge, _ in run.graph.steps(vertex, direction, labels))

    return FlatMap(function)


def _vertex(value: Value, name: str) -> int:
    if not isinstance(value, Vertex):
        raise TraversalError(f"{name}() needs a vertex, not a {java_type(value)}.", remedy="Go to a vertex first.")
    return value.handle


def _edge(value: Value, name: str) -> int:
    if not isinstance(value, Edge):
        raise TraversalError(f"{name}() needs an edge, not a {java_type(value)}.", remedy="Go to an edge first.")
    return value.handle


@step("outV")
def out_vertex(instruction: Instruction, compiler: Compiler) -> Process:
    """`outV()`: the vertex an edge leaves."""
    del instruction, compiler
    return Map(lambda traverser, run: Vertex(run.graph.ends(_edge(traverser.value, "outV"))[0]))


@step("inV")
def in_vertex(instruction: Instruction, compiler: Compiler) -> Process:
    """`inV()`: the vertex an edge reaches."""
    del instruction, compiler
    return Map(lambda traverser, run: Vertex(run.graph.ends(_edge(traverser.value, "inV"))[1]))


@step("bothV")
def both_vertices(instruction: Instruction, compiler: Compiler) -> Process:
    """`bothV()`: both ends of an edge."""
    del instruction, compiler
    return FlatMap(lambda traverser, run: map(Vertex, run.graph.ends(_edge(traverser.value, "bothV"))))


@step("otherV")
def other_vertex(instruction: Instruction, compiler: Compiler) -> Process:
    """`otherV()`: the end of an edge that the traverser did not come from."""
    del instruction, compiler

    def function(traverser: Traverser, run: Run) -> Value:
        out, in_ = run.graph.ends(_edge(traverser.value, "otherV"))
        node = traverser.trail
        while node is not None:
            if isinstance(node.value, Vertex) and node.value.handle in (out, in_):
                return Vertex(in_ if node.value.handle == out else out)
            node = node.parent
        raise TraversalError("otherV() needs the vertex that the edge was reached from.", remedy="Use outV() or inV().")

    return Map(function)


@step("toV", "toE")
def towards(instruction: Instruction, compiler: Compiler) -> Process:
    """`toV(direction)` and `toE(direction, labels)`: the same steps with the direction as argument."""
    names = {"OUT": "out", "IN": "in", "BOTH": "both"}
    direction, *labels = instruction.arguments
    return compiler.step(Instruction(names[direction.name] + instruction.name[-1], tuple(labels)))


@step("to")
def to_vertices(instruction: Instruction, compiler: Compiler) -> Process:
    """`to(direction, labels)`: `out`, `in` or `both` with the direction as argument."""
    direction, *labels = instruction.arguments
    return compiler.step(Instruction({"OUT": "out", "IN": "in", "BOTH": "both"}[direction.name], tuple(labels)))


@step("values")
def values(instruction: Instruction, compiler: Compiler) -> Process:
    """`values()`: the values of an element's properties."""
    del compiler
    keys = tuple(key for key in instruction.arguments if key is not None)
    if instruction.arguments and not keys:
        return FlatMap(lambda _, __: ())
    if len(keys) == 1:
        return FlatMap(lambda traverser, run: run.graph.values(_element(traverser.value, "values"), keys[0]))
    return FlatMap(
        lambda traverser, run: [item.value for item in run.graph.properties(_element(traverser.value, "values"), keys)]
    )


@step("properties")
def properties(instruction: Instruction, compiler: Compiler) -> Process:
    """`properties()`: an element's properties."""
    del compiler
    keys = tuple(key for key in instruction.arguments if key is not None)
    if instruction.arguments and not keys:
        return FlatMap(lambda _, __: ())
    return FlatMap(lambda traverser, run: run.graph.properties(_element(traverser.value, "properties"), keys))


def _element(value: Value, name: str) -> Value:
    if isinstance(value, Vertex | Edge | VertexProperty):
        return value
    raise TraversalError(f"{name}() needs an element, not a {java_type(value)}.", remedy="Go to an element first.")


@step("unfold")
def unfold(instruction: Instruction, compiler: Compiler) -> Process:
    """`unfold()`: the items of a collection, the entries of a map; anything else as it is."""
    del instruction, compiler

    def process(starts: Stream, _: Run) -> Stream:
        for traverser in starts:
            value = traverser.value
            if isinstance(value, BulkSet):
                for item, bulk in value.pairs():
                    moved = traverser.move(item)
                    moved.bulk = traverser.bulk * bulk
                    yield moved
            else:
                for item in _unfolded(value):
                    yield traverser.move(item)

    return process


def _unfolded(value: Value) -> Iterable[Value]:
    if is_map(value):
        return [Entry(key, item) for key, item in value.items()]
    if isinstance(value, Path):
        return value.objects
    return items(value) if isinstance(value, list | tuple | set | frozenset) else (value,)


@step("inject")
def inject(instruction: Instruction, compiler: Compiler) -> Process:
    """`inject()`: these values, then those that come."""
    nested = compiler.depth > 1

    def process(starts: Stream, run: Run) -> Stream:
        if nested:
            yield from starts
        for value in instruction.arguments:
            yield run.start(value)
        yield from starts

    return process


@step("element")
def element(instruction: Instruction, compiler: Compiler) -> Process:
    """`element()`: what a property belongs to."""
    del instruction, compiler

    def function(traverser: Traverser, _: Run) -> Value:
        if not isinstance(traverser.value, Property | VertexProperty):
            kind = java_type(traverser.value)
            raise TraversalError(f"element() needs a property, not a {kind}.", remedy="Go to a property first.")
        return traverser.value.owner

    return Map(function)
