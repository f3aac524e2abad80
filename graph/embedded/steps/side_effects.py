"""Side effects: aggregate, cap, sideEffect, with their lazy and eager forms."""

from graph.embedded.building import Function
from graph.embedded.compiler import Compiler, refuse_modulators
from graph.embedded.modulators import apply_by
from graph.embedded.plan import LOCAL, Instruction, Token
from graph.embedded.refusals import TraversalError
from graph.embedded.registry import step
from graph.embedded.run import Run
from graph.embedded.steps.reducing import reduced, settled
from graph.embedded.traverser import Process, Stream, Traverser, flow_one
from graph.embedded.values import ABSENT, BulkSet, Edge, Subgraph, Vertex, java_type


@step("aggregate", "store")
def aggregate(instruction: Instruction, compiler: Compiler) -> Process:
    """`aggregate()`: gather all values first; with Scope.local, and `store()`, each as it passes."""
    arguments = list(instruction.arguments)
    scope = arguments.pop(0) if isinstance(arguments[0], Token) else None
    name = str(arguments[0])
    compiler.side_effects.setdefault(name, BulkSet)
    by = compiler.one_by(instruction)
    if scope == LOCAL or instruction.name == "store":
        return lambda starts, run: _lazily(starts, name, by, run)

    def process(starts: Stream, run: Run) -> Stream:
        held = list(starts)
        bag = BulkSet()
        for traverser in held:
            _put(bag, traverser, by, run)
        run.gather(name, bag)
        return iter(held)

    return process


def _lazily(starts: Stream, name: str, by: Function | None, run: Run) -> Stream:
    for traverser in starts:
        bag = BulkSet()
        _put(bag, traverser, by, run)
        run.gather(name, bag)
        yield traverser


def _put(bag: BulkSet, traverser: Traverser, by: Function | None, run: Run) -> None:
    value = apply_by(by, traverser.value, traverser, run)
    if value is not ABSENT:
        bag.add(value, traverser.bulk)


@step("cap")
def cap(instruction: Instruction, compiler: Compiler) -> Process:
    """`cap()`: let all pass, then give the side effect; several as a map."""
    names, known = instruction.arguments, compiler.side_effects

    def process(starts: Stream, run: Run) -> Stream:
        for _ in starts:
            pass
        for name in names:
            if name not in run.side_effects:
                if name not in known:
                    raise TraversalError(
                        f"The side-effect key does not exist in the side-effects: {name}", remedy="Name one that does."
                    )
                run.side_effects[name] = known[name]()
        found = {name: settled(run.side_effects[name], run) for name in names}
        yield from reduced(run, found[names[0]] if len(names) == 1 else found)

    return process


@step("subgraph")
def subgraph(instruction: Instruction, compiler: Compiler) -> Process:
    """`subgraph()`: gather edges and their ends under a name, and let them pass."""
    refuse_modulators(instruction)
    name = instruction.arguments[0]
    compiler.side_effects.setdefault(name, Subgraph)

    def process(starts: Stream, run: Run) -> Stream:
        for traverser in starts:
            edge = traverser.value
            if not isinstance(edge, Edge):
                raise TraversalError(
                    f"{java_type(edge)} can not be gathered: subgraph() takes edges.", remedy="Go to edges first."
                )
            _gathered(name, run).edges[edge] = None
            _gathered(name, run).vertices.update((Vertex(end), None) for end in run.graph.ends(edge.handle))
            yield traverser

    return process


def _gathered(name: str, run: Run) -> Subgraph:
    found = run.side_effects.setdefault(name, Subgraph())
    if not isinstance(found, Subgraph):
        raise TraversalError(f"The side effect '{name}' is no graph.", remedy="Use another name.")
    return found


@step("sideEffect")
def side_effect(instruction: Instruction, compiler: Compiler) -> Process:
    """`sideEffect()`: run a child for each traverser and let it pass."""
    child = compiler.child(instruction.arguments[0], "sideEffect")

    def process(starts: Stream, run: Run) -> Stream:
        for traverser in starts:
            for _ in flow_one(child, traverser, run):
                pass
            yield traverser

    return process
