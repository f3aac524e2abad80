"""Options of commands that read people tables without configuration."""

from collections.abc import Sequence

import typer

from ingest import People


def column_kinds(pairs: Sequence[str]) -> dict[str, str]:
    """Read `COL=KIND` options; a column's name may hold equal signs itself.

    Raises:
        typer.BadParameter: one has no equal sign, or nothing before or after it (exit code 2).
    """
    kinds: dict[str, str] = {}
    for pair in pairs:
        column, _, kind = pair.rpartition("=")
        if not column or not kind:
            raise typer.BadParameter(f"'{pair}' is not COL=KIND.", param_hint="--map")
        kinds[column] = kind
    return kinds


def report_reading(people: People) -> None:
    """Say on stderr what was guessed, how many rows could not be used, and why the first few could not; no values."""
    for file, encoding in sorted(people.guessed.items()):
        typer.echo(f"{file} is not UTF-8; it is read as {encoding}. If names look wrong, say --encoding.", err=True)
    if not people.rejects.num_rows:
        return
    typer.echo(f"{people.rejects.num_rows:,} rows could not be used:", err=True)
    for row in people.rejects.slice(0, 5).to_pylist():
        typer.echo(f"  {row['file']}, line {row['line']}: {row['reason']}", err=True)
