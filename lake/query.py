"""DuckDB over the tables of a snapshot: one view for each, empty ones included.

The text of every view is made here and run by whoever opens the connection.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from lake.tables import TABLES


def open_views(files: Mapping[str, Sequence[Path]], *, threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """Open an in-memory connection that shows every table of `lake.tables`.

    Args:
        files: the Parquet files of each table; a table without files is empty.
        threads: DuckDB's threads; by default all cores.
    """
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET enable_progress_bar = false")
    if threads is not None:
        connection.execute(f"SET threads = {threads}")
    for name, table in TABLES.items():
        paths = files.get(name, ())
        if paths:
            connection.execute(view_sql(name, paths))
        else:
            # A table, not a registered one: every cursor of the connection sees it.
            connection.register("nothing", table.schema.empty_table())
            connection.execute(f"CREATE TABLE {name} AS FROM nothing")
            connection.unregister("nothing")
    return connection


def view_sql(name: str, paths: Sequence[Path]) -> str:
    """Say how to read a table from its files, in their order."""
    listed = ", ".join(quoted(str(path)) for path in paths)
    return f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet([{listed}])"


def quoted(text: str) -> str:
    """The text as a SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def to_schema(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    """Bring rows into the schema: its columns, its order, its types; a missing nullable column becomes null."""
    columns = [
        rows.column(field.name).cast(field.type)
        if field.name in rows.column_names
        else pa.nulls(rows.num_rows, field.type)
        for field in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)
