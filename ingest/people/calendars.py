"""Which calendar the birth dates of a column are of: its header may say it, or years that nobody living is born in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ingest.clean.calendars import OLD
from ingest.clean.dates import Order
from ingest.clean.run import clean_dates, encode
from ingest.kinds.header import spaced

LEAST_DATES: Final = 5
SHARE: Final = 0.02
"""Share of the dates that are of such years, from which they are no slips of the pen."""
OLD_YEAR: Final = "(?:^|[^0-9])1[34][0-9]{2}(?:[^0-9]|$)"
MODERN: Final = 1850
LATE: Final = 0.004
"""Share of the dates on a 31st of the first six months, from which they are Persian; by chance it is 0.016."""
SAID: Final = {
    "ethiopian": re.compile(r"\b(ec|e c|eth\w*)\b|ዓ ም"),
    "islamic": re.compile(r"hijr|هجر|\bah\b|قمری"),
    "persian": re.compile(r"shamsi|jalali|شمسی|khorshidi|solar"),
}
"""What headers call a calendar."""
ARABIC: Final = re.compile("[\u0600-\u06ff]")
PERSIAN: Final = re.compile("[پچژگکی]")
"""Letters of Persian that Arabic has not, or writes by another sign."""
Ints = NDArray[np.int64]
Orders = Mapping[tuple[str, str], Order]


def with_calendars(database: duckdb.DuckDBPyConnection, table: pa.Table, source: pa.Array, orders: Orders) -> Orders:
    """The orders with the calendars of their dates.

    Years of five hundred years ago are of another calendar where the table has births of our time as well, or where
    the header is in Arabic letters; elsewhere they are what they say.

    Args:
        database: a cleaner.
        table: columns of text.
        source: shape (rows,), the source of each row.
        orders: by source and column, how dates read.

    Cost: a look at each distinct text; where one may be of another calendar, the distinct dates are read.
    """
    if not any(_may_be_old(table.column(name)) or _said(name) for name in {name for _, name in orders}):
        return orders
    dates = {key: _dates(database, table.column(key[1]), source, key[0], order) for key, order in orders.items()}
    modern = any(_is_many(days[:, 0] >= MODERN) for days in dates.values())
    found = {key: _calendar(key[1], days, modern=modern) for key, days in dates.items()}
    return {key: replace(order, calendar=found[key]) for key, order in orders.items()}


def told_calendars(orders: Orders) -> Iterator[str]:
    """What to say of columns whose dates are of another calendar."""
    for name, calendar in dict.fromkeys((name, order.calendar) for (_, name), order in orders.items()):
        if calendar:
            yield f"{name}: dates of the {calendar.capitalize()} calendar are read as ours."


def _may_be_old(column: pa.ChunkedArray) -> bool:
    """Whether some texts hold such years."""
    texts = encode(column).dictionary.cast(pa.string())
    return (pc.sum(pc.match_substring_regex(texts, OLD_YEAR)).as_py() or 0) >= LEAST_DATES


def _said(name: str) -> str:
    """The calendar that a header names; empty for none."""
    return next((calendar for calendar, word in SAID.items() if word.search(spaced(name))), "")


def _calendar(header: str, dates: Ints, *, modern: bool) -> str:
    """The calendar of dates, shape (dates, 3); empty for ours."""
    said = _said(header)
    old = dates[(dates[:, 0] >= OLD[0]) & (dates[:, 0] <= OLD[1])]
    if said == "ethiopian" and len(dates):
        return said
    if not _is_many(np.isin(dates[:, 0], old[:, 0])) or not (said or modern or ARABIC.search(header)):
        return ""
    late = int(((old[:, 2] == 31) & (old[:, 1] <= 6)).sum())
    persian = late >= max(LATE * len(old), 1) or (late == 0 and PERSIAN.search(header) is not None)
    return said or ("persian" if persian else "islamic")


def _is_many(those: NDArray[np.bool_]) -> bool:
    return bool(those.sum() >= max(LEAST_DATES, SHARE * len(those)))


def _dates(
    database: duckdb.DuckDBPyConnection, column: pa.ChunkedArray, source: pa.Array, name: str, order: Order
) -> Ints:
    """Year, month and day of the distinct whole dates of one source; shape (dates, 3)."""
    encoded, sources = encode(column), encode(source)
    mine = pc.equal(sources.indices, pc.index(sources.dictionary, name))
    used = encoded.indices.filter(mine).drop_null().unique()
    texts = clean_dates(database, encoded.dictionary.cast(pa.string()).take(used), order)
    found = pc.extract_regex(texts, r"^(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)$").drop_null()
    return np.stack([pc.struct_field(found, part).cast(pa.int64()).to_numpy() for part in "ymd"], axis=1)
