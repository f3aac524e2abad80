"""SQL that turns JSON objects into columns: nested objects flattened with dots.

Lists of objects that describe people have columns of their own (`json_lists`); all others are kept as JSON text.
"""

from collections.abc import Iterator
from typing import Final, cast

import duckdb
import msgspec

from ingest.adapters.contract import SHOWN
from ingest.adapters.json_lists import Column, Listed, columns_of, listed, measure_sql
from ingest.rows_sql import name, text

DEPTH: Final = 4
OBJECTS: Final = (
    "CREATE OR REPLACE TEMP TABLE objects AS SELECT line, CASE WHEN json_valid(j) AND json_type(j) = 'OBJECT' "
    "THEN j::JSON END AS j, j AS wrote FROM texts WHERE trim(j, ' \t\r\n') <> '' ORDER BY line"
)
"""Makes `objects` of `texts` (j, line), null where the text is none; blank texts are nothing."""
NO_OBJECTS: Final = f"SELECT line, left(wrote, {SHOWN}) FROM objects WHERE j IS NULL ORDER BY line"
STRUCTURE: Final = "SELECT json_group_structure(j)::VARCHAR FROM objects"


def columns_sql(database: duckdb.DuckDBPyConnection) -> str:
    """Say how to read the objects as columns, `line` first.

    Args:
        database: has `objects`.
    """
    structure = database.execute(STRUCTURE).fetchall()[0][0]
    fields = list(_fields(msgspec.json.decode(structure), ())) if structure else []
    lists = [one for place, inner in fields if (one := listed(inner, place))]
    measured = list(database.execute(measure_sql(lists)).fetchall()[0]) if lists else []
    apart = {one.place: _columns(one, *measured[2 * at : 2 * at + 2]) for at, one in enumerate(lists)}
    picked = [column for place, inner in fields for column in apart.get(place) or [_whole(place, inner)]]
    return (
        f"SELECT {', '.join(['line', *(f'{sql} AS {name(column)}' for column, sql in picked)])} "
        "FROM objects WHERE j IS NOT NULL ORDER BY line"
    )


def _columns(one: Listed, longest: int | None, systems: list[str] | None) -> list[Column] | None:
    return columns_of(one, longest or 0, systems, _fields)


def _whole(place: tuple[str, ...], structure: object) -> Column:
    """The value as text; an empty list says nothing."""
    value = f"json_extract_string(j, {text(_pointer(place))})"
    return ".".join(place), f"nullif({value}, '[]')" if isinstance(structure, list) else value


def _fields(structure: object, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    """The places of the values in objects of this structure, in order of appearance, and what stands there."""
    if isinstance(structure, dict) and len(place) < DEPTH:
        for key, inner in cast("dict[str, object]", structure).items():
            yield from _fields(inner, (*place, key))
    elif place:
        yield place, structure


def _pointer(place: tuple[str, ...]) -> str:
    return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in place)
