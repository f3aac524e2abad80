"""Evaluate one traversal on a graph: plan, source settings, compilation, flow."""

from typing import Any, Final

from graph.contract import TraversalLimits
from graph.embedded.compiler import TRACKING, Dialect
from graph.embedded.lenses import look_through
from graph.embedded.limits import EVERY, NO_LIMITS, Watch
from graph.embedded.operators import operator_function
from graph.embedded.plan import Instruction, Plan, Token
from graph.embedded.predicates import as_before_3_8
from graph.embedded.refusals import TraversalError, unsupported
from graph.embedded.run import Run
from graph.embedded.signatures import check_arguments
from graph.embedded.steps import new_compiler
from graph.embedded.storage.graph import Graph
from graph.embedded.storage.writing import Writer
from graph.embedded.strategies import WRITING, Strategies, asked_for, check
from graph.embedded.traverser import Pipeline, Stream, Traverser, flow
from graph.embedded.values import Value
from graph.embedded.vectors import program

CERTAIN: Final = frozenset({"V", "E", "has", "hasLabel", "out", "in", "both", "outE", "inE", "count", "id", "label"})
"""Steps that have nothing to be refused for when arrays take them: compiling them, too, would be for nothing."""
PLAIN: Final = {version: Dialect(version=version) for version in ("3.7", "3.8")}


def writes(plan: Plan) -> bool:
    """Whether evaluating the plan may change the graph."""
    return not WRITING.isdisjoint(plan.names)


def evaluate(
    plan: Plan, graph: Graph, *, arrays: bool = True, limits: TraversalLimits = NO_LIMITS, language: str = "3.8"
) -> list[Traverser]:
    """Evaluate a traversal wholly.

    Args:
        plan: the traversal.
        graph: what it reads or writes.
        arrays: whether the fast path may be taken; the answer is the same.
        limits: what the evaluation may use.
        language: TinkerPop's line whose meaning counts where the lines differ, "3.7" or "3.8".

    Raises:
        LimitError: it went beyond one of the limits.
        UnsupportedError: it uses what the engine does not know.
        TraversalError: it is wrong, or met a value that a step cannot take.
    """
    for instruction in plan.everything:
        check_arguments(instruction)
    plan = as_before_3_8(plan) if language == "3.7" else plan
    strategies = asked_for(plan)
    check(plan, strategies)
    discarding = bool(plan.steps) and plan.steps[-1].name in ("discard", "none") and not plan.steps[-1].arguments
    run = Run(graph=graph, writer=Writer(graph), tracking=_tracks(plan), watch=Watch(limits))
    dialect = _prepared(run, plan, strategies, language)
    pipeline = _pipeline(plan, run, dialect) if arrays else new_compiler(dialect).pipeline(plan, first=True)
    found = flow(pipeline, iter(()), run)
    if discarding:
        for _ in found:
            pass
        return []
    return _held(found, run.watch)


def _held(found: Stream, watch: Watch) -> list[Traverser]:
    """All results, as long as they are not too many."""
    held: list[Traverser] = []
    for traverser in found:
        held.append(traverser)
        if len(held) % EVERY == 0:
            watch.results(len(held))
            watch.check()
    watch.results(len(held))
    return held


def _prepared(run: Run, plan: Plan, strategies: Strategies, language: str) -> Dialect:
    """Set the run up as the source says, and give how steps are to be understood."""
    if not plan.source:
        return PLAIN[language]
    productive = strategies.get("ProductiveByStrategy")
    viewing = not strategies.keys().isdisjoint(("PartitionStrategy", "SubgraphStrategy"))
    dialect = Dialect(
        version=language,
        productive_by=productive is not None,
        productive_keys=frozenset((productive or {}).get("productiveKeys") or ()),
        viewing=viewing,
    )
    if viewing:
        look_through(run, strategies, Dialect(version=language), remember=not writes(plan))
    if "SeedStrategy" in strategies:
        run.seed = int(strategies["SeedStrategy"]["seed"])
    for instruction in plan.source:
        _configure(run, instruction)
    return dialect


def _pipeline(plan: Plan, run: Run, dialect: Dialect) -> Pipeline:
    """Compile for arrays as far as that goes, the rest for the interpreter."""
    arrays = not run.tracking and not plan.source and "inject" not in plan.names
    if dialect.version == "3.7" and "not" in plan.names:  # arrays know yes and no only
        arrays = False
    if arrays and plan.names <= CERTAIN:
        fast = program(plan.steps)
        if fast is not None and fast.taken == len(plan.steps):
            return (lambda _, run: fast.traversers(run, lambda: new_compiler(dialect).pipeline(plan, first=True)[1:]),)
    whole = new_compiler(dialect).pipeline(plan, first=True)
    begun = program(plan.steps) if arrays and len(whole) == len(plan.steps) else None
    if begun is None:
        return whole
    slow = whole[1 : begun.taken]
    return (lambda _, run: begun.traversers(run, lambda: slow), *whole[begun.taken :])


def _tracks(plan: Plan) -> bool:
    return not TRACKING.isdisjoint(plan.names) or any(item.name == "withPath" for item in plan.source)


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
    elif name not in ("withPath", "withStrategies", "withoutStrategies"):
        raise unsupported(name)


def _initial(value: Value) -> Value:
    if isinstance(value, Plan):
        raise unsupported("withSideEffect", "a traversal")
    return value


def _operator(value: Any) -> Any:
    if not isinstance(value, Token) or value.family != "Operator":
        raise TraversalError("withSack() takes an Operator to merge with.", remedy="Use Operator.sum_ and the like.")
    return operator_function(value.name)
