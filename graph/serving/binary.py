"""GraphBinary 1 messages. Values are read and written by gremlinpython; here is what a server needs beyond a driver.

Source: Apache TinkerPop, GraphBinary 1.0 format; Provider Documentation for requests and responses.
"""

import io
import struct
from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from gremlin_python.process.traversal import Bytecode, P, TextP, TraversalStrategy
from gremlin_python.statics import GremlinType, bigint, long
from gremlin_python.structure.io import graphbinaryV1 as binary  # noqa: N813 (a module)

from graph.serving.contract import ClosureError, MalformedError, Request, Response
from graph.serving.values import UNREADABLE, cardinality_value, predicate, unreadable, word
from graph.text.numbers import INT, LONG

VERSION: Final = 0x81
HEAD_BYTES: Final = 17
PRESENT: Final = b"\x00"
INT32: Final = struct.Struct(">i")
ENUMS: Final = (
    "barrier",
    "cardinality",
    "column",
    "direction",
    "dt",
    "gtype",
    "merge",
    "operator",
    "order",
    "pick",
    "pop",
    "scope",
    "t",
)
Read = Callable[[io.BytesIO, Any], Any]


class GraphBinary:
    """The codec."""

    def __init__(self) -> None:
        self._reader = binary.GraphBinaryReader(READERS)
        self._writer = _Writer(WRITERS)

    def read(self, payload: bytes) -> Request:
        """Read a request; errors as in `Codec.read`."""
        buffer = io.BytesIO(payload)
        if buffer.read(1) != bytes([VERSION]) or len(payload) < HEAD_BYTES:
            raise MalformedError("This is no GraphBinary 1.", remedy="Use GraphBinary 1 or GraphSON 3.")
        name = UUID(bytes=buffer.read(16))
        try:
            op, processor = _text(buffer), _text(buffer)
            values = [self._reader.to_object(buffer) for _ in range(2 * _count(buffer))]
        except UNREADABLE as error:
            raise unreadable(error, name) from error
        arguments = dict(zip(values[::2], values[1::2], strict=True))
        return Request(id=name, processor=processor, op=op, arguments=arguments)

    def write(self, response: Response) -> bytes:
        """Write an answer; errors as in `Codec.write`."""
        found = bytearray([VERSION])
        found += b"\x01" if response.id is None else PRESENT + response.id.bytes
        found += INT32.pack(response.status)
        found += PRESENT + _sized(response.message.encode())
        found += self._entries(dict(response.attributes))
        found += self._entries({})
        self._writer.to_dict(response.data, found)
        return bytes(found)

    def _entries(self, values: dict[str, Any]) -> bytes:
        found = bytearray(INT32.pack(len(values)))
        for key, value in values.items():
            self._writer.to_dict(key, found)
            self._writer.to_dict(value, found)
        return bytes(found)


class _Writer(binary.GraphBinaryWriter):
    """Refuses what gremlinpython would pass over in silence."""

    def to_dict(self, obj: Any, to_extend: Any = None) -> Any:
        if obj is None or type(obj) in self.serializers or isinstance(obj, tuple(self.serializers)):
            return super().to_dict(obj, to_extend)
        raise TypeError(f"GraphBinary 1 has no {type(obj).__name__}")


class _Whole:
    """Whole numbers in the smallest of Java's types that holds them."""

    @staticmethod
    def dictify(obj: int, writer: Any, to_extend: Any, *_: Any) -> Any:
        kind: Any = binary.IntIO if int(obj) in INT else _wide(obj)
        return kind.dictify(obj, writer, to_extend)


class _Long:
    """Whole numbers that are long by type, unless they are longer."""

    @staticmethod
    def dictify(obj: int, writer: Any, to_extend: Any, *_: Any) -> Any:
        return _wide(obj).dictify(obj, writer, to_extend)


def _wide(value: int) -> Any:
    return binary.LongIO if int(value) in LONG else binary.BigIntIO


class _Reading:
    """Reads one type: whether it is null, and if not, by a function."""

    def __init__(self, read: Read) -> None:
        self._read = read

    def objectify(self, buffer: io.BytesIO, reader: Any, nullable: bool = True) -> Any:  # noqa: FBT001, FBT002 (as gremlinpython calls it)
        if nullable and buffer.read(1) != PRESENT:
            return None
        return self._read(buffer, reader)


def _enum(family: str) -> Read:
    return lambda buffer, reader: word(family, reader.to_object(buffer))


def _predicate(kind: type[P]) -> Read:
    def read(buffer: io.BytesIO, reader: Any) -> P:
        name = _text(buffer)
        return predicate(kind, name, [reader.to_object(buffer) for _ in range(_count(buffer))])

    return read


def _bytecode(buffer: io.BytesIO, reader: Any) -> Bytecode:
    found = Bytecode()
    for instructions in (found.step_instructions, found.source_instructions):
        for _ in range(_count(buffer)):
            name = _text(buffer)
            instructions.append([name, *(reader.to_object(buffer) for _ in range(_count(buffer)))])
    return cardinality_value(found)


def _strategy(buffer: io.BytesIO, reader: Any) -> TraversalStrategy:
    name = _text(buffer)
    settings = reader.to_object(buffer, binary.DataType.map, nullable=False)
    return TraversalStrategy(name.rpartition(".")[2], settings, name)


def _closure(_: io.BytesIO, __: Any) -> Any:
    raise ClosureError


def _text(buffer: io.BytesIO) -> str:
    return _exactly(buffer, _count(buffer)).decode()


def _count(buffer: io.BytesIO) -> int:
    number: int = INT32.unpack(buffer.read(4))[0]
    if number < 0:
        raise ValueError(number)
    return number


def _exactly(buffer: io.BytesIO, size: int) -> bytes:
    found = buffer.read(size)
    if len(found) != size:
        raise ValueError(size)
    return found


def _sized(text: bytes) -> bytes:
    return INT32.pack(len(text)) + text


READERS: Final[dict[Any, Any]] = {
    **{getattr(binary.DataType, name): _Reading(_enum(name)) for name in ENUMS},
    binary.DataType.p: _Reading(_predicate(P)),
    binary.DataType.textp: _Reading(_predicate(TextP)),
    binary.DataType.bytecode: _Reading(_bytecode),
    binary.DataType.traversalstrategy: _Reading(_strategy),
    binary.DataType.clazz: _Reading(lambda buffer, _: GremlinType(_text(buffer))),
    binary.DataType.lambda_: _Reading(_closure),
}
WRITERS: Final[dict[Any, Any]] = {
    int: _Whole,
    long: _Long,
    bigint: binary.BigIntIO,
    tuple: binary.ListIO,
    frozenset: binary.SetDeserializer,
}
