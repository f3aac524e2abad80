"""Birth dates that stand for none: one day that far more rows have than any other, whoever they are.

Who has to enter a date and knows none enters the same again and again. A day that comes often because one person does
is no such date: its rows bear few names.
"""

from collections.abc import Mapping
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ingest.clean.dates import Order
from ingest.clean.run import clean_dates, encode, rows_of_each
from ingest.kinds.told import codes_of
from ingest.people.plan import Plan

LEAST_ROWS: Final = 30
SHARE: Final = 0.03
"""Of the rows with a date, the share that has this one: a hundred times that of any birthday in a lifetime."""
TIMES_NEXT: Final = 10
"""How many times as often as the next most common date it stands."""
NAMES_A_ROW: Final = 0.2
"""Names that its rows bear, for each of them, below which they are of few people."""


def placeholder_dates(
    database: duckdb.DuckDBPyConnection, table: pa.Table, plan: Plan
) -> Mapping[str, tuple[str, ...]]:
    """By column of birth dates, the texts of the date that stands for none, sorted; columns without one are left out.

    Args:
        database: a cleaner.
        table: columns of text, all of them.
        plan: what they are.

    Cost: O(distinct dates), and a sort of the rows with such a date.
    """
    found = {name: _placeholder(database, table, plan, name) for name in plan.birth_date}
    return {name: texts for name, texts in found.items() if texts}


def _placeholder(database: duckdb.DuckDBPyConnection, table: pa.Table, plan: Plan, name: str) -> tuple[str, ...]:
    encoded = encode(table.column(name))
    dates = encode(clean_dates(database, encoded.dictionary, Order(serial=True)))
    if len(dates.dictionary) < 2:
        return ()
    of_text = pc.fill_null(dates.indices, -1).to_numpy(zero_copy_only=False)
    counts = np.bincount(of_text[of_text >= 0], rows_of_each(encoded)[of_text >= 0])
    *_, second, first = np.argsort(counts, kind="stable").tolist()
    often = counts[first] >= max(LEAST_ROWS, SHARE * counts.sum(), TIMES_NEXT * counts[second])
    rows = np.append(of_text == first, False)[pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False)]
    if not often or _names(table, plan, np.flatnonzero(rows)) < NAMES_A_ROW * counts[first]:
        return ()
    return tuple(sorted(encoded.dictionary.filter(pa.array(of_text == first)).to_pylist()))


def _names(table: pa.Table, plan: Plan, rows: np.ndarray) -> int:
    """How many names these rows bear, 0 where no column has names."""
    columns = [codes_of(table, name)[rows] for name in (*plan.given, *plan.family, *plan.full)]
    return np.unique(np.stack(columns), axis=1).shape[1] if columns else 0
