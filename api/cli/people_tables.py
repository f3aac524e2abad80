"""Options of commands that read people tables without configuration."""

from collections.abc import Sequence

import pyarrow as pa
import typer


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


def report_rejects(rejects: pa.Table) -> None:
    """Say on stderr how many rows could not be used, and why the first few could not; no values."""
    if not rejects.num_rows:
        return
    typer.echo(f"{rejects.num_rows:,} rows could not be used:", err=True)
    for row in rejects.slice(0, 5).to_pylist():
        typer.echo(f"  {row['file']}, line {row['line']}: {row['reason']}", err=True)
