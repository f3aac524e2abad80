"""Values of the language that drivers send and gremlinpython, being a driver, only writes."""

import struct
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from gremlin_python.process.traversal import Bytecode, CardinalityValue, P

from graph.serving.contract import ClosureError, MalformedError
from graph.text.words import FAMILIES, GATHERING

TWO: Final = frozenset({"between", "inside", "outside", "and", "or"})
CARDINALITY: Final = "CardinalityValueTraversal"
BY_NAME: Final[Mapping[str, Mapping[str, Any]]] = {
    family.lower(): {name.lower(): member for name, member in members.items()} for family, members in FAMILIES.items()
}

UNREADABLE: Final = (ValueError, KeyError, TypeError, IndexError, AttributeError, struct.error, RecursionError)
"""What gremlinpython's readers raise over bytes that are not as they should be."""


def unreadable(error: Exception, request: UUID | None) -> MalformedError:
    """Build the error for a request that could not be read, with its name as far as that was."""
    what, remedy = "The request cannot be read.", "Check the driver's version."
    if isinstance(error, ClosureError):
        what, remedy = "Closures are not evaluated.", "Say it in steps."
    return MalformedError(what, remedy=remedy, request_id=None if request is None else str(request))


def word(family: str, name: str) -> Any:
    """The member of an enumeration, whatever the case.

    Raises:
        KeyError: there is none.
    """
    return BY_NAME[family.lower()][name.lower()]


def predicate(kind: type[P], name: str, arguments: list[Any]) -> P:
    """A predicate out of what its operator came with: one value, two, or those it gathers."""
    if name in GATHERING:
        return kind(name, arguments[0] if len(arguments) == 1 and isinstance(arguments[0], list) else arguments)
    if name in TWO and len(arguments) == 2:
        return kind(name, *arguments)
    return kind(name, arguments[0] if len(arguments) == 1 else arguments)


def cardinality_value(bytecode: Bytecode) -> Bytecode:
    """Tell a value with a cardinality, which travels as bytecode, from bytecode."""
    first = bytecode.source_instructions[:1]
    if not first or first[0][0] != CARDINALITY:
        return bytecode
    return CardinalityValue(*first[0][1:])
