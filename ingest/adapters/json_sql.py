"""SQL that turns JSON objects into columns: nested objects flattened with dots, lists kept as JSON text."""

from collections.abc import Iterator
from typing import Final, cast

import msgspec

from ingest.adapters.contract import SHOWN
from ingest.rows_sql import name, text

DEPTH: Final = 4
OBJECTS: Final = (
    "CREATE OR REPLACE TEMP TABLE objects AS SELECT line, CASE WHEN json_valid(j) AND json_type(j) = 'OBJECT' "
    "THEN j::JSON END AS j, j AS wrote FROM texts WHERE trim(j, ' \t\r\n') <> '' ORDER BY line"
)
"""Makes `objects` of `texts` (j, line), null where the text is none; blank texts are nothing."""
NO_OBJECTS: Final = f"SELECT line, left(wrote, {SHOWN}) FROM objects WHERE j IS NULL ORDER BY line"
STRUCTURE: Final = "SELECT json_group_structure(j)::VARCHAR FROM objects"


def columns_sql(structure: str | None) -> str:
    """Say how to read the objects as columns, `line` first.

    Args:
        structure: what STRUCTURE gave; None, or null as JSON, when there is no object.
    """
    fields = list(_fields(msgspec.json.decode(structure), ())) if structure else []
    picked = [f"json_extract_string(j, {text(_pointer(place))}) AS {name('.'.join(place))}" for place in fields]
    return f"SELECT {', '.join(['line', *picked])} FROM objects WHERE j IS NOT NULL ORDER BY line"


def _fields(structure: object, place: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The places of the values in objects of this structure, in order of appearance."""
    if isinstance(structure, dict) and len(place) < DEPTH:
        for key, inner in cast("dict[str, object]", structure).items():
            yield from _fields(inner, (*place, key))
    elif place:
        yield place


def _pointer(place: tuple[str, ...]) -> str:
    return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in place)
