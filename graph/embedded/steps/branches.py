"""Branches: union, choose, branch, coalesce, optional, local."""

from collections.abc import Callable
from typing import Any, Final

from graph.embedded.building import Function, Test, first_value, passes
from graph.embedded.compiler import Compiler, has_barrier_within
from graph.embedded.ordering import equal
from graph.embedded.plan import Instruction, Plan, Predicate, Token
from graph.embedded.predicates import to_test
from graph.embedded.refusals import TraversalError
from graph.embedded.registry import step
from graph.embedded.run import Run
from graph.embedded.traverser import Pipeline, Process, Stream, Traverser, flow, flow_one, flow_single
from graph.embedded.values import ABSENT, Value

STARTING: Final = frozenset({"V", "E", "inject", "addV", "addE", "mergeV", "mergeE", "union"})
Option = tuple[Callable[[Value, Run], bool], Pipeline]


@step("union")
def union(instruction: Instruction, compiler: Compiler) -> Process:
    """`union()`: the results of all children; as a source step its children bring their own starts."""
    starting = compiler.is_first
    children = [compiler.child(item, "union", first=starting) for item in instruction.arguments]
    if starting:
        return lambda _, run: _sources(instruction.arguments, children, run)
    if any(has_barrier_within(item) for item in instruction.arguments):
        return lambda starts, run: _all_at_once(children, starts, run)
    return lambda starts, run: (
        found for traverser in starts for child in children for found in flow_one(child, traverser, run)
    )


def _sources(plans: tuple[Any, ...], children: list[Pipeline], run: Run) -> Stream:
    for plan, child in zip(plans, children, strict=True):
        begins = bool(plan.steps) and plan.steps[0].name in STARTING
        yield from flow(child, iter(() if begins else (run.start(None),)), run)


def _all_at_once(children: list[Pipeline], starts: Stream, run: Run) -> Stream:
    held = list(starts)
    for child in children if held else ():
        yield from flow(child, (traverser.copy() for traverser in held), run)


@step("coalesce")
def coalesce(instruction: Instruction, compiler: Compiler) -> Process:
    """`coalesce()`: the results of the first child that has any."""
    children = [compiler.child(item, "coalesce") for item in instruction.arguments]

    def process(starts: Stream, run: Run) -> Stream:
        for traverser in starts:
            for child in children:
                found = flow_single(child, traverser, run)
                first = next(found, None)
                if first is not None:
                    yield _moved(traverser, first)
                    yield from (_moved(traverser, other) for other in found)
                    break

    return process


def _moved(traverser: Traverser, found: Traverser) -> Traverser:
    moved = traverser.move(found.value)
    moved.bulk = found.bulk * traverser.bulk
    moved.sack = found.sack
    return moved


@step("optional")
def optional(instruction: Instruction, compiler: Compiler) -> Process:
    """`optional()`: the child's results, or the traverser itself when there are none."""
    child = compiler.child(instruction.arguments[0], "optional")

    def process(starts: Stream, run: Run) -> Stream:
        for traverser in starts:
            found = flow_one(child, traverser, run)
            first = next(found, None)
            if first is None:
                yield traverser
            else:
                yield first
                yield from found

    return process


@step("local")
def local(instruction: Instruction, compiler: Compiler) -> Process:
    """`local()`: the child for each traverser by itself; equal ones are taken apart."""
    child = compiler.child(instruction.arguments[0], "local")

    def process(starts: Stream, run: Run) -> Stream:
        for traverser in starts:
            for _ in range(traverser.bulk):
                single = traverser.copy()
                single.bulk = 1
                yield from flow(child, iter((single,)), run)

    return process


@step("choose")
def choose(instruction: Instruction, compiler: Compiler) -> Process:
    """`choose()`: the one option whose token is what the child gives; or if, then, else."""
    arguments = instruction.arguments
    if len(arguments) == 1:
        return _options(instruction, compiler, several=compiler.dialect.version == "3.7")
    test = _condition(arguments[0], compiler)
    then = compiler.child(arguments[1], "choose")
    otherwise = compiler.child(arguments[2], "choose") if len(arguments) == 3 else ()
    if any(has_barrier_within(item) for item in arguments[1:]):
        return lambda starts, run: _sorted_out(test, then, otherwise, starts, run)
    return lambda starts, run: (
        found for traverser in starts for found in flow_one(then if test(traverser, run) else otherwise, traverser, run)
    )


def _condition(given: Any, compiler: Compiler) -> Test:
    if isinstance(given, Predicate):
        predicate = to_test(given)
        return lambda traverser, _: predicate(traverser.value) is True
    return passes(compiler.child(given, "choose"))


def _sorted_out(test: Test, then: Pipeline, otherwise: Pipeline, starts: Stream, run: Run) -> Stream:
    held = [(test(traverser, run), traverser) for traverser in starts]
    for wanted, child in ((True, then), (False, otherwise)):
        sent = [traverser.copy() for chosen, traverser in held if chosen is wanted]
        if sent:
            yield from flow(child, iter(sent), run)


@step("branch")
def branch(instruction: Instruction, compiler: Compiler) -> Process:
    """`branch()`: every option whose token is what the child gives."""
    return _options(instruction, compiler, several=True)


def _options(instruction: Instruction, compiler: Compiler, *, several: bool) -> Process:
    given = instruction.arguments[0]
    if isinstance(given, Token):
        given = Plan((), (Instruction(given.name, ()),))
    value_of = first_value(compiler.child(given, instruction.name))
    picked: list[Option] = []
    special: dict[str, list[Pipeline]] = {"any": [], "none": [], "unproductive": []}
    for option in instruction.modulated("option"):
        _add_option(option, compiler, picked, special, several=several)
    plans = [option.arguments[-1] for option in instruction.modulated("option")]
    router = _Router(value_of, picked, special, several=several)
    if any(has_barrier_within(plan) for plan in plans):
        return router.all_at_once
    return router.one_by_one


def _add_option(
    option: Instruction,
    compiler: Compiler,
    picked: list[Option],
    special: dict[str, list[Pipeline]],
    *,
    several: bool,
) -> None:
    pick = option.arguments[0] if len(option.arguments) == 2 else Token("Pick", "any")
    child = compiler.child(option.arguments[-1], "option")
    if isinstance(pick, Token) and pick.family == "Pick":
        special[pick.name].append(child)
    elif isinstance(pick, Plan) and several:
        picked.append((_picked_by(compiler.pipeline(pick)), child))
    elif isinstance(pick, Plan):
        raise TraversalError("Traversal is not allowed as a Pick token", remedy="Use a value or a predicate.")
    elif isinstance(pick, Predicate):
        test = to_test(pick)
        picked.append((lambda value, _: test(value) is True, child))
    else:
        picked.append((lambda value, _: equal(value, pick), child))


def _picked_by(pick: Pipeline) -> Callable[[Value, Run], bool]:
    test = passes(pick)
    return lambda value, run: bool(test(run.start(value), run))


class _Router:
    """Sends each traverser to its options."""

    def __init__(
        self, value_of: Function, picked: list[Option], special: dict[str, list[Pipeline]], *, several: bool
    ) -> None:
        self.value_of = value_of
        self.picked = picked
        self.special = special
        self.several = several

    def routes(self, traverser: Traverser, run: Run) -> list[Pipeline]:
        value = self.value_of(traverser, run)
        if value is ABSENT:
            unproductive = self.special["unproductive"]
            return (unproductive or self.special["none"]) if self.several else (unproductive or [()])[:1]
        chosen = [child for test, child in self.picked if test(value, run)]
        if self.several:
            return (chosen or self.special["none"]) + self.special["any"]
        chosen = chosen[:1] or self.special["any"][:1] or self.special["none"][:1]
        return chosen or [()]

    def one_by_one(self, starts: Stream, run: Run) -> Stream:
        for traverser in starts:
            for child in self.routes(traverser, run):
                yield from flow_one(child, traverser, run)

    def all_at_once(self, starts: Stream, run: Run) -> Stream:
        groups: dict[int, tuple[Pipeline, list[Traverser]]] = {}
        for traverser in starts:
            for child in self.routes(traverser, run):
                groups.setdefault(id(child), (child, []))[1].append(traverser.copy())
        for child, held in groups.values():
            yield from flow(child, iter(held), run)
