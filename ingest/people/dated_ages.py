"""Ages in rows that say when they were true: a register of prisoners, a roll, a log of screenings.

The ages of one man differ at each of his stays. Where rows hold a day, and ages counted back to one year agree better
between rows of one name than the ages themselves, they are counted to the last of the years.
"""

from collections.abc import Sequence
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ingest.clean.dates import Order
from ingest.clean.run import clean_dates, cleaner, encode
from ingest.contract import ColumnKind
from ingest.kinds.told import codes_of
from ingest.people.learn import date_orders
from ingest.people.plan import Plan

FEW: Final = 30
"""Pairs of rows of one name, below which nothing is said of their ages."""
BETTER: Final = 0.1
"""Share of these pairs more that must agree once ages are counted to one year."""
NEAR: Final = 1
"""Years that two ages of one person differ, by birthdays that lie between."""
LAST: Final = 0.99
"""Share of the years up to the one that ages are counted to: what lies behind it may be a slip of the pen."""
NONE: Final = -1
Ints = NDArray[np.int64]


def with_ages_of_one_year(table: pa.Table, plan: Plan, kinds: Sequence[ColumnKind], source: pa.Array) -> pa.Table:
    """Count the ages of every column to one year, by the column of days that makes them agree best, if any does.

    Args:
        table: columns of text.
        plan: what they are.
        kinds: of the columns.
        source: shape (rows,), the source of each row.

    Cost: one sort of the rows for each column of ages, and two passes for each column of days.
    """
    names = plan.full[:1] or (*plan.given[:1], *plan.family[:1])
    if not plan.age or not names:
        return table
    with cleaner() as database:
        days = [_years(database, table.column(one.column), source) for one in kinds if one.kind == "date"]
    called = [codes_of(table, name) for name in names]
    sources = encode(source).indices.to_numpy()
    for column in plan.age:
        ages = _ages(table.column(column))
        plain = _agreeing(called, ages, ages != NONE)
        shares = [_agreeing(called, years - ages, (ages != NONE) & (years != NONE)) for years in days]
        best = max(range(len(days)), key=lambda at: shares[at], default=None)
        if best is None or shares[best] < plain + BETTER:
            continue
        counted = _counted(ages, days[best], sources).cast(pa.string())
        table = table.set_column(table.column_names.index(column), column, counted.dictionary_encode())
    return table


def _counted(ages: Ints, years: Ints, source: Ints) -> pa.Array:
    """Ages at the end of the years; as they stand in sources without a day, unknown in other rows without one."""
    dated = np.bincount(source[years != NONE], minlength=int(source.max()) + 1)[source] > 0
    last = int(np.quantile(years[years != NONE], LAST))
    counted = np.where(dated, ages + last - years, ages)
    return pa.array(counted, mask=(ages == NONE) | (dated & (years == NONE)) | (counted < 0))


def _years(database: duckdb.DuckDBPyConnection, column: pa.ChunkedArray, source: pa.Array) -> Ints:
    """The year of each row's day; NONE where there is none."""
    encoded = encode(column)
    order = next(iter(date_orders(database, column, source, day_first=True).values()), Order())
    dates = clean_dates(database, encoded.dictionary, order)
    years = pc.cast(pc.struct_field(pc.extract_regex(dates, r"^(?P<year>\d{4})"), "year"), pa.int64())
    return _of_rows(encoded, years)


def _ages(column: pa.ChunkedArray) -> Ints:
    """The whole years of each row; NONE where there are none."""
    encoded = encode(column)
    texts = encoded.dictionary.cast(pa.string())
    ages = pc.struct_field(pc.extract_regex(texts, r"^\s*(?P<age>\d{1,3})(?:\.0*)?\s*$"), "age")
    return _of_rows(encoded, pc.cast(ages, pa.int64()))


def _of_rows(encoded: pa.DictionaryArray, values: pa.Array) -> Ints:
    known = np.append(np.asarray(pc.fill_null(values, NONE).to_numpy(zero_copy_only=False), np.int64), NONE)
    return known[np.asarray(pc.fill_null(encoded.indices, NONE).to_numpy(zero_copy_only=False), np.int64)]


def _agreeing(names: Sequence[Ints], years: Ints, known: NDArray[np.bool_]) -> float:
    """Share of neighbours of one name, in order of years, that lie NEAR each other; 0 where there are too FEW."""
    rows = np.flatnonzero(known & np.all([one != NONE for one in names], axis=0))
    order = rows[np.lexsort((years[rows], *(one[rows] for one in names)))]
    left, right = order[:-1], order[1:]
    same = np.all([one[left] == one[right] for one in names], axis=0)
    near = np.abs(years[left] - years[right])[same] <= NEAR
    return float(near.mean()) if len(near) >= FEW else 0.0
