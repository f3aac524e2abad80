"""`repeat()` with times, until and emit on either side, and loops inside loops.

Rounds go breadth first: all traversers of one round pass the body together, so a barrier inside it sees the whole
round, and the nearest results come first.
"""

from dataclasses import dataclass

from graph.embedded.building import Test, passes
from graph.embedded.compiler import Compiler, refuse_modulators
from graph.embedded.plan import Instruction, Plan, Predicate
from graph.embedded.predicates import to_test
from graph.embedded.refusals import TraversalError, unsupported
from graph.embedded.registry import step
from graph.embedded.run import Run
from graph.embedded.steps.barriers import merged
from graph.embedded.traverser import Loop, Pipeline, Process, Stream, Traverser, flow


@dataclass(frozen=True, slots=True, kw_only=True)
class _Repeat:
    name: str | None
    body: Pipeline
    until: Test | None
    until_first: bool
    emit: Test | None
    emit_first: bool

    def before(self, traverser: Traverser, staying: list[Traverser], run: Run) -> Stream:
        """What leaves before a round: by an `until` or `emit` that stands before `repeat`; the others stay."""
        if self.until_first and self.until is not None and self.until(traverser, run):
            yield _left(traverser)
            return
        if self.emit_first and self.emit is not None and self.emit(traverser, run):
            yield _left(traverser.copy())
        staying.append(traverser)

    def after(self, traverser: Traverser, staying: list[Traverser], run: Run) -> Stream:
        """What leaves after a round; an `emit` behind comes even before an `until` in front."""
        if not self.until_first and self.until is not None and self.until(traverser, run):
            yield _left(traverser)
            return
        if not self.emit_first and self.emit is not None and self.emit(traverser, run):
            yield _left(traverser.copy())
        yield from self.before(traverser, staying, run)


@step("repeat")
def repeat(instruction: Instruction, compiler: Compiler) -> Process:
    """`repeat()`: the body, again and again."""
    refuse_modulators(instruction, "times", "until", "emit", "times_first", "until_first", "emit_first")
    arguments = instruction.arguments
    name = arguments[0] if len(arguments) == 2 else None
    body_plan = arguments[-1]
    if isinstance(body_plan, Plan) and body_plan.steps and body_plan.steps[0].name == "inject":
        raise TraversalError("The parent of inject()-step can not be repeat()-step", remedy="Inject before repeat().")
    compiler.repeating += 1
    body = compiler.child(body_plan, "repeat")
    compiler.repeating -= 1
    until, until_first = _condition(instruction, ("until", "times"), compiler)
    emit, emit_first = _condition(instruction, ("emit",), compiler)
    loop = _Repeat(name=name, body=body, until=until, until_first=until_first, emit=emit, emit_first=emit_first)
    return lambda starts, run: _rounds(loop, starts, run)


def _condition(instruction: Instruction, names: tuple[str, ...], compiler: Compiler) -> tuple[Test | None, bool]:
    for modulator in instruction.modulators:
        plain = modulator.name.removesuffix("_first")
        if plain in names:
            return _test(plain, modulator, compiler), modulator.name != plain
    return None, False


def _test(name: str, modulator: Instruction, compiler: Compiler) -> Test:
    if name == "times":
        limit = modulator.arguments[0]
        return lambda traverser, _: traverser.loop is not None and traverser.loop.count >= limit
    if not modulator.arguments:
        return lambda _, __: True
    given = modulator.arguments[0]
    if isinstance(given, Predicate):
        test = to_test(given)
        return lambda traverser, _: test(traverser.value) is True
    if not isinstance(given, Plan):
        raise unsupported(name, "an argument that is no traversal")
    return passes(compiler.pipeline(given))


def _rounds(loop: _Repeat, starts: Stream, run: Run) -> Stream:
    frontier: list[Traverser] = []
    for traverser in starts:
        traverser.loop = Loop(loop.name, 0, traverser.loop)
        yield from loop.before(traverser, frontier, run)
    rounds = 0
    while frontier:
        rounds += 1
        run.watch.loops(rounds)
        run.watch.path(max((item.trail.length for item in frontier if item.trail is not None), default=0))
        following: list[Traverser] = []
        for traverser in flow(loop.body, iter(frontier), run):
            present = traverser.loop
            traverser.loop = Loop(loop.name, (present.count if present else 0) + 1, present.parent if present else None)
            yield from loop.after(traverser, following, run)
        frontier = merged(following, run)


def _left(traverser: Traverser) -> Traverser:
    """The traverser as it leaves the loop."""
    if traverser.loop is not None:
        traverser.loop = traverser.loop.parent
    return traverser
