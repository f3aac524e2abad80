"""Gremlin's names of types (`GType`), and which values bear them. Python has one float: it is both DOUBLE and FLOAT."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from graph.embedded.plan import Token
from graph.embedded.refusals import TraversalError
from graph.embedded.values import (
    BulkSet,
    Edge,
    Path,
    Property,
    Subgraph,
    Tree,
    Value,
    Vertex,
    VertexProperty,
    is_number,
    java_type,
)

NUMBERS: Final = {"BYTE": "Byte", "SHORT": "Short", "INT": "Integer", "LONG": "Long", "BIGINT": "BigInteger"}
CLASSES: Final[dict[str, tuple[type, ...]]] = {
    "BIGDECIMAL": (Decimal,),
    "BINARY": (bytes,),
    "BOOLEAN": (bool,),
    "DATETIME": (datetime,),
    "DOUBLE": (float,),
    "DURATION": (timedelta,),
    "EDGE": (Edge,),
    "FLOAT": (float,),
    "GRAPH": (Subgraph,),
    "CHAR": (),
    "LIST": (list, tuple),
    "MAP": (dict,),
    "PATH": (Path,),
    "PROPERTY": (Property, VertexProperty),
    "SET": (set, frozenset, BulkSet),
    "STRING": (str,),
    "TREE": (Tree,),
    "UUID": (UUID,),
    "VERTEX": (Vertex,),
    "VPROPERTY": (VertexProperty,),
}


def is_of_type(value: Value, wanted: Token | str) -> bool:
    """Whether the value is of the type that a GType or its registered name says.

    Raises:
        TraversalError: there is no type of that name.
    """
    name = wanted.name if isinstance(wanted, Token) else BY_CLASS.get(wanted, "")
    if name == "NUMBER":
        return is_number(value)
    if name == "NULL":
        return value is None
    if name in NUMBERS:
        return is_number(value) and java_type(value) == NUMBERS[name]
    if name not in CLASSES:
        raise TraversalError(f"{wanted} is not a registered type.", remedy="Use a member of GType.")
    return isinstance(value, CLASSES[name])


BY_CLASS: Final = {
    "BigDecimal": "BIGDECIMAL",
    "BigInteger": "BIGINT",
    "Boolean": "BOOLEAN",
    "Byte": "BYTE",
    "Character": "CHAR",
    "OffsetDateTime": "DATETIME",
    "Double": "DOUBLE",
    "Duration": "DURATION",
    "Edge": "EDGE",
    "Float": "FLOAT",
    "Integer": "INT",
    "List": "LIST",
    "Long": "LONG",
    "Map": "MAP",
    "Number": "NUMBER",
    "Path": "PATH",
    "Property": "PROPERTY",
    "Set": "SET",
    "Short": "SHORT",
    "String": "STRING",
    "Tree": "TREE",
    "UUID": "UUID",
    "Vertex": "VERTEX",
    "VertexProperty": "VPROPERTY",
}
