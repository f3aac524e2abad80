"""The words of gremlin-lang: steps, predicates, enumerations, options and strategies, as tables."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from gremlin_python.process import traversal as names
from gremlin_python.process.traversal import CardinalityValue, P, TextP


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SPAWNS: Final = _words("""
V E addV addE mergeV mergeE inject io call union
""")
"""Steps that a traversal of the source may begin with."""
CONFIGURES: Final = _words("""
withBulk withPath withSack withSideEffect withStrategies withoutStrategies with
""")
TERMINALS: Final = _words("""
toList toSet toBulkSet next tryNext hasNext iterate explain
""")
STEPS: Final = SPAWNS | _words("""
aggregate all and any as asBool asDate asNumber asString barrier both bothE bothV branch by cap choose
coalesce coin combine concat conjoin connectedComponent constant count cyclicPath dateAdd dateDiff dedup
difference discard disjunct drop element elementMap emit fail filter flatMap fold format from group groupCount
has hasId hasKey hasLabel hasNot hasValue id identity in inE inV index intersect is key lTrim label length
limit local loops map match math max mean merge min none not option optional or order otherV out outE outV
pageRank path peerPressure product profile program project properties property propertyMap rTrim range read repeat
replace reverse sack sample select shortestPath sideEffect simplePath skip split store subgraph substring sum
tail timeLimit times to toE toLower toUpper toV tree trim unfold until value valueMap values where with write
""")
TEXTUAL: Final = _words("""
containing notContaining startingWith notStartingWith endingWith notEndingWith regex notRegex
""")
PLAIN: Final = _words("""
eq neq gt gte lt lte between inside outside typeOf
""")
GATHERING: Final[Mapping[str, Callable[..., P]]] = MappingProxyType({"within": P.within, "without": P.without})
PAIRS: Final = frozenset({"between", "inside", "outside"})
CARDINALITIES: Final = MappingProxyType({"single": "single", "list": "list_", "set": "set_"})


def predicate(name: str, arguments: list[Any]) -> P:
    """Make a predicate out of its name and arguments, which are as many as it takes."""
    if name in GATHERING:
        return GATHERING[name](*arguments)
    return TextP(name, *arguments) if name in TEXTUAL else P(name, *arguments)


def with_cardinality(name: str, value: Any) -> CardinalityValue:
    """Say of a property's value how it joins those already there."""
    return CardinalityValue(names.Cardinality[CARDINALITIES[name]], value)


def _spelling(name: str) -> str:
    """Gremlin's spelling of a member's name: `on_create` is `onCreate`, `list_` is `list`."""
    first, *rest = name.rstrip("_").split("_")
    return first + "".join(part.title() for part in rest)


ENUMS: Final = ("Barrier", "Cardinality", "Column", "Direction", "DT", "GType", "Merge", "Operator", "Order", "Pick")
FAMILIES: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {
        family: {_spelling(name): member for name, member in getattr(names, family).__members__.items()}
        for family in (*ENUMS, "Pop", "Scope")
    }
    | {
        "T": {name: names.T[name] for name in ("id", "label", "key", "value")},
        "WithOptions": {
            "tokens": "~tinkerpop.valueMap.tokens",
            "none": 0,
            "ids": 1,
            "labels": 2,
            "keys": 4,
            "values": 8,
            "all": 15,
            "indexer": "~tinkerpop.index.indexer",
            "list": 0,
            "map": 1,
        },
        "IO": {name: f"~tinkerpop.io.{name}" for name in ("reader", "writer", "registry")}
        | {name: name for name in ("graphml", "graphson", "gryo")},
    }
)
"""What may stand after `Family.`"""
LIMBS: Final = ("GType", "Barrier", "Cardinality", "Direction", "DT", "Merge", "Operator", "Order", "Pick", "Pop")
WORDS: Final[Mapping[str, Any]] = MappingProxyType(
    {
        word: member
        for family in (*LIMBS, "Column", "Scope", "T")
        for word, member in FAMILIES[family].items()
        if family != "GType" or word not in FAMILIES["Direction"]
    }
    | {"true": True, "false": False, "null": None, "NaN": float("nan"), "Infinity": float("inf")}
)
"""What a word means that stands alone. Where families share one, the later of the list above has it."""

OF_TRAVERSALS: Final = "org.apache.tinkerpop.gremlin.process.traversal.strategy."
OF_COMPUTERS: Final = "org.apache.tinkerpop.gremlin.process.computer.traversal.strategy."
STRATEGY_PACKAGES: Final = {
    f"{OF_TRAVERSALS}decoration.": "Connective ElementId HaltedTraverser Options Partition Seed Subgraph",
    f"{OF_TRAVERSALS}finalization.": "MatchAlgorithm Profile ReferenceElement",
    f"{OF_TRAVERSALS}optimization.": "AdjacentToIncident ByModulatorOptimization Count EarlyLimit FilterRanking "
    "IdentityRemoval IncidentToAdjacent InlineFilter LazyBarrier MatchPredicate OrderLimit PathProcessor "
    "PathRetraction ProductiveBy RepeatUnroll",
    f"{OF_TRAVERSALS}verification.": "ComputerVerification EdgeLabelVerification LambdaRestriction ReadOnly "
    "ReservedKeysVerification StandardVerification VertexProgramRestriction",
    f"{OF_COMPUTERS}decoration.": "VertexProgram",
    f"{OF_COMPUTERS}finalization.": "ComputerFinalization",
    f"{OF_COMPUTERS}optimization.": "GraphFilter MessagePassingReduction",
}
STRATEGIES: Final[Mapping[str, str]] = MappingProxyType(
    {f"{name}Strategy": f"{place}{name}Strategy" for place, text in STRATEGY_PACKAGES.items() for name in text.split()}
)
"""Java's names of the strategies, by their short ones."""
