"""`c360 rejects`: every row that the newest snapshot's sources gave and that was set aside, or kept with a problem."""

from pathlib import Path
from typing import Annotated, Final

import duckdb
import pyarrow as pa
import typer

from api.cli.options import As
from api.cli.output import print_json
from api.policy import ANYBODY, told
from api.run import Workspace, journal
from core.errors import MissingError, choices
from lake.query import open_file
from lake.tables import REJECTS

SHOWN: Final = ("source", "file", "line", "field", "reason", "kept")
VALUE: Final = "value"


def rejects_command(
    *,
    source: Annotated[str | None, typer.Option(metavar="NAME", help="Only this source; all by default.")] = None,
    values: Annotated[
        bool, typer.Option("--values", help="Show what stood there too; that you saw it is in the audit log.")
    ] = False,
    stopped: Annotated[
        bool, typer.Option("--stopped", help="Of a run that they stopped, instead of the newest snapshot.")
    ] = False,
    workspace: Annotated[Path, typer.Option(help="The workspace's folder.")] = Path(),
    as_: As = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List every row that was set aside, and every problem in a row that was kept: file, line, field and reason."""
    with Workspace.open(workspace) as opened:
        _check_source(source, tuple(opened.settings.sources))
        columns = (*SHOWN, VALUE) if values else SHOWN
        place, connection = _stopped(opened) if stopped else _published(opened)
        with connection as lake:
            rows = read_rejects(lake, columns, source).to_pylist()
        if values and rows:
            told(opened.ledger, place, "rejects", columns, as_)([ANYBODY])
    if json:
        print_json(rows)
        return
    for row in rows:
        typer.echo(_line(row))
    kept = sum(bool(row["kept"]) for row in rows)
    typer.echo(f"{len(rows) - kept:,} set aside, {kept:,} kept with a problem ({place}).")


def _published(opened: Workspace) -> tuple[str, duckdb.DuckDBPyConnection]:
    snapshot = opened.newest()
    return snapshot.id, opened.lake.connect(snapshot)


def _stopped(opened: Workspace) -> tuple[str, duckdb.DuckDBPyConnection]:
    """The run that did not end, and a connection that has its rejects."""
    file = journal.stopped_rejects(opened.runs)
    if file is None:
        raise MissingError("No run was stopped by its rejects.", remedy="Leave --stopped out.")
    return file.parent.parent.name, open_file(file, "rejects")


def read_rejects(lake: duckdb.DuckDBPyConnection, columns: tuple[str, ...], source: str | None) -> pa.Table:
    """The rejects of a snapshot in the order of source, file and line.

    Args:
        lake: a connection to it, or to the rejects of a stopped run; a snapshot of an earlier release does not say
            which rows were kept.
        columns: of REJECTS.
        source: only of this one.
    """
    lake.register("no_rejects", REJECTS.schema.empty_table())
    query = (
        "WITH every AS (SELECT * FROM no_rejects UNION ALL BY NAME SELECT * FROM rejects) "
        f"SELECT {', '.join(columns)} FROM every WHERE $source IS NULL OR source = $source "
        "ORDER BY source, file, line, field, reason"
    )
    found: pa.Table = lake.sql(query, params={"source": source}).to_arrow_table()
    return found


def _check_source(source: str | None, known: tuple[str, ...]) -> None:
    if source is not None and source not in known:
        raise MissingError(
            f"c360.toml has no source '{source}'.", remedy=choices(source, known, "Its sources"), source=source
        )


def _line(row: dict[str, object]) -> str:
    """One reject for people: where, which field, what became of the row, why, and what stood there where it is told."""
    done = "kept" if row["kept"] else "set aside"
    field = f"  {row['field']}" if row["field"] else ""
    value = f"  {row[VALUE]!r}" if row.get(VALUE) is not None else ""
    return f"{row['source']}  {row['file']}:{row['line']}{field}  {done}: {row['reason']}{value}"
