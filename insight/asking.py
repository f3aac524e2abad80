"""Run a query of the lake's views and give its rows as an Arrow table."""

import duckdb
import pyarrow as pa

from insight.contract import Sql


def ask(connection: duckdb.DuckDBPyConnection, query: Sql) -> pa.Table:
    """All rows of the query, in its order."""
    rows: pa.Table = connection.sql(query.text, params=list(query.parameters)).to_arrow_table()
    return rows
