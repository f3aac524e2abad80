"""What a reader should hear of how people were read: columns, and how many rows, never what stands there."""

from collections import Counter
from collections.abc import Mapping
from functools import partial
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from ingest.clean.run import clean_values, coded, decoded
from ingest.clean.text import Recipe
from ingest.people.calendars import told_calendars
from ingest.people.plan import Plan
from ingest.people.rounded import told_rounded
from ingest.people.values import Reading

SHOWN: Final = 3
COUPLE: Final[Recipe] = (("c", "CASE WHEN is_couple(small(v)) THEN 'two' END"),)


def remarks(database: duckdb.DuckDBPyConnection, table: pa.Table, plan: Plan, reading: Reading) -> tuple[str, ...]:
    """Say what was made of the columns that is not plain from them. Cost: one pass by distinct name.

    Args:
        database: a cleaner.
        table: columns of text.
        plan: what they are.
        reading: what they taught.
    """
    couples = (note for name in (*plan.full, *plan.given) for note in _couples(database, table, name))
    titled = (f"{name}: titles are written together with names and left out." for name in sorted(reading.titles))
    rounded = (note for name in plan.birth_date for note in told_rounded(name, _rows(reading, name)))
    return (
        *couples,
        *titled,
        *told_calendars(reading.orders),
        *rounded,
        *(_no_dates(table, name, texts) for name, texts in sorted(reading.placeholders.items())),
    )


def _rows(reading: Reading, name: str) -> Mapping[str, int]:
    """The endings of a column's dates that stand for no day, with their rows in all sources."""
    rows = Counter[str]()
    for (_, column), found in reading.rounded.items():
        rows.update(found if column == name else {})
    return rows


def _no_dates(table: pa.Table, name: str, texts: tuple[str, ...]) -> str:
    """The days are said: so many have them that they are nobody's."""
    rows = pc.sum(pc.is_in(decoded(table.column(name)), pa.array(texts, pa.string()))).as_py()
    shown = ", ".join(texts[:SHOWN]) + (" …" if len(texts) > SHOWN else "")
    return f"{name}: {rows:,} rows have {shown}: no date is meant, and none is read."


def _couples(database: duckdb.DuckDBPyConnection, table: pa.Table, name: str) -> tuple[str, ...]:
    found = decoded(coded(table.column(name), partial(clean_values, database, recipe=COUPLE)))
    rows = len(found) - found.null_count
    return (f"{name}: {rows:,} rows name two people; each is read as the first.",) if rows else ()
