"""From gremlinpython's bytecode to our plan: the only module that knows bytecode and its enums.

Folds modulators (`by`, `from`, `option`, `until` …) into the step they belong to. Elements that the caller holds are
resolved by a function, so a plan refers to this graph's own vertices and edges.
"""

from collections.abc import Callable
from decimal import Decimal
from types import FunctionType
from typing import Any, Final

from aenum import Enum
from gremlin_python.process.traversal import (
    Binding,
    Bytecode,
    P,
    Traversal,
    TraversalStrategy,
)
from gremlin_python.process.traversal import (
    CardinalityValue as RemoteCardinalityValue,
)
from gremlin_python.statics import BigDecimal, GremlinType
from gremlin_python.structure.graph import Edge, Property, Vertex, VertexProperty
from gremlin_python.structure.graph import Path as RemotePath

from graph.embedded.plan import CardinalityValue, Instruction, Plan, Predicate, Strategy, Token
from graph.embedded.refusals import TraversalError, unsupported
from graph.embedded.values import Path, hashable

Resolve = Callable[[str, Any, str], Any]  # kind, id, label -> this graph's element, or Missing
AFTER: Final = frozenset({"by", "from", "to", "option", "with", "read", "write"})
LOOPING: Final = frozenset({"until", "emit", "times"})
SPELLING: Final = {"list_": "list", "set_": "set", "any_": "any", "all_": "all", "global_": "global", "id_": "id"}
PLAIN: Final = {"keys": "keys"}


def to_plan(bytecode: Bytecode, resolve: Resolve) -> Plan:
    """Read bytecode into a plan.

    Raises:
        UnsupportedError: an argument is a lambda or of a kind that the engine does not know.
        TraversalError: a modulator stands where there is nothing to modulate.
    """
    reader = _Reader(resolve)
    source = tuple(reader.instruction(item) for item in bytecode.source_instructions)
    return Plan(source, fold_modulators([reader.instruction(item) for item in bytecode.step_instructions]))


def fold_modulators(steps: list[Instruction]) -> tuple[Instruction, ...]:
    """Attach each modulator to its step; `emit`, `until` and `times` may also stand before their `repeat`."""
    folded: list[Instruction] = []
    waiting: list[Instruction] = []
    for step in steps:
        if step.name in AFTER and not _is_step(step):
            _attach(folded, step)
        elif step.name in LOOPING:
            place = None if waiting else _modulated_place(folded)
            if place is not None and folded[place].name == "repeat" and not _taken(folded[place], step.name):
                _attach(folded, step)
            else:
                waiting.append(step)
        elif step.name == "repeat":
            before = tuple(Instruction(f"{item.name}_first", item.arguments) for item in waiting)
            folded.append(Instruction(step.name, step.arguments, before))
            waiting = []
        else:
            _no_waiting(waiting)
            folded.append(step)
    _no_waiting(waiting)
    return tuple(folded)


def _is_step(step: Instruction) -> bool:
    """`to(Direction, …)` walks; `to(vertex)` modulates."""
    first = step.arguments[0] if step.arguments else None
    return step.name == "to" and isinstance(first, Token) and first.family == "Direction"


def _no_waiting(waiting: list[Instruction]) -> None:
    if waiting:
        raise TraversalError("The repeat()-traversal was not defined.", remedy="Add repeat(…) beside it.")


def _taken(repeat: Instruction, name: str) -> bool:
    """A second `times` or `until` after a repeat begins the next one."""
    family = {"times", "until"} if name in {"times", "until"} else {name}
    return any(item.name.removesuffix("_first") in family for item in repeat.modulators)


def _modulated_place(folded: list[Instruction]) -> int | None:
    for place in range(len(folded) - 1, -1, -1):
        if folded[place].name != "as":
            return place
    return None


def _attach(folded: list[Instruction], modulator: Instruction) -> None:
    place = _modulated_place(folded)
    if place is None:
        raise TraversalError(f"{modulator.name}() has no step before it.", remedy="Put it after the step it changes.")
    step = folded[place]
    folded[place] = Instruction(step.name, step.arguments, (*step.modulators, modulator))


class _Reader:
    """Turns arguments of bytecode into plan values."""

    def __init__(self, resolve: Resolve) -> None:
        self.resolve = resolve

    def instruction(self, item: list[Any]) -> Instruction:
        name, *arguments = item
        return Instruction(name, tuple(self.value(argument) for argument in arguments))

    def value(self, given: Any) -> Any:
        for kind, read in READERS:
            if isinstance(given, kind):
                return read(self, given)
        return given

    def cardinality(self, given: Any) -> CardinalityValue:
        _, cardinality, value = given.source_instructions[0]
        return CardinalityValue(word(cardinality), self.value(value))

    def plan(self, given: Any) -> Plan:
        return to_plan(given, self.resolve)

    def predicate(self, given: Any) -> Predicate:
        parts = [given.value] if given.other is None else [given.value, given.other]
        return Predicate(given.operator, tuple(self.value(part) for part in parts))

    def strategy(self, given: Any) -> Strategy:
        settings = {str(key): self.value(item) for key, item in given.configuration.items()}
        return Strategy(given.strategy_name, settings)

    def mapping(self, given: Any) -> dict[Any, Any]:
        return {hashable(self.value(key)): self.value(item) for key, item in given.items()}

    def element(self, given: Any) -> Any:
        return self.resolve(type(given).__name__.lower(), given.id, given.label)

    def edge_property(self, given: Any) -> Any:
        return self.resolve("property", (self.value(given.element), given.key, given.value), given.key)


def word(given: Any) -> str:
    """Spell an enum member as Gremlin does: `on_create` is `onCreate`, `list_` is `list`."""
    name = str(given.name)
    if name in SPELLING:
        return SPELLING[name]
    first, *rest = name.rstrip("_").split("_")
    return first + "".join(part.title() for part in rest)


READERS: Final[tuple[tuple[type | tuple[type, ...], Callable[[_Reader, Any], Any]], ...]] = (
    ((str, bool, int, float), lambda _, given: given),
    (RemoteCardinalityValue, _Reader.cardinality),
    (Bytecode, _Reader.plan),
    (Traversal, lambda reader, given: reader.plan(given.bytecode)),  # as strategies hold it
    (P, _Reader.predicate),
    (Enum, lambda _, given: Token(type(given).__name__, word(given))),
    (TraversalStrategy, _Reader.strategy),
    (Binding, lambda reader, given: reader.value(given.value)),
    (dict, _Reader.mapping),
    (list, lambda reader, given: [item if type(item) is str else reader.value(item) for item in given]),
    (tuple, lambda reader, given: [reader.value(item) for item in given]),
    ((set, frozenset), lambda reader, given: {hashable(reader.value(item)) for item in given}),
    (BigDecimal, lambda _, given: Decimal(int(given.unscaled_value)).scaleb(-given.scale)),
    ((Vertex, Edge, VertexProperty), _Reader.element),
    (Property, _Reader.edge_property),
    (
        RemotePath,
        lambda reader, given: Path(
            tuple(reader.value(item) for item in given.objects), tuple(map(frozenset, given.labels))
        ),
    ),
    (FunctionType, lambda _, __: _refuse("lambda")),
    (GremlinType, lambda _, given: Token("Class", str(given.gremlin_type))),
)


def _refuse(name: str) -> Any:
    raise unsupported(name)
