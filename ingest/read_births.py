"""Cells that hold a place and a day of birth: "Jakarta, 12-05-1985", "né le 3/4/1950 à Lyon"; they become two columns.

Days of one generation alone may be of anything else, and stay where they are; so do days of burial, and days beside
another column that says it holds births.
"""

from collections.abc import Collection
from functools import partial
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ingest.clean.run import encode
from ingest.kinds import apart
from ingest.kinds.header import read_header

YEAR: Final = "(?:18|19|20)[0-9]{2}"
NUMBERED: Final = f"[0-9]{{1,2}}[-/. ][0-9]{{1,2}}[-/. ]{YEAR}|{YEAR}[-/. ][0-9]{{1,2}}[-/. ][0-9]{{1,2}}"
NAMED: Final = rf"[0-9]{{1,2}}[. -]+(?:de )?\p{{L}}{{3,12}}[. -]+(?:de )?{YEAR}"
DAY: Final = rf"^(?P<before>(?:.*[^0-9])?)(?P<day>{NUMBERED}|{NAMED})(?P<behind>(?:[^0-9].*)?)$"
LETTERS: Final = r"\p{L}{2}"
LEAST_VALUES: Final = 20
GLANCE: Final = 200
"""Distinct values looked at before all are."""
TOLD: Final = 0.9
"""Share of the distinct values that hold a day and a place."""
LIVES: Final = 30
"""Years from the first twentieth of the days to the last."""
MARKS: Final = " ,;:/-().\t"


def with_births_apart(table: pa.Table, keep: Collection[str] = ()) -> pa.Table:
    """Put a place and a day in the place of columns that hold both.

    Args:
        table: columns of text.
        keep: columns that stay as they are.

    Returns:
        The table, such columns as `COLUMN place of birth` and `COLUMN date of birth`. Cost: GLANCE values of each
        column, and each distinct one where these hold days.
    """
    for name in table.column_names:
        parts = {} if name in keep else _parts(encode(table.column(name)))
        parts = parts if parts and _may_be_births(table, name) else {}
        place = table.column_names.index(name)
        for number, (part, values) in enumerate(parts.items()):
            table = table.add_column(place + number, f"{name} {part} of birth", values)
        table = table.drop_columns([name]) if parts else table
    return table


def _may_be_births(table: pa.Table, name: str) -> bool:
    """Whether neither the header nor a column beside it says that days of birth are not meant."""
    said = [other for other in table.column_names if other != name and "birth_date" in read_header(other).kinds]
    return "date" not in read_header(name).kinds and all(apart(table, name, other) for other in said)


def _parts(column: pa.DictionaryArray) -> dict[str, pa.Array]:
    """Place and date row by row, empty where a column does not hold both."""
    texts = column.dictionary.cast(pa.string())
    if len(texts) < LEAST_VALUES or not pc.any(_are_placed(_some(texts))).as_py():
        return {}
    said = texts.filter(pc.fill_null(pc.not_equal(pc.utf8_trim_whitespace(texts), ""), False)).unique()
    told = said.filter(_are_placed(said))
    if len(told) < max(TOLD * len(said), LEAST_VALUES) or _span(pc.extract_regex(told, DAY).field("day")) < LIVES:
        return {}
    found = pc.extract_regex(texts, DAY)
    apart = {"place": pc.coalesce(_place(found), texts), "date": found.field("day")}
    return {part: pa.DictionaryArray.from_arrays(column.indices, values) for part, values in apart.items()}


def _some(texts: pa.Array) -> pa.Array:
    """Values from one end to the other: where most of all hold days, one of these does as well."""
    return texts.take(np.linspace(0, len(texts) - 1, GLANCE).astype(np.int64))


def _are_placed(texts: pa.Array) -> pa.Array:
    """Whether each holds a day, and letters beside it."""
    placed: pa.Array = pc.fill_null(pc.match_substring_regex(_place(pc.extract_regex(texts, DAY)), LETTERS), False)
    return placed


def _place(found: pa.StructArray) -> pa.Array:
    """What stands before and behind the day; null where there is none."""
    trim = partial(pc.utf8_trim, characters=MARKS)
    around = trim(pc.binary_join_element_wise(trim(found.field("before")), trim(found.field("behind")), " "))
    known: pa.Array = pc.if_else(pc.is_valid(found), around, None)
    return known


def _span(days: pa.Array) -> float:
    """Years between the early and the late among days."""
    years = pc.extract_regex(days, f"(?P<year>{YEAR})").field("year").cast(pa.int32())
    early, late = np.quantile(years.to_numpy(zero_copy_only=False), (0.05, 0.95))
    return float(late - early)
