"""What of gremlinpython's language the engine answers: every method of traversals, sources and predicates.

Read from the installed gremlinpython itself, so that a method which a later version adds is found, not passed over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from gremlin_python.process.graph_traversal import GraphTraversal, GraphTraversalSource, __
from gremlin_python.process.traversal import P, TextP, Traversal

import graph.embedded.steps  # noqa: F401 # pyright: ignore[reportUnusedImport]  # registers the steps
from graph.embedded.compiler import REFUSED
from graph.embedded.frontend import AFTER, LOOPING
from graph.embedded.predicates import LOGIC, OPERATORS
from graph.embedded.registry import STEPS

ANSWERED: Final = "answered"
RAISES: Final = "raises an error that names it"
DRIVER: Final = "of the driver: sends nothing to the graph"
CONFIGURED: Final = frozenset(
    {"with", "withBulk", "withPath", "withSack", "withSideEffect", "withStrategies", "withoutStrategies"}
)
"""What a source may be told."""
SENDS_NOTHING: Final = frozenset(
    {"clone", "get_graph_traversal", "get_graph_traversal_source", "graph_traversal", "start", "test", "tx"}
)
"""Methods that make or copy objects of the driver; `tx` opens a transaction, which the store answers."""
UNLIKE: Final = {"ltrim": "lTrim"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One method of gremlinpython.

    Attributes:
        owner: the class.
        name: as Python has it.
        word: as Gremlin has it.
        status: what becomes of it here.
    """

    owner: str
    name: str
    word: str
    status: str


def methods() -> Iterator[Method]:
    """Every public method, by class and name; spellings of one word stand side by side."""
    owners: tuple[type, ...] = (GraphTraversalSource, GraphTraversal, __, Traversal, P, TextP)
    for owner in owners:
        for name in sorted(vars(owner)):
            if not name.startswith("_") and callable(getattr(owner, name)):
                word = word_of(name)
                yield Method(owner=owner.__name__, name=name, word=word, status=_status(owner, name, word))


def word_of(name: str) -> str:
    """Gremlin's word for a name of Python's: `group_count`, `groupCount` and `as_` are groupCount and as."""
    first, *rest = name.rstrip("_").split("_")
    word = first + "".join(part.title() for part in rest)
    return UNLIKE.get(word, word)


def _status(owner: type, name: str, word: str) -> str:
    if name in SENDS_NOTHING or owner is Traversal:
        return DRIVER
    if owner in (P, TextP):
        return ANSWERED if word in {*LOGIC, *OPERATORS} else RAISES
    known = {*STEPS, *AFTER, *LOOPING} - REFUSED
    if owner is GraphTraversalSource:
        known |= CONFIGURED
    return ANSWERED if word in known else RAISES
