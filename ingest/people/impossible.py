"""Birth dates that cannot be: days that no calendar has, and days still to come.

Where people are read into a lake they are left out, so that nobody is given a birthday that is none; where records are
only matched they stay, for a typing error of a real date is evidence.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from ingest.clean.run import clean_values, coded, decoded
from ingest.clean.text import Recipe
from ingest.people.plan import Plan
from ingest.stage import rejected_rows
from lake.tables import REJECTS

IMPOSSIBLE: Final = "There is no such day: the record is kept without this date. Mend it in the source."
UNBORN: Final = "This day is still to come: the record is kept without this date. Mend it in the source."
DAY: Final = "concat(replace(v[1:4], '0000', '2000'), '-', replace(v[6:7], '00', '01'), '-', v[9:10])"
CALENDAR: Final[Recipe] = (
    ("month", "v[6:7] IN ('', '00') OR v[6:7] BETWEEN '01' AND '12'"),
    ("day", f"v[9:10] IN ('', '00') OR try_cast({DAY} AS DATE) IS NOT NULL"),
    ("c", "CASE WHEN month AND day THEN v END"),
)
"""Keeps what some calendar has; 00 stands for what is not known, and a day of an unknown year may be a leap day."""
PARTS: Final = ("day", "month", "year")


def possible_dates(
    database: duckdb.DuckDBPyConnection, rows: pa.Table, values: pa.Table, plan: Plan, *, source: str, today: date
) -> tuple[pa.Table, pa.Table]:
    """Leave out birth dates that cannot be.

    Args:
        database: a cleaner.
        rows: as staged.
        values: as `clean_columns` gives them, in the order of the rows.
        plan: what the columns are.
        source: its name.
        today: the day after which nobody is born yet.

    Returns:
        The values, and the rejects of rows that are kept without a date.
    """
    rejects = [REJECTS.schema.empty_table()]
    for number, name in enumerate(plan.birth_date):
        role = f"date{number}"
        cleaned = values.column(role)
        real = coded(cleaned, partial(clean_values, database, recipe=CALENDAR))
        born = coded(real, partial(_until, today=today.isoformat()))
        rejects += _lost(rows, name, source, cleaned, real, IMPOSSIBLE)
        rejects += _lost(rows, name, source, real, born, UNBORN)
        values = values.set_column(values.column_names.index(role), role, born)
    if all(plan.birth_parts):
        values, lost = _possible_parts(database, values, today)
        column = plan.birth_parts[0] or ""
        rejects += [rejected_rows(source, rows.filter(those), column, why, kept=True) for why, those in lost.items()]
    return values, pa.concat_tables(rejects)


def days_of_no_calendar(database: duckdb.DuckDBPyConnection, values: pa.Table, plan: Plan) -> Iterator[str]:
    """How many rows of each column have a day that no calendar has, where records are only matched.

    Args:
        database: a cleaner.
        values: as `clean_columns` gives them.
        plan: what the columns are.
    """
    dates: dict[str, pa.Array | pa.ChunkedArray] = {
        name: values.column(f"date{number}") for number, name in enumerate(plan.birth_date)
    }
    if all(plan.birth_parts):
        dates[", ".join(str(name) for name in plan.birth_parts)] = _of_parts(values)
    for name, column in dates.items():
        real = coded(column, partial(clean_values, database, recipe=CALENDAR))
        lost = pc.sum(pc.and_not(pc.is_null(decoded(real)), pc.is_null(decoded(column)))).as_py()
        if lost:
            yield f"{name}: {lost:,} rows have a day that no calendar has; it is compared as it stands."


def _of_parts(values: pa.Table) -> pa.Array:
    """Year, month and day of each row as one text; null where one is."""
    day, month, year = (decoded(values.column(f"birth_{part}")) for part in PARTS)
    dates: pa.Array = pc.binary_join_element_wise(year, month, day, "-")
    return dates


def _until(dates: pa.Array, today: str) -> pa.Array:
    """The dates that are not after today; a date that is known in part may be today's."""
    kept: pa.Array = pc.if_else(pc.less_equal(dates, today), dates, pa.scalar(None, pa.string()))
    return kept


def _lost(
    rows: pa.Table, column: str, source: str, before: pa.ChunkedArray | pa.Array, after: pa.Array, reason: str
) -> list[pa.Table]:
    lost = pc.and_not(pc.is_null(decoded(after)), pc.is_null(decoded(before)))
    if not pc.any(lost).as_py():
        return []
    return [rejected_rows(source, rows.filter(lost), column, reason, kept=True)]


def _possible_parts(
    database: duckdb.DuckDBPyConnection, values: pa.Table, today: date
) -> tuple[pa.Table, dict[str, pa.Array]]:
    """The values without the days that no month of their year has or that are to come; by reason, whose those were."""
    dates = _of_parts(values)
    real = decoded(coded(dates, partial(clean_values, database, recipe=CALENDAR)))
    born = _until(real, today.isoformat())
    lost = {
        IMPOSSIBLE: pc.and_not(pc.is_null(real), pc.is_null(dates)),
        UNBORN: pc.and_not(pc.is_null(born), pc.is_null(real)),
    }
    gone = pc.or_(lost[IMPOSSIBLE], lost[UNBORN])
    for part in PARTS:
        column = pc.if_else(gone, pa.scalar(None, pa.string()), decoded(values.column(f"birth_{part}")))
        values = values.set_column(values.column_names.index(f"birth_{part}"), f"birth_{part}", column)
    return values, lost
