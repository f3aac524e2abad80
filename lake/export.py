"""Exports for analysts: hive-partitioned Parquet with a manifest, as of one snapshot.

    <folder>/<column>=<value>/part-0.parquet …     <folder>/manifest.json (written last)

An export without its manifest is unfinished; one with it can be checked file by file.
"""

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from core.errors import BadInputError, ConflictError, choices
from lake.atomic import flush, write_atomically
from lake.contract import DataFile, Export, Snapshot
from lake.query import quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def export_rows(
    connection: "DuckDBPyConnection",
    query: str,
    parameters: Sequence[object],
    folder: Path,
    *,
    snapshot: Snapshot,
    partition_by: Sequence[str] = (),
) -> Export:
    """Write the rows of a query below a folder and describe them in a manifest.

    Args:
        connection: has the views the query reads.
        query: a SELECT with a total ORDER BY, so that the same snapshot gives the same bytes.
        parameters: values of its `?`.
        folder: must not exist or be empty.
        snapshot: what the connection reads.
        partition_by: columns whose values become folders.

    Raises:
        ConflictError: the folder holds something already.
        BadInputError: a partition column is not in the query.
    """
    if folder.exists() and any(folder.iterdir()):
        raise ConflictError("The export folder is not empty.", remedy="Name a new folder.", folder=folder.name)
    described = connection.execute(f"DESCRIBE {query}", list(parameters)).fetchall()
    schema = {str(column[0]): str(column[1]) for column in described}
    unknown = [name for name in partition_by if name not in schema]
    if unknown:
        raise BadInputError(f"The export has no column '{unknown[0]}'.", remedy=choices(unknown[0], schema, "Columns"))
    draft = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    _copy(connection, query, parameters, draft, partition_by)
    files = tuple(_describe(connection, draft, path) for path in sorted(draft.rglob("*.parquet")))
    export = Export(folder=folder, rows=sum(file.rows for file in files), files=files, snapshot=snapshot.id)
    write_atomically(draft / "manifest.json", _manifest(export, snapshot.run_id, schema, partition_by))
    if folder.exists():
        folder.rmdir()
    draft.rename(folder)
    flush(folder.parent)
    return export


def _copy(
    connection: "DuckDBPyConnection",
    query: str,
    parameters: Sequence[object],
    folder: Path,
    partition_by: Sequence[str],
) -> None:
    """Let DuckDB write the files, on one thread so that the rows keep their order."""
    options = "FORMAT parquet, COMPRESSION zstd"
    target = folder
    if partition_by:
        options += (
            f", PARTITION_BY ({', '.join(_identifier(name) for name in partition_by)}), FILENAME_PATTERN 'part-{{i}}'"
        )
    else:
        target = folder / "part-0.parquet"
    threads = connection.execute("SELECT current_setting('threads')").fetchone()
    connection.execute("SET threads = 1")
    try:
        connection.execute(f"COPY ({query}) TO {quoted(str(target))} ({options})", list(parameters))
    finally:
        connection.execute(f"SET threads = {threads[0] if threads else 1}")


def _describe(connection: "DuckDBPyConnection", folder: Path, path: Path) -> DataFile:
    counted = connection.execute("SELECT sum(num_rows) FROM parquet_file_metadata(?)", [str(path)]).fetchone()
    content = path.read_bytes()
    flush(path)
    return DataFile(
        path=path.relative_to(folder).as_posix(),
        rows=int(counted[0]) if counted else 0,
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _manifest(export: Export, run_id: str, schema: Mapping[str, str], partition_by: Sequence[str]) -> bytes:
    """What an export holds; `schema` names the SQL type of each column."""
    body = {
        "snapshot": export.snapshot,
        "run_id": run_id,
        "rows": export.rows,
        "schema": [{"name": name, "type": kind} for name, kind in schema.items()],
        "partition_by": list(partition_by),
        "files": [asdict(file) for file in export.files],
    }
    return msgspec.json.format(msgspec.json.encode(body), indent=2) + b"\n"


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
