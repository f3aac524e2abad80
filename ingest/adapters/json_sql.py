"""SQL that turns JSON objects into columns: nested objects flattened with dots.

Lists of objects that describe people have columns of their own (`json_lists`); all others are kept as JSON text.
"""

from collections.abc import Iterator, Sequence
from typing import Final, cast

import duckdb
import msgspec

from ingest.adapters.contract import SHOWN
from ingest.adapters.json_lists import Column, Listed, Measured, columns_of, listed, measure_sql
from ingest.rows_sql import name, text

DEPTH: Final = 4
OBJECTS: Final = (
    "CREATE OR REPLACE TEMP TABLE objects AS SELECT line, CASE WHEN json_valid(j) AND json_type(j) = 'OBJECT' "
    "THEN j::JSON END AS j, j AS wrote FROM texts WHERE trim(j, ' \t\r\n') <> '' ORDER BY line"
)
"""Makes `objects` of `texts` (j, line), null where the text is none; blank texts are nothing."""
NO_OBJECTS: Final = f"SELECT line, left(wrote, {SHOWN}) FROM objects WHERE j IS NULL ORDER BY line"
STRUCTURE: Final = "SELECT json_group_structure(j)::VARCHAR FROM objects"
MIXED: Final = "JSON"
"""The structure of what is a list here and a text there."""
Place = tuple[str, ...]


def columns_sql(database: duckdb.DuckDBPyConnection) -> str:
    """Look what is in `objects`, and say how to read them as columns, `line` first."""
    structure = database.execute(STRUCTURE).fetchall()[0][0]
    fields = list(_fields(msgspec.json.decode(structure), ())) if structure else []
    fields = _with_lists(database, fields)
    lists = [one for place, inner in fields if (one := listed(inner, place))]
    apart = {
        one.place: columns_of(one, measured, _fields)
        for one, measured in zip(lists, _measured(database, lists), strict=True)
    }
    found = [column for place, inner in fields for column in apart.get(place) or [_whole(place, inner)]]
    picked = [f"{sql} AS {name(column)}" for column, sql in _once(found)]
    return f"SELECT {', '.join(['line', *picked])} FROM objects WHERE j IS NOT NULL ORDER BY line"


def _with_lists(
    database: duckdb.DuckDBPyConnection, fields: Sequence[tuple[Place, object]]
) -> list[tuple[Place, object]]:
    """The fields, those that are lists in most rows with the structure of these: one odd row does not hide them."""
    found: list[tuple[Place, object]] = []
    for place, structure in fields:
        if structure == MIXED:
            value = f"json_extract(j, {text(_pointer(place))})"
            of_lists = f"SELECT json_group_structure({value})::VARCHAR FROM objects WHERE json_type({value}) = 'ARRAY'"
            said = database.execute(of_lists).fetchall()[0][0]
            inner = msgspec.json.decode(said) if said else MIXED
            found.append((place, inner if listed(inner, place) else structure))
        else:
            found.append((place, structure))
    return found


def _measured(database: duckdb.DuckDBPyConnection, lists: Sequence[Listed]) -> list[Measured]:
    if not lists:
        return []
    row = iter(database.execute(measure_sql(lists)).fetchall()[0])
    return [
        Measured(longest=longest or 0, systems=None if systems is None else tuple(systems), others=others)
        for longest, systems, others in zip(row, row, row, strict=True)
    ]


def _whole(place: Place, structure: object) -> Column:
    """The value as text; an empty list says nothing."""
    value = f"json_extract_string(j, {text(_pointer(place))})"
    return ".".join(place), f"nullif({value}, '[]')" if isinstance(structure, list) else value


def _once(columns: Sequence[Column]) -> Iterator[Column]:
    """The columns, those of a name that an earlier one has with a stroke behind it."""
    taken = {"line"}
    for column, sql in columns:
        free = column or "_"
        while free in taken:
            free += "'"
        taken.add(free)
        yield free, sql


def _fields(structure: object, place: Place) -> Iterator[tuple[Place, object]]:
    """The places of the values in objects of this structure, in order of appearance, and what stands there."""
    if isinstance(structure, dict) and len(place) < DEPTH:
        for key, inner in cast("dict[str, object]", structure).items():
            yield from _fields(inner, (*place, key))
    elif place:
        yield place, structure


def _pointer(place: Place) -> str:
    return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in place)
