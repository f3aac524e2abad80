"""Birth dates that stand for none: a day, or a few, that far more rows have than any other, whoever they are.

Who has to enter a date and knows none enters the same again and again; one program has 1970, the next 2000. A day that
comes often because one person does is no such date: its rows bear few names.
"""

from collections.abc import Mapping
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ingest.clean.dates import Order
from ingest.clean.run import clean_dates, encode, rows_of_each
from ingest.kinds.told import codes_of
from ingest.people.plan import Plan

LEAST_ROWS: Final = 30
SHARE: Final = 0.03
"""Of the rows with a date, the share that has this one: a hundred times that of any birthday in a lifetime."""
TIMES_NEXT: Final = 10
"""How many times as often as the next most common date it stands."""
MOST: Final = 4
"""Such dates of one column."""
MOST_ROWS: Final = 0.6
"""Share of the rows with a date that several such dates have at most: of a school's years of birth all are common."""
NAMES_A_ROW: Final = 0.2
"""Names that its rows bear, for each of them, below which they are of few people."""


def placeholder_dates(
    database: duckdb.DuckDBPyConnection, table: pa.Table, plan: Plan
) -> Mapping[str, tuple[str, ...]]:
    """By column of birth dates, the texts of dates that stand for none, sorted; columns without one are left out.

    Args:
        database: a cleaner.
        table: columns of text, all of them.
        plan: what they are.

    Cost: O(distinct dates), and a sort of the rows with such dates.
    """
    found = {name: _placeholders(database, table, plan, name) for name in plan.birth_date}
    return {name: texts for name, texts in found.items() if texts}


def _placeholders(database: duckdb.DuckDBPyConnection, table: pa.Table, plan: Plan, name: str) -> tuple[str, ...]:
    encoded = encode(table.column(name))
    dates = encode(clean_dates(database, encoded.dictionary, Order(serial=True)))
    if len(dates.dictionary) < 2:
        return ()
    of_text = pc.fill_null(dates.indices, -1).to_numpy(zero_copy_only=False)
    counts = np.bincount(of_text[of_text >= 0], rows_of_each(encoded)[of_text >= 0])
    date = np.append(of_text, -1)[pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False)]
    whole = pc.equal(pc.utf8_length(dates.dictionary), 10).to_numpy(zero_copy_only=False)
    rows = {one: np.flatnonzero(date == one) for one in _far_above(counts, whole)}
    none = [one for one, mine in rows.items() if _names(table, plan, mine) >= NAMES_A_ROW * len(mine)]
    return tuple(sorted(encoded.dictionary.filter(pa.array(np.isin(of_text, none))).to_pylist()))


def _far_above(counts: NDArray[Any], whole: NDArray[np.bool_]) -> list[int]:
    """The dates that stand far more often than any date after them, the most common first; several only if whole.

    Args:
        counts: shape (dates,). Rows of each.
        whole: shape (dates,). Whether its day is said.
    """
    order = np.argsort(-counts, kind="stable")[: MOST + 1]
    often = counts[order]
    enough = often[:-1] >= np.maximum(max(LEAST_ROWS, SHARE * counts.sum()), TIMES_NEXT * often[1:])
    several = whole[order].cumprod()[:-1].astype(np.bool_) & (np.cumsum(often[:-1]) <= MOST_ROWS * counts.sum())
    enough &= several | (np.arange(len(enough)) == 0)
    return [int(one) for one in order[: int(np.flatnonzero(enough).max(initial=-1)) + 1]]


def _names(table: pa.Table, plan: Plan, rows: np.ndarray) -> int:
    """How many names these rows bear, 0 where no column has names."""
    columns = [codes_of(table, name)[rows] for name in (*plan.given, *plan.family, *plan.full)]
    return np.unique(np.stack(columns), axis=1).shape[1] if columns else 0
