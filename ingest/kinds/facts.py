"""What a column holds, as numbers: how full, how varied, how often its most common value, and a fair sample.

The sample is drawn from the distinct values by their hash, so neither row order nor batches change it.
"""

from dataclasses import dataclass
from typing import Final

import duckdb
import pyarrow as pa

from ingest.clean.run import encode, rows_of_each

SAMPLE: Final = 1500
LONGEST: Final = 400
"""Signs of a value that are looked at: a list of a thousand names would take each pattern its square of time."""
# What says nothing is a group of its own: a filter before grouping would compute `said` again for each of its parts.
SAID: Final = """
    CREATE OR REPLACE TEMP TABLE column_said AS
    SELECT v, sum(n)::BIGINT AS n
    FROM (SELECT unless_unknown(v) AS v, n FROM (SELECT said(v) AS v, n FROM column_values)) GROUP BY v
"""
FACTS: Final = """
    SELECT coalesce(sum(n), 0)::BIGINT, count(*), coalesce(max(n), 0)::BIGINT,
           max(try_cast(v AS BIGINT)) - min(try_cast(v AS BIGINT)), count(try_cast(v AS BIGINT))
    FROM column_said WHERE v IS NOT NULL
"""
SAMPLED: Final = f"SELECT left(v, {LONGEST}), n FROM column_said WHERE v IS NOT NULL ORDER BY hash(v), v LIMIT {SAMPLE}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One column in numbers.

    Attributes:
        rows: rows of the table.
        filled: rows that say something.
        distinct: distinct values said.
        top: rows of the most common value.
        span: largest minus smallest whole number, None where there is none.
        integers: distinct values that are whole numbers.
        values: a sample of the distinct values.
        counts: how often each of them stands.
    """

    rows: int
    filled: int
    distinct: int
    top: int
    span: int | None
    integers: int
    values: tuple[str, ...]
    counts: tuple[int, ...]


def column_facts(database: duckdb.DuckDBPyConnection, column: pa.ChunkedArray) -> Facts:
    """Measure one column of text. Cost: one pass to count, the rest by distinct value."""
    encoded = encode(column)
    values = {"v": encoded.dictionary.cast(pa.string()), "n": rows_of_each(encoded)}
    database.register("column_values", pa.table(values))
    database.execute(SAID)
    filled, distinct, top, span, integers = database.execute(FACTS).fetchall()[0]
    sample = database.execute(SAMPLED).fetchall()
    database.unregister("column_values")
    database.execute("DROP TABLE column_said")
    return Facts(
        rows=len(column),
        filled=filled,
        distinct=distinct,
        top=top,
        span=span,
        integers=integers,
        values=tuple(value for value, _ in sample),
        counts=tuple(count for _, count in sample),
    )
