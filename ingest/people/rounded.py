"""Birth dates of which only the year, or the month, is known, and which a register fills up: 1 January, the 15th.

The first of January, where far too many are born on it in many years, and by far more than on the first of other
months, stands for the year. A day of the month that far too many are born on stands for the month. Each source is
judged by itself where it has enough dates, and otherwise all together; few dates, and one person who comes often, say
nothing.
"""

from collections.abc import Iterator, Mapping
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ingest.clean.dates import Order
from ingest.clean.run import clean_dates, encode

NEW_YEAR: Final = "-01-01"
"""Where registers put who is born some day of a year. Those that put them at its middle or end are read as they stand:
the year is a guess there too, and a day in common with another guess tells that it is one."""
MONTH_DAYS: Final = {1: "the first of a month", 15: "the 15th of a month"}
LEAST_DATES: Final = 50
YEAR_SHARE: Final = 0.05
"""Of all whole dates, eighteen times what a day of the year has by chance."""
TIMES_OTHERS: Final = 5
"""How many times as often as the first of other months, on average, the first of January stands for a year."""
MONTH_SHARE: Final = 0.2
"""Of the dates that stand for no year, six times what a day of the month has by chance."""
YEARS: Final = 5
MONTHS: Final = 6
"""Different years, and months, in which a day has to come: one person has one birthday."""
Ints = NDArray[np.int64]


def rounded_dates(
    database: duckdb.DuckDBPyConnection, column: pa.ChunkedArray, source: pa.Array, orders: Mapping[str, Order]
) -> Mapping[str, Mapping[str, int]]:
    """Find for each source the endings of dates that stand for none, with their rows: `-01-01`, `-15`.

    Args:
        database: a cleaner.
        column: dates as text.
        source: shape (rows,).
        orders: by source, how its dates read.

    Returns:
        Sources without any are left out. Cost: O(distinct dates) for each order, and a sort of the rows by source.
    """
    sources = encode(source)
    names = sources.dictionary.to_pylist()
    if not names:
        return {}
    owner = np.asarray(sources.indices.to_numpy(), np.int64)
    dates = _dates(database, column, owner, [orders.get(name, Order()) for name in names])
    rows = np.flatnonzero(dates[:, 0])
    whole = _endings(dates[rows])
    mine = np.split(
        rows[np.argsort(owner[rows], kind="stable")], np.cumsum(np.bincount(owner[rows], minlength=len(names)))[:-1]
    )
    found: dict[str, Mapping[str, int]] = {}
    for name, some in zip(names, mine, strict=True):
        own = dates[some]
        endings = _endings(own) if len(own) >= LEAST_DATES else whole
        if counts := {ending: count for ending in endings if (count := int(_ends(own, ending).sum()))}:
            found[name] = counts
    return found


def told_rounded(column: str, found: Mapping[str, int]) -> Iterator[str]:
    """What to say of a column, by ending and number of rows."""
    for ending, rows in found.items():
        of_year = ending == NEW_YEAR
        day, known = ("1 January", "year is") if of_year else (MONTH_DAYS[int(ending[1:])], "year and month are")
        yield f"{column}: {rows:,} rows have {day}, far more than can be born then; only the {known} read."


def without_endings(dates: pa.Array, endings: tuple[str, ...]) -> pa.Array:
    """Dates as far as they are known, where some endings stand for none; those of a year come first."""
    for ending in endings:
        vague = pc.and_(pc.ends_with(dates, ending), pc.equal(pc.utf8_length(dates), 10))
        dates = pc.if_else(pc.fill_null(vague, False), pc.utf8_slice_codeunits(dates, 0, 10 - len(ending)), dates)
    return dates


def _dates(
    database: duckdb.DuckDBPyConnection, column: pa.ChunkedArray, owner: Ints, orders: list[Order]
) -> NDArray[np.int32]:
    """Year, month and day of each row, read as its source writes them; shape (rows, 3), all 0 without a whole date."""
    encoded = encode(column)
    codes = np.asarray(pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False), np.int64)
    dates = np.zeros((len(codes), 3), np.int32)
    for order in dict.fromkeys(orders):
        texts = clean_dates(database, encoded.dictionary, order)
        found = pc.extract_regex(texts, r"^(?P<y>[1-9]\d{3})-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])$")
        parts = [pc.fill_null(pc.cast(pc.struct_field(found, part), pa.int64()), 0).to_numpy() for part in "ymd"]
        known = np.vstack([np.stack(parts, axis=1), np.zeros((1, 3), np.int64)])
        rows = np.array([one == order for one in orders], np.bool_)[owner]
        dates[rows] = known[codes[rows]]
    return dates


def _endings(dates: NDArray[np.int32]) -> tuple[str, ...]:
    """The endings that stand for no day.

    Args:
        dates: shape (dates, 3). Year, month and day.
    """
    if len(dates) < LEAST_DATES:
        return ()
    new_year = _ends(dates, NEW_YEAR)
    others = (np.count_nonzero(dates[:, 2] == 1) - np.count_nonzero(new_year)) / 11
    often = _but_for_the_commonest(dates[new_year]) > max(YEAR_SHARE * len(dates), TIMES_OTHERS * others)
    found = [NEW_YEAR] if often and len(np.unique(dates[new_year, 0])) >= YEARS else []
    left = dates[~new_year] if found else dates
    for day in MONTH_DAYS:
        some = left[left[:, 2] == day]
        several = len(np.unique(some[:, 0])) >= YEARS and len(np.unique(some[:, 1])) >= MONTHS
        if len(left) >= LEAST_DATES and _but_for_the_commonest(some) > MONTH_SHARE * len(left) and several:
            found.append(f"-{day:02}")
    return tuple(found)


def _but_for_the_commonest(dates: NDArray[np.int32]) -> int:
    """How many dates there are without the commonest, which may be of one person or stand for no date at all."""
    counts = np.unique(dates, axis=0, return_counts=True)[1]
    return int(counts.sum() - counts.max(initial=0))


def _ends(dates: NDArray[np.int32], ending: str) -> NDArray[np.bool_]:
    """Which dates end so; shape (dates,)."""
    *month, day = (int(part) for part in ending.split("-")[1:])
    ends: NDArray[np.bool_] = dates[:, 2] == day
    return ends & (dates[:, 1] == month[0]) if month else ends
