"""Cells that hold a postcode and its town, as letters are addressed in Europe: "6821 CC Arnhem", "D-80331 München"."""

from collections.abc import Collection
from functools import partial
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ingest.clean.run import coded, encode, evenly, in_parts, said_texts
from ingest.kinds.header import read_header

PARTS: Final = ("postcode", "city")
POSTCODE: Final = "[0-9]{4} ?[A-Z]{2}|[0-9]{3} [0-9]{2}|[0-9]{2}-[0-9]{3}|[0-9]{4,5}-[0-9]{3}|[0-9]{4,7}|[0-9]{10}"
NAME: Final = r"\p{L}[\p{L}\p{M}.''’]*[\p{L}\p{M}]{2}[^0-9]*(?: (?i:cedex) [0-9]+)?"
TOWN: Final = rf"^\s*(?:[A-Z]{{1,3}}[- ])?(?P<postcode>{POSTCODE})[ ,]+(?P<city>{NAME})$"
SAID: Final = frozenset({"postcode", "city"})
"""What the header has to say: a number and a name may be a house and its street as well."""
SHARE: Final = 0.8
"""Share of the distinct values that hold both."""
OF_ONE_TOWN: Final = 2
"""Postcodes to each town at least, where no header names them: of streets as many as of houses have one number."""
STREET: Final = r"(?i) (?:st|street|rd|road|ave?|avenue|dr|drive|lane|ln|ct|court|blvd|way)\.?$"
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
        said = SAID.intersection(read_header(name).kinds)
        if name in keep or not said:
            continue
        column = encode(table.column(name))
        if _hold_both(column.dictionary.cast(pa.string()), said="postcode" in said):
            table = in_parts(table, name, {part: coded(column, partial(part_of, part=part)) for part in PARTS})
    return table


def part_of(texts: pa.Array, part: str) -> pa.Array:
    """One of PARTS of each cell, where it holds both; all of another is a postcode if it begins with a digit."""
    found = pc.extract_regex(texts, TOWN)
    begun = pc.match_substring_regex(texts, r"^\s*[0-9]")
    whole = begun if part == "postcode" else pc.invert(begun)
    half: pa.Array = pc.if_else(pc.and_(whole, pc.is_null(found)), texts, pc.struct_field(found, part))
    return half


def holds(texts: pa.Array) -> pa.Array:
    """Whether each cell holds a postcode and a town."""
    both: pa.Array = pc.match_substring_regex(texts, TOWN)
    return both


def _hold_both(texts: pa.Array, *, said: bool) -> bool:
    """Whether most texts hold both; where the header names no postcode, few towns have to have many."""
    every = said_texts(texts)
    if len(every) < LEAST_VALUES:
        return False
    if any((pc.sum(holds(some)).as_py() or 0) < SHARE * len(some) for some in (evenly(every, GLANCE), every)):
        return False
    towns = pc.struct_field(pc.extract_regex(every, TOWN), "city").drop_null()
    streets = pc.sum(pc.match_substring_regex(towns, STREET)).as_py() or 0
    return streets < (1 - SHARE) * len(towns) and (said or len(towns.unique()) * OF_ONE_TOWN <= len(towns))
