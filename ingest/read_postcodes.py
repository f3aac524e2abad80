"""Cells that hold a postcode and its town, as letters are addressed in Europe: "6821 CC Arnhem", "D-80331 München"."""

from collections.abc import Collection
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ingest.clean.run import encode, evenly, in_parts
from ingest.kinds.header import read_header

PARTS: Final = ("postcode", "city")
POSTCODE: Final = "[0-9]{4} ?[A-Z]{2}|[0-9]{3} [0-9]{2}|[0-9]{2}-[0-9]{3}|[0-9]{4}-[0-9]{3}|[0-9]{4,6}"
TOWN: Final = rf"^\s*(?:[A-Z]{{1,3}}[- ])?(?P<postcode>{POSTCODE})[ ,]+(?P<city>\p{{L}}[^0-9]*)$"
SAID: Final = frozenset({"postcode", "city"})
"""What the header has to say: a number and a name may be a house and its street as well."""
SHARE: Final = 0.8
"""Share of the distinct values that hold both."""
LEAST_VALUES: Final = 20
GLANCE: Final = 200
"""Distinct values looked at before all are."""


def with_towns_apart(table: pa.Table, keep: Collection[str] = ()) -> pa.Table:
    """Put a postcode and a town in the place of columns that hold both.

    Args:
        table: columns of text.
        keep: columns that stay as they are.

    Returns:
        The table, such columns as `COLUMN postcode` and `COLUMN city`. Cost: GLANCE values of each column whose header
        tells of a place, and each distinct one where these hold both.
    """
    for name in table.column_names:
        if name not in keep and SAID.intersection(read_header(name).kinds):
            column = encode(table.column(name))
            texts = column.dictionary.cast(pa.string())
            if _hold_both(texts):
                parts = {part: pa.DictionaryArray.from_arrays(column.indices, part_of(texts, part)) for part in PARTS}
                table = in_parts(table, name, parts)
    return table


def part_of(texts: pa.Array, part: str) -> pa.Array:
    """One of PARTS of each cell, where it holds both; all of another is a town, if it has no digits, or a postcode."""
    found = pc.struct_field(pc.extract_regex(texts, TOWN), part)
    numbered = pc.match_substring_regex(texts, "[0-9]")
    whole = numbered if part == "postcode" else pc.invert(numbered)
    both = pc.is_valid(pc.extract_regex(texts, TOWN))
    half: pa.Array = pc.if_else(pc.and_(whole, pc.invert(both)), texts, found)
    return half


def _hold_both(texts: pa.Array) -> bool:
    said = texts.filter(pc.fill_null(pc.not_equal(pc.utf8_trim_whitespace(texts), ""), False)).unique()
    if len(said) < LEAST_VALUES:
        return False
    return all(
        (pc.sum(pc.match_substring_regex(some, TOWN)).as_py() or 0) >= SHARE * len(some) for some in _looks(said)
    )


def _looks(texts: pa.Array) -> tuple[pa.Array, ...]:
    """Some of the texts, and then all."""
    return evenly(texts, GLANCE), texts
