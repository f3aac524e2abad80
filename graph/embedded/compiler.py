"""From plan to pipeline: each instruction is compiled by its entry in the registry.

Every check that needs no data happens here, before the first traverser moves.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from graph.embedded.building import Filter, Function, HandingFilter, first_value
from graph.embedded.modulators import by_function
from graph.embedded.plan import Instruction, Plan, Token
from graph.embedded.refusals import TraversalError, unsupported
from graph.embedded.registry import STEPS
from graph.embedded.run import Run
from graph.embedded.traverser import Pipeline, Process, Stream, Traverser
from graph.embedded.values import ABSENT, Value

TRACKING: Final = frozenset({"path", "simplePath", "cyclicPath", "tree", "otherV", "subgraph"})
BARRIERS: Final = frozenset(
    {"aggregate", "barrier", "count", "cap", "dedup", "fold", "group", "groupCount", "max", "mean", "min"}
) | frozenset({"order", "range", "limit", "skip", "tail", "sample", "sum", "tree", "none", "subgraph"})
BY: Final = frozenset(
    {"aggregate", "cyclicPath", "dedup", "format", "group", "groupCount", "math", "order", "path"}
) | frozenset(
    {"project", "propertyMap", "sack", "sample", "select", "simplePath", "store", "tree", "valueMap", "where"}
)
REFUSED: Final = frozenset({"call", "connectedComponent", "io", "pageRank", "peerPressure", "program", "shortestPath"})
"""Steps that no in-process graph answers; they are refused by name, whatever modulates them."""
TAKING: Final[dict[str, frozenset[str]]] = {
    "by": BY | REFUSED,
    "from": frozenset({"addE", "cyclicPath", "path", "simplePath"}),
    "read": REFUSED,
    "write": REFUSED,
    "option": frozenset({"branch", "choose", "mergeE", "mergeV"}),
    "to": frozenset({"addE", "cyclicPath", "path", "simplePath"}),
    "with": frozenset({"addE", "addV", "index", "mergeE", "mergeV", "property", "propertyMap", "valueMap"}) | REFUSED,
}
"""Which steps a modulator may stand after."""
ARRIVING: Final = frozenset({"V", "E", "outV", "inV", "bothV", "otherV", "toV"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How steps are to be understood.

    Attributes:
        version: TinkerPop's line whose meaning counts where the lines differ: "3.7" or "3.8".
        productive_by: whether a `by` that finds nothing gives null (ProductiveByStrategy).
        productive_keys: property keys to which that does not apply.
        viewing: whether only a part of the graph is seen.
    """

    version: str = "3.8"
    productive_by: bool = False
    productive_keys: frozenset[str] = frozenset()
    viewing: bool = False


class Compiler:
    """Compiles one traversal and its children."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.is_first = False
        self.repeating = 0
        self.depth = 0
        self.side_effects: dict[str, Callable[[], Value]] = {}

    def pipeline(self, plan: Plan, *, first: bool = False, of_filter: bool = False) -> Pipeline:
        """Compile a traversal or a child.

        Args:
            plan: the traversal.
            first: its first step begins from the graph rather than from traversers that come.
            of_filter: it is the child of a filter, which up to 3.7 hears of comparisons without an answer.

        Raises:
            UnsupportedError: a step is not in the registry, or refuses an argument.
            TraversalError: a step is put together wrongly.
        """
        made: list[Process] = []
        self.depth += 1
        for place, instruction in enumerate(
            with_settings(_connected_after_source(plan.steps) if first else connected(plan.steps))
        ):
            outer, self.is_first = self.is_first, first and place == 0
            process = self.step(instruction)
            if of_filter and self.dialect.version == "3.7" and isinstance(process, Filter):
                process = HandingFilter(process.test)
            made.append(process)
            self.is_first = outer
        self.depth -= 1
        return tuple(made)

    def step(self, instruction: Instruction) -> Process:
        """Compile one step."""
        compile_step = STEPS.get(instruction.name)
        if compile_step is None:
            raise unsupported(instruction.name)
        _check_modulators(instruction)
        made = compile_step(instruction, self)
        return _seen(made) if self.dialect.viewing and instruction.name in ARRIVING else made

    def child(self, plan: object, step: str, *, first: bool = False) -> Pipeline:
        """Compile an argument that must be a traversal."""
        if not isinstance(plan, Plan):
            raise unsupported(step, "an argument that is no traversal")
        return self.pipeline(plan, first=first)

    def bys(self, instruction: Instruction) -> list[Function]:
        """Compile the `by` modulators of a step, in order."""
        return [self.by(item) for item in instruction.modulated("by")]

    def by(self, modulator: Instruction) -> Function:
        """Compile one `by`."""
        arguments = modulator.arguments
        if arguments and isinstance(arguments[0], Plan):
            return self._productive(first_value(self.pipeline(arguments[0])))
        found = by_function(arguments)
        plain = not arguments or arguments[0] in self.dialect.productive_keys
        return found if plain else self._productive(found)

    def _productive(self, found: Function) -> Function:
        return _null_for_nothing(found) if self.dialect.productive_by else found

    def one_by(self, instruction: Instruction) -> Function | None:
        """Compile the only `by` a step may have; None without one."""
        bys = instruction.modulated("by")
        if len(bys) > 1:
            name = instruction.name[0].upper() + instruction.name[1:]
            raise TraversalError(f"{name} step can only have one by modulator", remedy="Remove all but one.")
        return self.by(bys[0]) if bys else None


def _check_modulators(instruction: Instruction) -> None:
    for modulator in instruction.modulators:
        if modulator.name in TAKING and instruction.name not in TAKING[modulator.name]:
            raise TraversalError(
                f"{modulator.name}() does not belong to {instruction.name}().",
                remedy="Put it after a step that takes it.",
            )


def _null_for_nothing(found: Function) -> Function:
    def function(traverser: Traverser, run: Run) -> Value:
        value = found(traverser, run)
        return None if value is ABSENT else value

    return function


def _seen(made: Process) -> Process:
    def process(starts: Stream, run: Run) -> Stream:
        return (traverser for traverser in made(starts, run) if run.sees(traverser.value))

    return process


def refuse_modulators(instruction: Instruction, *known: str) -> None:
    """Refuse modulators that a step does not know."""
    for modulator in instruction.modulators:
        if modulator.name not in known:
            raise unsupported(instruction.name, f"{modulator.name}()")


def has_barrier(plan: Plan) -> bool:
    """Whether a branch must see all traversers before it gives the first."""
    return any(instruction.name in BARRIERS for instruction in plan.steps)


def has_barrier_within(given: object) -> bool:
    """The same for an argument with all of its children; False for what is no traversal."""
    return isinstance(given, Plan) and not BARRIERS.isdisjoint(given.names)


def with_settings(steps: tuple[Instruction, ...]) -> list[Instruction]:
    """Attach plain `property` steps that follow an addV or addE at once to it: they set the id, and see who came.

    With a cardinality or properties of the property, the step stands by itself and sees the new element.
    """
    made: list[Instruction] = []
    for instruction in steps:
        if made and made[-1].name in ("addV", "addE") and _is_plain_property(instruction):
            adding = made[-1]
            setting = Instruction(instruction.name, instruction.arguments)
            made[-1] = Instruction(
                adding.name, adding.arguments, (*adding.modulators, setting, *instruction.modulators)
            )
        else:
            made.append(instruction)
    return made


def _is_plain_property(instruction: Instruction) -> bool:
    arguments = instruction.arguments
    if instruction.name != "property" or not arguments:
        return False
    first = arguments[0]
    return len(arguments) <= 2 and not (isinstance(first, Token) and first.family == "Cardinality")


def _connected_after_source(steps: tuple[Instruction, ...]) -> tuple[Instruction, ...]:
    """The source step and its labels stay outside what `and` and `or` connect."""
    place = 1
    while place < len(steps) and steps[place].name == "as":
        place += 1
    return steps[:place] + connected(steps[place:])


def connected(steps: tuple[Instruction, ...]) -> tuple[Instruction, ...]:
    """Write `a.or().b` and `a.and().b` as `or(a, b)` and `and(a, b)`; `and` binds closer.

    Source: TinkerPop's ConnectiveStrategy.
    """
    for name in ("or", "and"):
        parts: list[list[Instruction]] = [[]]
        for instruction in steps:
            if instruction.name == name and not instruction.arguments:
                parts.append([])
            else:
                parts[-1].append(instruction)
        if len(parts) > 1:
            if not all(parts):
                raise TraversalError(f"{name}() needs steps on both sides.", remedy=f"Or give {name}() traversals.")
            return (Instruction(name, tuple(Plan((), tuple(part)) for part in parts)),)
    return steps
