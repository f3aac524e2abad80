"""Cells that hold several e-mail addresses or telephone numbers: each stands in a column of its own.

A slash, a space and a hyphen also stand inside one number, so a cell is only cut where each piece is long enough to
be a number, and at a slash only where a number may begin behind it.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ingest.clean.run import clean_values, decoded, encode, with_column
from ingest.clean.text import Recipe
from ingest.people.plan import Plan

MOST: Final = 8
"""Pieces of one cell that are kept."""
BETWEEN: Final = r"[;,|&\r\n]+| +(?:or|and|oder|und|ou|et|y|o|e|och|eller|of|en) +"
LATER: Final = r"([0-9]\)?)(?: */ *(\(?[+0])| +([+]))"
"""Where a number begins behind a slash or a space: with a plus sign, or behind a slash with a zero."""
TRUNK: Final = "(^|\x1f)[^0-9+\x1f]*[+0]"
"""Whether a number begins with an area code, behind which a slash may stand."""
SEVERAL_EMAILS: Final = r"@[^@]*[^@\s]@"
SEVERAL_PHONES: Final = r"(?:[0-9][^0-9]*){6}(?:[;,|&/+\r\n]|[a-zA-Z] )[^0-9]*(?:[0-9][^0-9]*){6}"
"""What a cell of several looks like at a glance; most that look so for a slash are one number still."""
SIGNS: Final = r"\s<>;,|/\"()\[\]{}:@"
EACH_EMAIL: Final = rf"[^{SIGNS}''][^{SIGNS}]*@[^{SIGNS}'']+\.[^{SIGNS}'']+"
EMAILS: Final[Recipe] = (
    ("pieces", f"regexp_extract_all(v, '{EACH_EMAIL}')"),
    ("c", f"CASE WHEN len(pieces) > 1 THEN pieces[:{MOST}] END"),
)


KEYED: Final = r'"[a-z_ ]*(?:number|phone|tel|mobile|cell|value|nummer|numero)[a-z_ ]*" *: *"?([^",}]*[0-9][^",}]*)'
"""A number in an object of JSON, by the name of its field: dates and ids stand beside it."""


def _numbers(cut: str, least: int) -> str:
    """The pieces with digits where there are several, and each may be a number; otherwise null."""
    pieces = f"list_filter(string_split({cut}, '\x1f'), lambda p: digits(p) <> '')"
    short = f"list_filter({pieces}, lambda p: len(digits(p)) NOT BETWEEN {least} AND 15)"
    return f"CASE WHEN len({pieces}) > 1 AND len({short}) = 0 THEN {pieces}[:{MOST}] END"


PHONES: Final[Recipe] = (
    ("keyed", f"CASE WHEN contains(v, '\":') THEN regexp_extract_all(lower(v), '{KEYED}', 1) END"),
    ("listed", f"regexp_replace(lower(v), '{BETWEEN}', '\x1f', 'g')"),
    ("later", f"regexp_replace(listed, '{LATER}', '\\1\x1f\\2\\3', 'g')"),
    ("slashed", f"CASE WHEN NOT regexp_matches(later, '{TRUNK}') THEN replace(later, '/', '\x1f') END"),
    ("cut", f"coalesce({_numbers('slashed', 7)}, {_numbers('later', 6)}, {_numbers('listed', 6)})"),
    ("c", f"CASE WHEN keyed IS NULL THEN cut WHEN len(keyed) > 0 THEN keyed[:{MOST}] END"),
)


def most_of_each(database: duckdb.DuckDBPyConnection, table: pa.Table, plan: Plan) -> Mapping[str, int]:
    """By column of contacts the most that one of its cells holds; columns with one a cell are left out.

    Args:
        database: a cleaner.
        table: columns of text.
        plan: what they are.

    Cost: a look at each distinct value, and a closer one where it seems to hold several.
    """
    groups = ((plan.emails, SEVERAL_EMAILS, EMAILS), (plan.phones, SEVERAL_PHONES, PHONES))
    found: dict[str, int] = {}
    for columns, glance, recipe in groups:
        for name in columns:
            pieces = _pieces(database, encode(table.column(name)).dictionary, glance, recipe)
            if pieces is not None and len(pieces[1]):
                found[name] = pc.max(pc.list_value_length(pieces[1])).as_py()
    return found


def planned_apart(plan: Plan, most: Mapping[str, int]) -> Plan:
    """The plan with the further columns behind all others, so that these keep their places."""
    if not most:
        return plan
    return replace(plan, emails=_with_further(plan.emails, most), phones=_with_further(plan.phones, most))


def taken_apart(database: duckdb.DuckDBPyConnection, table: pa.Table, plan: Plan, most: Mapping[str, int]) -> pa.Table:
    """The table with one contact a cell.

    Args:
        database: a cleaner.
        table: columns of text, the whole or a part of what `most` was found in.
        plan: without the further columns.
        most: as `most_of_each` found it.

    Returns:
        The rows, the first of each cell in its own column and the others in the columns of `planned_apart`; over
        dictionaries where the column was.
    """
    for name, count in most.items():
        glance, recipe = (SEVERAL_EMAILS, EMAILS) if name in plan.emails else (SEVERAL_PHONES, PHONES)
        column = encode(table.column(name))
        texts = column.dictionary.cast(pa.string())
        found = _pieces(database, texts, glance, recipe)
        coded = pa.types.is_dictionary(table.column(name).type)
        for place in range(count):
            rest = texts if place == 0 else pa.nulls(len(texts), pa.string())
            one = pc.replace_with_mask(rest, found[0], _piece(found[1], place)) if found else rest
            whole = pa.DictionaryArray.from_arrays(column.indices, one)
            table = with_column(table, _further(name, place) if place else name, whole if coded else decoded(whole))
    return table


def _pieces(
    database: duckdb.DuckDBPyConnection, texts: pa.Array, glance: str, recipe: Recipe
) -> tuple[pa.Array, pa.Array] | None:
    """Which texts hold several, shape (texts,), and the pieces of those; None where none seems to."""
    seen = pc.fill_null(pc.match_substring_regex(texts, glance), False)
    if not pc.any(seen).as_py():
        return None
    found = clean_values(database, texts.filter(seen), recipe)
    several = pc.is_valid(found)
    return pc.replace_with_mask(seen, seen, several), found.filter(several)


def _piece(pieces: pa.Array, place: int) -> pa.Array:
    """One piece of each list, null where a list is shorter."""
    starts = np.asarray(pieces.offsets.to_numpy()[:-1]) + place
    missing = np.asarray(pc.list_value_length(pieces).to_numpy()) <= place
    return pieces.values.take(pa.array(starts, mask=missing))


def _with_further(columns: tuple[str, ...], most: Mapping[str, int]) -> tuple[str, ...]:
    further = [_further(name, place) for name in columns for place in range(1, most.get(name, 1))]
    return *columns, *further


def _further(name: str, place: int) -> str:
    return f"{name}\x1f{place + 1}"
