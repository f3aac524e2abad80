"""What whole columns teach before any row is cleaned: the order of dates, dates that mean a year, overused values."""

from collections.abc import Iterator, Mapping
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ingest.clean import clean_column, clean_phones
from ingest.clean.codes import DEVICE, IDENTIFIER
from ingest.clean.contacts import EMAIL
from ingest.clean.dates import ORDER_VOTE, date_recipe
from ingest.clean.run import encode
from ingest.people.plan import Plan
from ingest.people.values import Reading, roles_of

MONTH_FIRST: Final = frozenset({"US", "PH", "FM", "PR"})
YEAR_ONLY_SHARE: Final = 0.05
LEAST_DATES: Final = 50
OVERUSED: Final = 30
TIMES_USUAL: Final = 5
USUAL: Final = 0.999
VOTES: Final = "SELECT s, sum(vote * n) AS votes FROM (SELECT s, vote, count(*) AS n FROM ballots GROUP BY s, vote) GROUP BY s"


def learn(
    database: duckdb.DuckDBPyConnection,
    table: pa.Table,
    plan: Plan,
    source: pa.Array,
    *,
    region: str,
    day_first: bool | None = None,
) -> Reading:
    """Look at whole columns.

    Args:
        database: knows the cleaning macros.
        table: columns of text.
        plan: what the columns are.
        source: shape (rows,), the source of each row.
        region: ISO 3166 code; decides the order of dates when no value does.
        day_first: the user's word on that order.

    Cost: O(distinct values), and O(rows) to count.
    """
    usual = region not in MONTH_FIRST if day_first is None else day_first
    return Reading(
        region=region,
        day_first={
            (one, name): order
            for name in plan.birth_date
            for one, order in date_orders(database, table.column(name), source, usual=usual).items()
        },
        year_only=frozenset(name for name in plan.birth_date if _is_year_only(database, table.column(name))),
        overused=dict(_overused(database, table, plan, region)),
    )


def date_orders(
    database: duckdb.DuckDBPyConnection, column: pa.ChunkedArray, source: pa.Array, *, usual: bool
) -> Mapping[str, bool]:
    """For each source, whether the day stands first: as most of the values that have only one reading say."""
    votes = clean_column(database, column, ORDER_VOTE)
    database.register("ballots", pa.table({"s": encode(source).cast(pa.string()), "vote": votes}))
    rows = database.execute(VOTES).fetchall()
    database.unregister("ballots")
    return {name: votes > 0 if votes else usual for name, votes in rows}


def _is_year_only(database: duckdb.DuckDBPyConnection, column: pa.ChunkedArray) -> bool:
    """Whether the first of January is far too common to be a birthday."""
    dates = clean_column(database, column, date_recipe(day_first=False))
    full = pc.sum(pc.equal(pc.utf8_length(dates), 10)).as_py() or 0
    first = pc.sum(pc.ends_with(dates, "-01-01")).as_py() or 0
    return full >= LEAST_DATES and first > YEAR_ONLY_SHARE * full


def _overused(
    database: duckdb.DuckDBPyConnection, table: pa.Table, plan: Plan, region: str
) -> Iterator[tuple[str, tuple[str, ...]]]:
    recipes = {"email": EMAIL, "device": DEVICE, "i": IDENTIFIER}
    for role, name in roles_of(plan):
        kind = role.rstrip("0123456789")
        column = table.column(name)
        cleaned = clean_phones(database, column, region) if kind == "phone" else clean_column(database, column, recipes[kind])
        found = overused_values(cleaned)
        if found:
            yield name, found


def overused_values(column: pa.Array) -> tuple[str, ...]:
    """Values that stand in far more rows than is usual for their column, sorted."""
    encoded = encode(column)
    counts = np.bincount(encoded.indices.drop_null().to_numpy(zero_copy_only=False), minlength=len(encoded.dictionary))
    if not len(counts):
        return ()
    limit = max(OVERUSED, TIMES_USUAL * float(np.quantile(counts, USUAL)))
    return tuple(sorted(encoded.dictionary.filter(pa.array(counts > limit)).to_pylist()))
