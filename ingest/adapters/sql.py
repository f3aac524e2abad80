"""A SQL table or query as a source, through ADBC: SQLite and PostgreSQL by URL, Arrow all the way.

The watermark is the largest value of the column that says when a row was last seen, or of its version.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final, Protocol

import pyarrow as pa

from core.errors import BadInputError, MissingError, RetryableError
from ingest.adapters.arrow_rows import text_chunks
from ingest.adapters.contract import Chunk

SQLITE: Final = "sqlite:///"
POSTGRES: Final = ("postgresql://", "postgres://")


class Cursor(Protocol):
    """What we use of an ADBC cursor."""

    def execute(self, operation: str) -> object:
        """Run a statement."""
        ...

    def fetch_record_batch(self) -> pa.RecordBatchReader:
        """Stream the result."""
        ...


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
    with _connect(url, root) as connection, connection.cursor() as cursor:  # type: ignore[attr-defined]  # ADBC's own types are loose
        try:
            cursor.execute(query)
            reader = cursor.fetch_record_batch()
            yield from text_chunks(reader, reader.schema)
        except Exception as error:
            if type(error).__module__.startswith("adbc"):
                raise BadInputError(
                    "The database refuses the source's query.", remedy="Mend its table or query in c360.toml."
                ) from error
            raise


def select(table: str, *, after: tuple[str, str] | None = None, order: str | None = None) -> str:
    """Say how to read a table, or what of it lies after a watermark.

    Args:
        table: its name, with a schema before a dot where there is one.
        after: the watermark's column and its value.
        order: the column to read by.
    """
    name = ".".join(_name(part) for part in table.split("."))
    where = "" if after is None else f" WHERE {_name(after[0])} > {_text(after[1])}"
    by = "" if order is None else f" ORDER BY {_name(order)}"
    return f"SELECT * FROM {name}{where}{by}"  # noqa: S608 (names and text are quoted)


def _connect(url: str, root: Path) -> AbstractContextManager[object]:
    if url.startswith(SQLITE):
        path = root / url.removeprefix(SQLITE)
        if not path.is_file():
            raise MissingError(f"There is no database {path.name}.", remedy="Mend the source's url.", file=path.name)
        import adbc_driver_sqlite.dbapi as sqlite

        connection: AbstractContextManager[object] = sqlite.connect(f"file:{path}?mode=ro")
        return connection
    if url.startswith(POSTGRES):
        return _postgres(url)
    raise BadInputError("The source's url names no database we read.", remedy="Use sqlite:///… or postgresql://….")


def _postgres(url: str) -> AbstractContextManager[object]:
    try:
        import adbc_driver_postgresql.dbapi as postgres
    except ImportError as error:
        raise MissingError(
            "PostgreSQL needs its driver.", remedy="pip install 'customer360-engine[postgres]'."
        ) from error
    try:
        connection: AbstractContextManager[object] = postgres.connect(url)
    except postgres.OperationalError as error:
        raise RetryableError("The database does not answer.", remedy="Check its url, and that it runs.") from error
    return connection


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
