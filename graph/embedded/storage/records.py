"""Elements that were written one by one: mutable records, and the text in which they are kept on disk."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from gremlin_python.statics import SingleByte, bigint, long, short

from graph.embedded.refusals import unsupported
from graph.embedded.values import HashableList, Value, hashable, is_list, is_map, is_set, items


@dataclass(slots=True)
class PropertyRecord:
    """One value of a vertex property, with its own properties."""

    id: Value
    value: Value
    meta: dict[str, Value] = field(default_factory=dict[str, Value])


@dataclass(slots=True)
class VertexRecord:
    """A vertex as it now is."""

    id: Value
    label: str
    properties: dict[str, list[PropertyRecord]]

    def copy(self) -> "VertexRecord":
        """A record that can change apart from this one."""
        properties = {
            key: [PropertyRecord(item.id, item.value, dict(item.meta)) for item in values]
            for key, values in self.properties.items()
        }
        return VertexRecord(self.id, self.label, properties)


@dataclass(slots=True)
class EdgeRecord:
    """An edge as it now is; ends are handles."""

    id: Value
    label: str
    out: int
    in_: int
    properties: dict[str, Value]

    def copy(self) -> "EdgeRecord":
        """A record that can change apart from this one."""
        return EdgeRecord(self.id, self.label, self.out, self.in_, dict(self.properties))


INTEGERS: Final = {"l": long, "s": short, "y": SingleByte, "n": bigint}


def encode(value: Value) -> Any:  # noqa: C901, PLR0911 (a table of types)
    """Write a value as JSON that says its type.

    Raises:
        UnsupportedError: a property cannot hold such a value.
    """
    for tag, kind in INTEGERS.items():
        if isinstance(value, kind):
            return {tag: int(str(value))}
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return {"d": repr(value)}
    if isinstance(value, Decimal):
        return {"m": str(value)}
    if isinstance(value, datetime):
        return {"t": value.isoformat()}
    if isinstance(value, UUID):
        return {"u": str(value)}
    if isinstance(value, list | tuple):
        return [encode(item) for item in items(value)]
    if is_set(value):
        return {"set": sorted((encode(item) for item in value), key=json.dumps)}
    if is_map(value):
        return {"map": [[encode(key), encode(item)] for key, item in value.items()]}
    raise unsupported("property", f"a value of type {type(value).__name__}")


def decode(given: Any) -> Value:
    """Read what `encode` wrote."""
    if is_list(given):
        return HashableList(decode(item) for item in given)
    if not is_map(given):
        return given
    ((tag, value),) = given.items()
    if tag in INTEGERS:
        return INTEGERS[tag](value)
    if tag == "set":
        return {hashable(decode(item)) for item in value}
    if tag == "map":
        return {hashable(decode(key)): decode(item) for key, item in value}
    return SCALARS[tag](value)


SCALARS: Final[dict[str, Any]] = {"d": float, "m": Decimal, "t": datetime.fromisoformat, "u": UUID}


def vertex_text(record: VertexRecord) -> str:
    """Write a vertex record."""
    properties = {
        key: [
            [encode(item.id), encode(item.value), {name: encode(meta) for name, meta in item.meta.items()}]
            for item in values
        ]
        for key, values in record.properties.items()
    }
    return json.dumps([encode(record.id), record.label, properties], separators=(",", ":"))


def vertex_record(text: str) -> VertexRecord:
    """Read a vertex record."""
    identity, label, properties = json.loads(text)
    return VertexRecord(
        decode(identity),
        label,
        {
            key: [
                PropertyRecord(decode(item[0]), decode(item[1]), {name: decode(meta) for name, meta in item[2].items()})
                for item in values
            ]
            for key, values in properties.items()
        },
    )


def edge_text(record: EdgeRecord, out_id: str, in_id: str) -> str:
    """Write an edge record; its ends by id."""
    properties = {key: encode(value) for key, value in record.properties.items()}
    return json.dumps([encode(record.id), record.label, out_id, in_id, properties], separators=(",", ":"))


def edge_parts(text: str) -> tuple[Value, str, str, str, dict[str, Value]]:
    """Read an edge record: id, label, id of the out vertex, id of the in vertex, properties."""
    identity, label, out_id, in_id, properties = json.loads(text)
    return decode(identity), label, out_id, in_id, {key: decode(value) for key, value in properties.items()}
