"""Evaluate one traversal on a graph: plan, source settings, compilation, flow."""

from typing import Any

from graph.embedded.compiler import TRACKING
from graph.embedded.operators import operator_function
from graph.embedded.plan import Instruction, Plan, Strategy, Token
from graph.embedded.refusals import TraversalError, unsupported
from graph.embedded.run import Run
from graph.embedded.steps import new_compiler
from graph.embedded.storage.graph import Graph
from graph.embedded.storage.writing import Writer
from graph.embedded.traverser import Pipeline, Traverser, flow
from graph.embedded.values import Value
from graph.embedded.vectors import program

WRITING = frozenset({"addV", "addE", "property", "drop", "mergeV", "mergeE"})
IGNORED_STRATEGIES = frozenset({"OptionsStrategy"})


def writes(plan: Plan) -> bool:
    """Whether evaluating the plan may change the graph."""
    return not WRITING.isdisjoint(plan.names())


def evaluate(plan: Plan, graph: Graph, *, arrays: bool = True) -> list[Traverser]:
    """Evaluate a traversal wholly.

    Args:
        plan: the traversal.
        graph: what it reads or writes.
        arrays: whether the fast path may be taken; the answer is the same.

    Raises:
        UnsupportedError: it uses what the engine does not know.
        TraversalError: it is wrong, or met a value that a step cannot take.
    """
    names = plan.names()
    discarding = bool(plan.steps) and plan.steps[-1].name in ("discard", "none") and not plan.steps[-1].arguments
    run = Run(graph=graph, writer=Writer(graph), tracking=_tracks(plan, names))
    for instruction in plan.source:
        _configure(run, instruction)
    pipeline = _pipeline(plan, run, names) if arrays else new_compiler().pipeline(plan, first=True)
    found = flow(pipeline, iter(()), run)
    if discarding:
        for _ in found:
            pass
        return []
    return list(found)


def _pipeline(plan: Plan, run: Run, names: set[str]) -> Pipeline:
    """Compile for arrays as far as that goes, the rest for the interpreter."""
    fast = None
    if not (run.tracking or plan.source or "inject" in names) and run.graph.overlay.is_empty:
        infix = any(item.name in ("and", "or") and not item.arguments for item in plan.steps)
        fast = None if infix else program(plan.steps)
    if fast is None:
        return new_compiler().pipeline(plan, first=True)
    rest = Plan(plan.source, plan.steps[fast.taken :])
    new_compiler().pipeline(plan, first=True)
    return (fast, *new_compiler().pipeline(rest))


def _tracks(plan: Plan, names: set[str]) -> bool:
    return not TRACKING.isdisjoint(names) or any(item.name == "withPath" for item in plan.source)


def _configure(run: Run, instruction: Instruction) -> None:
    name, arguments = instruction.name, instruction.arguments
    if name == "withSack":
        run.sack = _initial(arguments[0])
        run.merge_sacks = _operator(arguments[-1]) if len(arguments) > 1 else None
    elif name == "withSideEffect":
        run.side_effects[arguments[0]] = _initial(arguments[1])
        if len(arguments) > 2:
            run.reducers[arguments[0]] = (arguments[2].name, operator_function(arguments[2].name))
    elif name == "withBulk":
        run.with_bulk = arguments[0]
    elif name == "withStrategies":
        for strategy in arguments:
            if not isinstance(strategy, Strategy) or strategy.name not in IGNORED_STRATEGIES:
                raise unsupported(name, getattr(strategy, "name", str(strategy)))
    elif name != "withPath":
        raise unsupported(name)


def _initial(value: Value) -> Value:
    if isinstance(value, Plan):
        raise unsupported("withSideEffect", "a traversal")
    return value


def _operator(value: Any) -> Any:
    if not isinstance(value, Token) or value.family != "Operator":
        raise TraversalError("withSack() takes an Operator to merge with.", remedy="Use Operator.sum_ and the like.")
    return operator_function(value.name)
