"""Cleaned columns put together: one profile a row."""

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from ingest.clean.run import decoded
from ingest.people.plan import Plan
from ingest.people.profile_sql import profile_sql


def make_profiles(
    database: duckdb.DuckDBPyConnection, plan: Plan, values: pa.Table, *, keep: Sequence[str]
) -> pa.Table:
    """Put the cleaned columns of some rows together.

    Args:
        database: a cleaner, whose one thread keeps the rows in order.
        plan: what the columns are.
        values: as `clean_columns` gives them, with `keep`, and `as_of` where the plan has ages.
        keep: columns that stay as they are.

    Returns:
        `keep`, the profile columns and categories, row by row. Memory: the rows decoded, and their profiles.
    """
    database.register("cleaned", pa.table({name: decoded(values.column(name)) for name in values.column_names}))
    profiles: pa.Table = database.sql(profile_sql(plan, "cleaned", keep=keep)).to_arrow_table()
    database.unregister("cleaned")
    return profiles
