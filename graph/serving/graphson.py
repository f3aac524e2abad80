"""GraphSON 3 messages. Values are read and written by gremlinpython; here is what a server needs beyond a driver.

Source: Apache TinkerPop, GraphSON 3.0 format; Provider Documentation for requests and responses.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final, cast
from uuid import UUID

from gremlin_python.process.traversal import Binding, Bytecode, P, TextP, TraversalStrategy
from gremlin_python.statics import GremlinType, bigint, long
from gremlin_python.structure.graph import Path
from gremlin_python.structure.io import graphsonV3d0 as graphson  # noqa: N813 (a module)

from graph.serving.contract import ClosureError, Request, Response
from graph.serving.values import UNREADABLE, cardinality_value, predicate, unreadable, word

TYPE: Final = "@type"
VALUE: Final = "@value"
ENUMS: Final = (
    "Barrier",
    "Cardinality",
    "Column",
    "Direction",
    "DT",
    "GType",
    "Merge",
    "Operator",
    "Order",
    "Pick",
    "Pop",
    "Scope",
    "T",
)
Read = Callable[[Any, Any], Any]


class GraphSON:
    """The codec.

    Args:
        reader: gremlinpython's, or one made of it; by default that of GraphSON 3.
        writer: likewise.
    """

    def __init__(self, reader: Any = None, writer: Any = None) -> None:
        self._reader = reader or _Reader(READERS)
        self._writer = writer or _Writer(WRITERS)

    def read(self, payload: bytes) -> Request:
        """Read a request; errors as in `Codec.read`."""
        name: UUID | None = None
        try:
            given = json.loads(payload)
            said = given["requestId"]
            name = UUID(cast("Any", said)[VALUE] if isinstance(said, dict) else said)
            arguments = self._reader.to_object(given.get("args", {}))
            return Request(
                id=name,
                processor=given.get("processor") or "",
                op=given["op"],
                arguments={str(key): value for key, value in arguments.items()},
            )
        except UNREADABLE as error:
            raise unreadable(error, name) from error

    def write(self, response: Response) -> bytes:
        """Write an answer; errors as in `Codec.write`."""
        message = {
            "requestId": None if response.id is None else str(response.id),
            "status": {
                "message": response.message,
                "code": int(response.status),
                "attributes": self._writer.to_dict(dict(response.attributes)),
            },
            "result": {"data": self._writer.to_dict(response.data), "meta": self._writer.to_dict({})},
        }
        return json.dumps(message, separators=(",", ":")).encode()


class _Reader(graphson.GraphSONReader):
    """Refuses types it does not know, which gremlinpython would hand on as they came."""

    def to_object(self, obj: Any) -> Any:
        if not isinstance(obj, dict) or TYPE not in obj:
            return super().to_object(obj)
        return typed(cast("dict[str, Any]", obj), self)


def typed(given: dict[str, Any], reader: Any) -> Any:
    """Read a value that names its type.

    Raises:
        KeyError: the type is not known.
    """
    kind = str(given[TYPE])
    if kind.endswith("Strategy"):
        return _strategy(kind.partition(":")[2], given[VALUE], reader)
    return reader.deserializers[kind].objectify(given[VALUE], reader)


class _Writer(graphson.GraphSONWriter):
    """Refuses what gremlinpython would pass over in silence."""

    def to_dict(self, obj: Any) -> Any:
        if obj is None or isinstance(obj, str | bool):
            return super().to_dict(obj)
        if type(obj) in self.serializers or isinstance(obj, tuple(self.serializers)):
            return super().to_dict(obj)
        raise TypeError(f"GraphSON 3 has no {type(obj).__name__}")


class Reading:
    """Reads one type by a function."""

    def __init__(self, read: Read) -> None:
        self._read = read

    def objectify(self, value: Any, reader: Any) -> Any:
        """Read it."""
        return self._read(value, reader)


class Paths:
    """Paths, which drivers only read."""

    @staticmethod
    def dictify(path: Path, writer: Any) -> Any:
        """Write it, typed."""
        parts = {"labels": writer.to_dict(path.labels), "objects": writer.to_dict(path.objects)}
        return {TYPE: "g:Path", VALUE: parts}


class Wide:
    """Whole numbers that are long by type, whatever their size."""

    @staticmethod
    def dictify(value: int, _: Any) -> Any:
        """Write it, typed."""
        return {TYPE: "g:Int64", VALUE: int(value)}


class Widest:
    """Whole numbers without bounds."""

    @staticmethod
    def dictify(value: int, _: Any) -> Any:
        """Write it, typed."""
        return {TYPE: "gx:BigInteger", VALUE: str(int(value))}


def _enum(family: str) -> Read:
    return lambda value, _: word(family, value)


def _predicate(kind: type[P]) -> Read:
    def read(value: Any, reader: Any) -> P:
        found: Any = reader.to_object(value["value"])
        listed = cast("list[Any]", cast("object", found)) if isinstance(found, list) else [found]
        plain = isinstance(value["value"], dict) and isinstance(found, list)
        name = str(value["predicate"])
        return predicate(kind, name, [listed] if plain and name not in ("within", "without") else listed)

    return read


def _bytecode(value: Mapping[str, Any], reader: Any) -> Bytecode:
    found = Bytecode()
    for part, instructions in (("source", found.source_instructions), ("step", found.step_instructions)):
        for name, *arguments in value.get(part, ()):
            instructions.append([name, *(reader.to_object(argument) for argument in arguments)])
    return cardinality_value(found)


def _strategy(name: str, value: Mapping[str, Any], reader: Any) -> TraversalStrategy:
    settings = {key: reader.to_object(item) for key, item in value.get("conf", {}).items()}
    return TraversalStrategy(name, settings, value.get("fqcn"))


def _closure(_: Any, __: Any) -> Any:
    raise ClosureError


READERS: Final[dict[str, Any]] = {
    **{f"g:{name}": Reading(_enum(name)) for name in ENUMS},
    "g:P": Reading(_predicate(P)),
    "g:TextP": Reading(_predicate(TextP)),
    "g:Bytecode": Reading(_bytecode),
    "g:Binding": Reading(lambda value, reader: Binding(value["key"], reader.to_object(value["value"]))),
    "g:Class": Reading(lambda value, _: GremlinType(value)),
    "g:Lambda": Reading(_closure),
}
WRITERS: Final[dict[Any, Any]] = {
    Path: Paths,
    long: Wide,
    bigint: Widest,
    tuple: graphson.ListIO,
    frozenset: graphson.SetIO,
}
