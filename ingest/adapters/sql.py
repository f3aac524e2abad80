"""A SQL table or query as a source, through ADBC: SQLite and PostgreSQL by URL, Arrow all the way.

The watermark is the largest value of the column that says when a row was last seen, or of its version.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from core.errors import BadInputError, MissingError, RetryableError
from ingest.adapters.arrow_rows import ROWS, text_chunks
from ingest.adapters.contract import Chunk

if TYPE_CHECKING:
    from adbc_driver_manager.dbapi import Connection

SQLITE: Final = "sqlite:///"
POSTGRES: Final = ("postgresql://", "postgres://")


def read_sql(url: str, query: str, *, root: Path) -> Iterator[Chunk]:
    """Stream a query's rows as text, numbered from 1.

    Args:
        url: `sqlite:///file.db`, relative to `root`, or `postgresql://…`.
        query: one SELECT.
        root: the workspace.

    Raises:
        BadInputError: no such kind of database, or the database refuses the query.
        MissingError: there is no such SQLite file.
        RetryableError: the database does not answer.
    """
    from adbc_driver_manager import dbapi

    with _connect(url, root) as connection, connection.cursor() as cursor:
        try:
            if url.startswith(SQLITE):
                cursor.execute(f"SELECT * FROM ({query}) LIMIT 0")
                query = _as_text(query, [column[0] for column in cursor.description or ()])
                cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": str(ROWS)})
            cursor.execute(query)
            reader = cursor.fetch_record_batch()
            yield from text_chunks(reader, reader.schema)
        except (dbapi.Error, pa.ArrowException) as error:
            raise BadInputError(
                "The database refuses the source's query.", remedy="Mend its table or query in c360.toml."
            ) from error


def _as_text(query: str, columns: Sequence[str]) -> str:
    """SQLite gives a type to each value, not to each column: ask for text, blank where nothing stands."""
    cast = ", ".join(f"coalesce(CAST({_name(one)} AS TEXT), '') AS {_name(one)}" for one in columns)
    return f"SELECT {cast} FROM ({query})"


def select(table: str) -> str:
    """Say how to read a table: its name, with a schema before a dot where there is one."""
    return f"SELECT * FROM {'.'.join(_name(part) for part in table.split('.'))}"


def rows_of(rows: str, url: str, *, after: tuple[str, str] | None = None, order: str | None = None) -> str:
    """Say how to read rows, or those past a watermark.

    Args:
        rows: a query.
        url: of the database.
        after: the watermark's column and its value.
        order: the column to read by.
    """
    if after is None and order is None:
        return rows
    where = "" if after is None else f" WHERE {_name(after[0])} > {_value(after[1], url)}"
    by = "" if order is None else f" ORDER BY {_name(order)}"
    return f"SELECT * FROM ({rows}) AS source_rows{where}{by}"


def largest(rows: str, column: str) -> str:
    """Ask for the largest value of a column, and how many rows have none."""
    name = _name(column)
    return f"SELECT max({name}) AS past, count(*) - count({name}) AS blank FROM ({rows}) AS source_rows"


def keys_until(rows: str, url: str, *, columns: Sequence[str], until: tuple[str, str]) -> str:
    """Ask for a few columns of the rows up to a watermark, in their own order."""
    names = ", ".join(_name(one) for one in columns)
    where = f"{_name(until[0])} <= {_value(until[1], url)}"
    return f"SELECT {names} FROM ({rows}) AS source_rows WHERE {where} ORDER BY {names}"


def _connect(url: str, root: Path) -> "Connection":
    if url.startswith(SQLITE):
        path = root / url.removeprefix(SQLITE)
        if not path.is_file():
            raise MissingError(f"There is no database {path.name}.", remedy="Mend the source's url.", file=path.name)
        import adbc_driver_sqlite.dbapi as sqlite

        return sqlite.connect(f"file:{path}?mode=ro")
    if url.startswith(POSTGRES):
        return _postgres(url)
    raise BadInputError("The source's url names no database we read.", remedy="Use sqlite:///… or postgresql://….")


def _postgres(url: str) -> "Connection":
    from adbc_driver_manager.dbapi import OperationalError

    try:
        import adbc_driver_postgresql.dbapi as postgres
    except ImportError as error:
        raise MissingError(
            "PostgreSQL needs its driver.", remedy="pip install 'customer360-engine[postgres]'."
        ) from error
    try:
        return postgres.connect(url)
    except OperationalError as error:
        raise RetryableError("The database does not answer.", remedy="Check its url, and that it runs.") from error


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _value(text: str, url: str) -> str:
    """A literal. SQLite tells numbers from text by how they are written; PostgreSQL by what they are compared with."""
    bare = url.startswith(SQLITE) and text.removeprefix("-").isdecimal()
    return text if bare else _text(text)


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
