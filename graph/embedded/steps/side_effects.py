"""Side effects: aggregate, cap, sideEffect, with their lazy and eager forms."""

from graph.embedded.building import Function
from graph.embedded.compiler import Compiler
from graph.embedded.modulators import apply_by
from graph.embedded.plan import LOCAL, Instruction, Token
from graph.embedded.refusals import TraversalError
from graph.embedded.registry import step
from graph.embedded.run import Run
from graph.embedded.steps.reducing import reduced, settled
from graph.embedded.traverser import Process, Stream, Traverser, flow_one
from graph.embedded.values import ABSENT, BulkSet, Value


@step("aggregate", "store")
def aggregate(instruction: Instruction, compiler: Compiler) -> Process:
    """`aggregate()`: gather all values first; with Scope.local, and `store()`, each as it passes."""
    arguments = list(instruction.arguments)
    scope = arguments.pop(0) if isinstance(arguments[0], Token) else None
    name = str(arguments[0])
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
    names = instruction.arguments
    del compiler

    def process(starts: Stream, run: Run) -> Stream:
        for _ in starts:
            pass
        for name in names:
            if name not in run.side_effects:
                run.side_effects.setdefault(name, _empty(name, run))
        found = {name: settled(run.side_effects[name], run) for name in names}
        yield from reduced(run, found[names[0]] if len(names) == 1 else found)

    return process


def _empty(name: str, run: Run) -> Value:
    del run
    if not name:
        raise TraversalError("cap() needs the name of a side effect.", remedy="Name one.")
    return BulkSet()


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
