"""DuckDB over the tables of a snapshot, one view for each, empty ones included; and over one file of any table.

The text of every view is made here and run by whoever opens the connection. DuckDB, a twentieth of a second to load, is
loaded where a connection is opened: not all that reads a table needs one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from core.errors import BadInputError, MissingError
from lake.tables import TABLES

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LINES: Final = "all_varchar = true, header = true, null_padding = {padded}, parallel = NOT {padded}"
FILES: Final = {
    ".parquet": "read_parquet({path})",
    ".csv": f"read_csv({{path}}, {LINES})",
    ".tsv": f"read_csv({{path}}, {LINES}, delim = '\\t')",
    ".json": "read_json_auto({path})",
    ".jsonl": "read_json_auto({path}, format = 'newline_delimited')",
    ".ndjson": "read_json_auto({path}, format = 'newline_delimited')",
}
"""How DuckDB reads a file, by its suffix."""
TEXT: Final = {".csv", ".tsv"}
AT_LINE: Final = re.compile(r"CSV Error on Line: (\d+)")
"""How DuckDB says which line it cannot read."""


def open_views(files: Mapping[str, Sequence[Path]], *, threads: int | None = None) -> "DuckDBPyConnection":
    """Open an in-memory connection that shows every table of `lake.tables`.

    Args:
        files: the Parquet files of each table; a table without files is empty.
        threads: DuckDB's threads; by default all cores.
    """
    import duckdb

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


def open_file(file: Path, name: str, *, padded: bool = False) -> "DuckDBPyConnection":
    """Open an in-memory connection that holds one file as a table; the columns of text files are text.

    Args:
        file: CSV, tab-separated, JSON, JSON lines or Parquet, told by its suffix.
        name: what the table is called.
        padded: whether a row with too few cells is filled up with nulls; DuckDB reads such files on one thread.

    Raises:
        MissingError: there is no such file.
        BadInputError: it is of no kind we read, or damaged.
    """
    import duckdb

    if not file.is_file():
        raise MissingError(f"There is no file {file}.", remedy="Check the path.", file=str(file))
    reader = FILES.get(file.suffix.lower())
    if reader is None:
        raise BadInputError(f"{file.name} is of no kind we read.", remedy=f"Use one of {', '.join(FILES)}.")
    connection = duckdb.connect()
    try:
        _load(connection, name, file, reader.replace("{padded}", str(padded)))
    except duckdb.Error as error:
        connection.close()
        line = AT_LINE.search(str(error))
        where = f"{file.name}, line {line[1]}," if line else file.name
        raise BadInputError(f"{where} cannot be read.", remedy="Check that it is whole.", file=file.name) from error
    return connection


def _load(connection: "DuckDBPyConnection", name: str, file: Path, reader: str) -> None:
    """Read a file as a table; where its lines end in both ways, which DuckDB refuses, a copy in which they do not."""
    import duckdb

    create = f"CREATE TEMP TABLE {name} AS FROM {reader}"
    try:
        connection.execute(create.format(path=quoted(str(file))))
    except duckdb.Error:
        if file.suffix.lower() not in TEXT or not _mixes_line_ends(file):
            raise
        with TemporaryDirectory() as folder:
            connection.execute(create.format(path=quoted(str(_with_one_line_end(file, Path(folder))))))


def _mixes_line_ends(file: Path) -> bool:
    """Whether some lines end in CR LF and others in LF."""
    return len({line.endswith(b"\r\n") for line in _lines(file) if line.endswith(b"\n")}) > 1


def _with_one_line_end(file: Path, folder: Path) -> Path:
    """A copy of the file in which all lines end in LF."""
    copy = folder / file.name
    with copy.open("wb") as out:
        out.writelines(line.removesuffix(b"\r\n") + b"\n" if line.endswith(b"\r\n") else line for line in _lines(file))
    return copy


def _lines(file: Path) -> Iterator[bytes]:
    with file.open("rb") as lines:
        yield from lines


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
