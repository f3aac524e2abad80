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
"""Dates of such years that are no slips of the pen."""
SHARE: Final = 0.02
"""Share of the dates that are of such years, from which they are none either."""
OLD_YEAR: Final = "(?:^|[^0-9])1[34][0-9]{2}(?:[^0-9]|$)|^1[34][0-9]{6}$"
BETWEEN: Final = (1500, 1800)
"""Years in which somebody is born wherever older births are told in our calendar."""
NOW: Final = {"islamic": 1452, "persian": 1409}
"""The year 2030 in each: what lies behind it is of neither."""
NEARLY_ALL: Final = 0.99
IMPOSSIBLE: Final = frozenset({(2, 30), (2, 31), (4, 31), (6, 31)})
"""Months and days that our calendar has not, and the Persian has."""
PERSIAN_DAYS: Final = 0.004
"""Share of such days from which a calendar is the Persian, where by chance 0.011 are."""
ENOUGH: Final = 100
"""Dates of which some are on a 31st in our calendar."""
ON_31ST: Final = 0.002
"""Share of the dates on a 31st, up to which there is none in the calendar; in ours 0.019 are."""
SAID: Final = {
    "ethiopian": re.compile(r"\b(e ?c|ethio\w*)\b|ዓ ም"),
    "islamic": re.compile(r"hijr|هجر|\bah\b|قمری"),
    "persian": re.compile(r"shamsi|jalali|شمسی|khorshidi"),
}
"""What headers call a calendar."""
ARABIC: Final = re.compile("[\u0600-\u06ff]")
PERSIAN: Final = re.compile("[پچژگکی]")
"""Letters of Persian that Arabic has not, or writes by another sign."""
Ints = NDArray[np.int64]
Orders = Mapping[tuple[str, str], Order]


def with_calendars(database: duckdb.DuckDBPyConnection, table: pa.Table, source: pa.Array, orders: Orders) -> Orders:
    """The orders with the calendars of their dates.

    Years of five hundred years ago are of another calendar where days are told that ours has not, or none is on a 31st;
    and, where these are too few to tell, where the header is in Arabic letters. Where one column is of another
    calendar, others that may be are of the same.

    Args:
        database: a cleaner.
        table: columns of text.
        source: shape (rows,), the source of each row.
        orders: by source and column, how dates read.

    Cost: a look at each distinct text; where one may be of another calendar, the distinct dates are read.
    """
    if not any(_may_be_old(table.column(name)) or _said(name) for name in {name for _, name in orders}):
        return orders
    texts = {name: _texts_by_source(table.column(name), source) for name in {name for _, name in orders}}
    dates = {(one, name): _dates(database, texts[name][one], order) for (one, name), order in orders.items()}
    found = {key: _calendar(key[1], days) for key, days in dates.items()}
    others = sorted({calendar for calendar in found.values() if calendar in NOW})
    for key, days in dates.items():
        if not found[key] and len(others) == 1 and _may_be(others[0], days):
            found[key] = others[0]
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


def _calendar(header: str, dates: Ints) -> str:
    """The calendar of dates, shape (dates, 3); empty for ours, and where it cannot be told."""
    said = _said(header)
    if said == "ethiopian":
        return said if _never_on_31st(dates) and len(dates) >= ENOUGH else ""
    may = [calendar for calendar in NOW if _may_be(calendar, dates)]
    if said:
        may = [calendar for calendar in may if calendar == said]
    if not may or not _is_told(header, dates):
        return ""
    if len(may) == 1:
        return may[0]
    return "persian" if PERSIAN.search(header) or not _never_on_31st(_old(dates)) else "islamic"


def _is_told(header: str, dates: Ints) -> bool:
    """Whether anything beside the years says that dates are not of our calendar."""
    enough = len(_old(dates)) >= ENOUGH and _never_on_31st(_old(dates))
    return bool(_said(header) or ARABIC.search(header) or enough or _has_impossible(dates))


def _may_be(calendar: str, dates: Ints) -> bool:
    """Whether many dates are of years of a calendar, none of them to come, and none between them and our time."""
    if not _is_many(_are_old(dates)) or np.quantile(_old(dates)[:, 0], NEARLY_ALL) > NOW[calendar]:
        return False
    between = (dates[:, 0] >= BETWEEN[0]) & (dates[:, 0] < BETWEEN[1])
    against = _late(dates) if calendar == "persian" else _has_impossible(dates)
    return not against and not _is_many(between)


def _are_old(dates: Ints) -> NDArray[np.bool_]:
    return (dates[:, 0] >= OLD[0]) & (dates[:, 0] <= OLD[1])


def _old(dates: Ints) -> Ints:
    return dates[_are_old(dates)]


def _has_impossible(dates: Ints) -> bool:
    """Whether old dates are on days that our calendar has not; one is enough where none is on days of ours alone."""
    old = _old(dates)
    count = sum(int(((old[:, 1] == month) & (old[:, 2] == day)).sum()) for month, day in IMPOSSIBLE)
    return count >= (1 if len(old) >= ENOUGH and not _late_days(old) else max(2, PERSIAN_DAYS * len(old)))


def _late(dates: Ints) -> bool:
    """Whether some old dates are on a 31st of the second half of the year, which the Persian has not."""
    old = _old(dates)
    return _late_days(old) > max(1, ON_31ST * len(old))


def _late_days(dates: Ints) -> int:
    return int(((dates[:, 1] > 6) & (dates[:, 2] == 31)).sum())


def _never_on_31st(dates: Ints) -> bool:
    return int((dates[:, 2] == 31).sum()) <= ON_31ST * len(dates)


def _is_many(those: NDArray[np.bool_]) -> bool:
    return bool(those.sum() >= max(LEAST_DATES, SHARE * len(those)))


def _texts_by_source(column: pa.ChunkedArray, source: pa.Array) -> dict[str, pa.Array]:
    """For each source its different texts. Cost: one sort of the rows."""
    encoded, sources = encode(column), encode(source)
    texts, names = encoded.dictionary.cast(pa.string()), sources.dictionary.to_pylist()
    code = pc.fill_null(encoded.indices, -1).to_numpy()
    pairs = np.unique((sources.indices.to_numpy() * np.int64(len(texts)) + code)[code >= 0])
    each = np.split(pairs % len(texts), np.searchsorted(pairs, np.arange(1, len(names)) * len(texts)))
    return {name: texts.take(pa.array(used)) for name, used in zip(names, each, strict=True)}


def _dates(database: duckdb.DuckDBPyConnection, texts: pa.Array, order: Order) -> Ints:
    """Year, month and day of the whole dates among different texts of one order; shape (dates, 3)."""
    found = pc.extract_regex(clean_dates(database, texts, order), r"^(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)$").drop_null()
    return np.stack([pc.struct_field(found, part).cast(pa.int64()).to_numpy() for part in "ymd"], axis=1)
