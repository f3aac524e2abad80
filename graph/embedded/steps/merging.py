"""`mergeV()` and `mergeE()`: find by a map, or make; `onMatch` and `onCreate` say what then."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from graph.embedded.building import Function, needed_value
from graph.embedded.compiler import Compiler, refuse_modulators
from graph.embedded.ordering import equal
from graph.embedded.plan import IN, OUT, T_ID, T_LABEL, CardinalityValue, Instruction, Plan, Token
from graph.embedded.refusals import TraversalError, unsupported
from graph.embedded.registry import step
from graph.embedded.run import Run
from graph.embedded.steps.mutations import write_property
from graph.embedded.traverser import Process, Stream, Traverser
from graph.embedded.values import ABSENT, Edge, Missing, Value, Vertex, VertexProperty, is_map, java_type

Wanted = dict[Value, Value]
ON_MATCH: Final = Token("Merge", "onMatch")
REMEDY: Final = "See mergeV() and mergeE() in the Gremlin reference."


class _Maps:
    """The maps of a merge step: what to look for, and its options."""

    def __init__(self, instruction: Instruction, compiler: Compiler) -> None:
        refuse_modulators(instruction, "option")
        if any(len(item.arguments) < 2 for item in instruction.modulated("option")):
            raise unsupported(instruction.name, "an option without a Merge")
        self.name = "MergeVertexStep" if instruction.name == "mergeV" else "MergeEdgeStep"
        given = [item.arguments[1] for item in instruction.modulated("option") if item.arguments[0] == ON_MATCH]
        self.refuses_elements = compiler.dialect.version == "3.7" and any(isinstance(item, Plan) for item in given)
        self.shows_match = compiler.dialect.version != "3.7" or compiler.is_first
        """Whether `onMatch` sees the element that was found; behind other steps, 3.7 shows it what came in."""
        self.main = _computed(instruction.arguments[0], instruction.name, compiler) if instruction.arguments else None
        self.options: dict[str, Function] = {}
        self.cardinality: dict[str, str] = {}
        for option in instruction.modulated("option"):
            token, given, *rest = option.arguments
            if not isinstance(token, Token) or token.family != "Merge":
                raise unsupported(instruction.name, "an option that is no Merge")
            self.options[token.name] = _computed(given, "option", compiler)
            if rest:
                self.cardinality[token.name] = rest[0].name
            if token.name in ("onCreate", "onMatch") and is_map(given):
                _check_keys(given, OUT, IN)
                main: Value = instruction.arguments[0] if instruction.arguments else None
                if token.name == "onCreate" and is_map(main):
                    _with_created(main, given)

    def wanted(self, traverser: Traverser, run: Run) -> Wanted:
        if self.refuses_elements and isinstance(traverser.value, Vertex | Edge | VertexProperty):
            raise TraversalError(f"The incoming traverser for {self.name} cannot be an Element", remedy=REMEDY)
        value = traverser.value if self.main is None else self.main(traverser, run)
        wanted = _map(value, "merge")
        return wanted if run.partition is None else {**wanted, run.partition[0]: run.partition[1]}

    def option(self, name: str, traverser: Traverser, run: Run) -> Wanted | None:
        given = self.options.get(name)
        if given is None:
            return None
        return _map(given(traverser, run), name)


def _computed(given: Any, name: str, compiler: Compiler) -> Function:
    if isinstance(given, Plan):
        return needed_value(compiler.pipeline(given), name)
    return lambda _, __: given


def _map(value: Value, name: str) -> Wanted:
    if value is None:
        return {}
    if not is_map(value):
        raise TraversalError(f"{name} must be a map, not a {java_type(value)}.", remedy=REMEDY)
    return dict(value)


def _check_keys(wanted: Wanted, *ends: Token) -> None:
    for key, value in wanted.items():
        if isinstance(key, str):
            if key.startswith("~"):
                raise TraversalError(f"Property key can not be a hidden key: {key}", remedy=REMEDY)
        elif key not in (T_ID, T_LABEL, *ends):
            raise TraversalError(f"A merge map cannot have the key {key}.", remedy=REMEDY)
        elif key == T_LABEL and isinstance(value, str) and value.startswith("~"):
            raise TraversalError(f"Label can not be a hidden key: {value}", remedy=REMEDY)
        elif key in (T_ID, T_LABEL) and value is None:
            raise TraversalError(f"T.{key.name} can not be null in a merge map.", remedy=REMEDY)


def _with_created(wanted: Wanted, created: Wanted | None) -> Wanted:
    for key, value in (created or {}).items():
        if key in wanted and not equal(_plain(wanted[key]), _plain(value)):
            raise TraversalError(f"option(onCreate) cannot override values from merge() argument: {key}", remedy=REMEDY)
    return {**wanted, **(created or {})}


def _plain(value: Value) -> Value:
    return value.value if isinstance(value, CardinalityValue) else value


def _write_all(element: Value, values: Wanted, run: Run, cardinality: str | None) -> None:
    for key, value in values.items():
        if not isinstance(key, str):
            continue
        if isinstance(value, CardinalityValue):
            write_property(element, key, value.value, run, cardinality=value.cardinality)
        else:
            write_property(element, key, value, run, cardinality=cardinality)


def _matching(element: Value, wanted: Wanted, run: Run) -> bool:
    for key, value in wanted.items():
        if key == T_LABEL:
            if run.graph.label_of(element) != value:
                return False
        elif isinstance(key, str) and not any(equal(_plain(value), item) for item in run.graph.values(element, key)):
            return False
    return True


def _found_vertices(wanted: Wanted, run: Run) -> Iterator[Vertex]:
    graph = run.graph
    handles: Iterable[int]
    if T_ID in wanted:
        handle = graph.find_vertex(wanted[T_ID])
        handles = () if handle is None else (handle,)
    elif T_LABEL in wanted:
        handles = graph.vertices_labelled((wanted[T_LABEL],))
    else:
        handles = graph.vertices()
    return (Vertex(handle) for handle in handles if _matching(Vertex(handle), wanted, run))


def _need_map(instruction: Instruction, *, first: bool) -> None:
    if first and not instruction.arguments:
        raise TraversalError(f"{instruction.name}() needs a map at the start of a traversal.", remedy=REMEDY)


@step("mergeV")
def merge_vertex(instruction: Instruction, compiler: Compiler) -> Process:
    """`mergeV()`: all vertices like the map, or a new one."""
    maps = _Maps(instruction, compiler)
    first = compiler.is_first
    _need_map(instruction, first=first)

    def process(starts: Stream, run: Run) -> Stream:
        for traverser in (run.start(None),) if first else list(starts):
            for vertex in _merged_vertices(maps, traverser, run):
                yield run.start(vertex) if first else traverser.move(vertex)

    return process


def _merged_vertices(maps: _Maps, traverser: Traverser, run: Run) -> list[Vertex]:
    wanted = maps.wanted(traverser, run)
    _check_keys(wanted)
    found = list(_found_vertices(wanted, run))
    if found:
        for vertex in found:
            _match(vertex, maps, traverser, run)
        return found
    created = maps.option("onCreate", traverser, run)
    _check_keys(created or {})
    whole = _with_created(wanted, created)
    vertex = run.writer.add_vertex(whole.get(T_LABEL, "vertex"), whole.get(T_ID))
    _write_all(vertex, wanted, run, None)
    _write_all(vertex, created or {}, run, maps.cardinality.get("onCreate"))
    return [vertex]


def _match(element: Value, maps: _Maps, traverser: Traverser, run: Run) -> None:
    changes = maps.option("onMatch", traverser.move(element) if maps.shows_match else traverser, run)
    if changes:
        for key in changes:
            if not isinstance(key, str):
                raise TraversalError(
                    f"option(onMatch) expects keys in Map to be of String - check: {key}", remedy=REMEDY
                )
        _check_keys(changes)
        _write_all(element, changes, run, maps.cardinality.get("onMatch"))


@step("mergeE")
def merge_edge(instruction: Instruction, compiler: Compiler) -> Process:
    """`mergeE()`: all edges like the map, or a new one."""
    maps = _Maps(instruction, compiler)
    first = compiler.is_first
    _need_map(instruction, first=first)

    def process(starts: Stream, run: Run) -> Stream:
        for traverser in (run.start(None),) if first else list(starts):
            for edge in _merged_edges(maps, traverser, run):
                yield run.start(edge) if first else traverser.move(edge)

    return process


def _merged_edges(maps: _Maps, traverser: Traverser, run: Run) -> list[Edge]:
    wanted = maps.wanted(traverser, run)
    _check_keys(wanted, OUT, IN)
    ends = {end: _end(wanted[end], maps, traverser, run) for end in (OUT, IN) if wanted.get(end) is not None}
    found = list(_found_edges(wanted, ends, run))
    if found:
        for edge in found:
            _match(edge, maps, traverser, run)
        return found
    created = maps.option("onCreate", traverser, run) or {}
    _check_keys(created, OUT, IN)
    for end in (OUT, IN):
        if created.get(end) is not None:
            vertex = _end(created[end], maps, traverser, run)
            if end in ends and ends[end] != vertex:
                raise TraversalError(
                    "option(onCreate) cannot override values from merge() argument: ends", remedy=REMEDY
                )
            ends[end] = vertex
    plain = _without_ends(wanted)
    whole = _with_created(plain, _without_ends(created))
    edge = _new_edge(whole, ends, run)
    _write_all(edge, plain, run, None)
    _write_all(edge, _without_ends(created), run, None)
    return [edge]


def _without_ends(values: Wanted) -> Wanted:
    return {key: value for key, value in values.items() if key not in (OUT, IN)}


def _new_edge(whole: Wanted, ends: dict[Token, Vertex | None], run: Run) -> Edge:
    for end, name in ((OUT, "Out"), (IN, "In")):
        if end not in ends:
            raise TraversalError(f"{name} Vertex not specified - edge cannot be created", remedy=REMEDY)
    out, in_ = ends[OUT], ends[IN]
    if out is None or in_ is None:
        raise TraversalError("Vertex id could not be resolved from mergeE", remedy="Create the vertex first.")
    return run.writer.add_edge(whole.get(T_LABEL, "edge"), out, in_, whole.get(T_ID))


def _end(given: Value, maps: _Maps, traverser: Traverser, run: Run) -> Vertex | None:
    """The vertex at an end; None when there is none with that id."""
    if isinstance(given, Token) and given.family == "Merge":
        option = maps.options.get(given.name)
        if option is None:
            raise TraversalError(f"option({given.name}) must be specified", remedy=REMEDY)
        given = option(traverser, run)
    if isinstance(given, Vertex):
        return given
    if is_map(given):
        return next(_found_vertices(given, run), None)
    if given is None or given is ABSENT:
        return None
    handle = run.graph.find_vertex(given.id if isinstance(given, Missing) else given)
    return None if handle is None else Vertex(handle)


def _found_edges(wanted: Wanted, ends: dict[Token, Vertex | None], run: Run) -> Iterator[Edge]:
    if None in ends.values():
        return iter(())
    return (edge for edge in _candidates(wanted, ends, run) if _matching(edge, _without_ends(wanted), run))


def _candidates(wanted: Wanted, ends: dict[Token, Vertex | None], run: Run) -> Iterator[Edge]:
    graph, out, in_ = run.graph, ends.get(OUT), ends.get(IN)
    labels = (wanted[T_LABEL],) if T_LABEL in wanted else ()
    if T_ID in wanted:
        handle = graph.find_edge(wanted[T_ID])
        if handle is not None and _joins(graph.ends(handle), out, in_):
            yield Edge(handle)
    elif out is not None:
        for edge, other in graph.steps(out.handle, "OUT", labels):
            if in_ is None or other == in_.handle:
                yield Edge(edge)
    elif in_ is not None:
        yield from (Edge(edge) for edge, _ in graph.steps(in_.handle, "IN", labels))
    else:
        yield from map(Edge, list(graph.edges()))


def _joins(ends: tuple[int, int], out: Vertex | None, in_: Vertex | None) -> bool:
    return (out is None or ends[0] == out.handle) and (in_ is None or ends[1] == in_.handle)
