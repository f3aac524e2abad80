"""What a traversal source asks for with strategies: checks of the plan, a part of the graph, chance, null for nothing.

Strategies that only change how TinkerPop runs a traversal have nothing to do here and are accepted; one that would
change the answer and is not known raises by its name.
"""

import warnings
from collections.abc import Callable, Iterator
from typing import Any, Final

from graph.embedded.plan import T_ID, Instruction, Plan, Strategy, Token
from graph.embedded.refusals import TraversalError, unsupported

Configuration = dict[str, Any]
Strategies = dict[str, Configuration]

WRITING: Final = frozenset({"addV", "addE", "property", "drop", "mergeV", "mergeE"})
WALKS: Final = frozenset({"out", "in", "both", "outE", "inE", "bothE", "to", "toE"})
ANSWERED: Final = frozenset({"OptionsStrategy", "PartitionStrategy", "ProductiveByStrategy", "SeedStrategy"}) | {
    "SubgraphStrategy"
}
WITHOUT_EFFECT: Final = frozenset(
    f"{name}Strategy"
    for name in (
        "AdjacentToIncident",
        "ByModulatorOptimization",
        "ComputerFinalization",
        "ComputerVerification",
        "Connective",
        "Count",
        "EarlyLimit",
        "FilterRanking",
        "GraphFilter",
        "HaltedTraverser",
        "IdentityRemoval",
        "IncidentToAdjacent",
        "InlineFilter",
        "LambdaRestriction",
        "LazyBarrier",
        "MatchAlgorithm",
        "MatchPredicate",
        "MessagePassingReduction",
        "OrderLimit",
        "PathProcessor",
        "PathRetraction",
        "Profile",
        "ReferenceElement",
        "RepeatUnroll",
        "StandardVerification",
        "VertexProgramRestriction",
    )
)


def asked_for(plan: Plan) -> Strategies:
    """The strategies of the source by name, each with its configuration; later ones replace earlier ones.

    Raises:
        UnsupportedError: a strategy would change the answer and is not known.
    """
    found: Strategies = {}
    for instruction in plan.source:
        if instruction.name == "withStrategies":
            for given in instruction.arguments:
                name, configuration = _named(given)
                found[name] = configuration
        elif instruction.name == "withoutStrategies":
            for given in instruction.arguments:
                found.pop(_named(given)[0], None)
    for name in found:
        if name not in ANSWERED and name not in WITHOUT_EFFECT and name not in CHECKS:
            raise unsupported("withStrategies", name)
    return found


def _named(given: Any) -> tuple[str, Configuration]:
    if isinstance(given, Strategy):
        return given.name, given.configuration
    if isinstance(given, Token) and given.family == "Class":
        return given.name.rpartition(".")[2], {}
    raise unsupported("withStrategies", str(given))


def check(plan: Plan, strategies: Strategies) -> None:
    """Refuse what a strategy of the source forbids.

    Raises:
        TraversalError: the plan does what a verification strategy forbids.
    """
    if {"VertexProgramStrategy", "VertexProgramRestrictionStrategy"} <= strategies.keys():
        raise TraversalError(
            "The TraversalSource does not allow the use of a GraphComputer", remedy="Leave out withComputer()."
        )
    for name, configuration in strategies.items():
        if name in CHECKS:
            CHECKS[name](plan, configuration)


def _read_only(plan: Plan, _: Configuration) -> None:
    found = sorted(WRITING & plan.names)
    if found:
        raise TraversalError(
            f"The provided traversal has a mutating step and thus is not read only: {found[0]}()",
            remedy="Leave out the step, or ReadOnlyStrategy.",
        )


def _edge_labels(plan: Plan, configuration: Configuration) -> None:
    for instruction in plan.instructions:
        labels = [item for item in instruction.arguments if not isinstance(item, Token)]
        if instruction.name in WALKS and not labels and not _is_end(instruction):
            _object(
                f"The provided traversal contains a vertex step without any specified edge label: {instruction.name}()",
                configuration,
            )


def _is_end(instruction: Instruction) -> bool:
    """A `to` without a direction is the end of an edge, not a walk."""
    return instruction.name == "to" and not any(isinstance(item, Token) for item in instruction.arguments)


def _reserved_keys(plan: Plan, configuration: Configuration) -> None:
    reserved = configuration.get("keys") or ("id", "label")
    for key in _written_keys(plan):
        if key in reserved:
            _object(f"The provided traversal is setting a property key to a reserved word: {key}", configuration)


def _written_keys(plan: Plan) -> Iterator[Any]:
    for instruction in plan.instructions:
        if instruction.name == "property":
            keys = [item for item in instruction.arguments if not isinstance(item, Token) or item == T_ID]
            yield from keys[:1]


def _object(message: str, configuration: Configuration) -> None:
    if configuration.get("logWarning"):
        warnings.warn(message, stacklevel=2)
    if configuration.get("throwException"):
        raise TraversalError(message, remedy="Change the traversal, or leave out the strategy.")


def _no_computer(plan: Plan, configuration: Configuration) -> None:
    del plan, configuration
    raise unsupported("withStrategies", "VertexProgramStrategy")


CHECKS: Final[dict[str, Callable[[Plan, Configuration], None]]] = {
    "EdgeLabelVerificationStrategy": _edge_labels,
    "ReadOnlyStrategy": _read_only,
    "ReservedKeysVerificationStrategy": _reserved_keys,
    "VertexProgramStrategy": _no_computer,
}
