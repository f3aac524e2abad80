"""Options of commands that read people tables without configuration."""

from collections.abc import Sequence
from pathlib import Path

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


def encodings_of(said: Sequence[str]) -> tuple[str | None, dict[str, str]]:
    """Read `[FILE=]ENCODING` options.

    Returns:
        The encoding of all files, if one is said, and those of single files by name.

    Raises:
        typer.BadParameter: one has nothing before or after its equal sign, or two are for all files (exit code 2).
    """
    named: dict[str, str] = {}
    every: list[str] = []
    for text in said:
        file, sign, encoding = text.rpartition("=")
        if not encoding or (sign and not file):
            raise typer.BadParameter(f"'{text}' is not [FILE=]ENCODING.", param_hint="--encoding")
        if sign:
            named[Path(file).name] = encoding
        else:
            every.append(encoding)
    if len(every) > 1:
        raise typer.BadParameter("Say one for all files, and FILE=ENCODING for others.", param_hint="--encoding")
    return next(iter(every), None), named


def report_reading(people: People) -> None:
    """Say on stderr how files were read, and how many rows could not be used and why the first few not; no values."""
    for file, encoding in sorted(people.guessed.items()):
        typer.echo(
            f"{file} is not UTF-8; it is read as {encoding}. If names look wrong, say --encoding {file}=ENCODING.",
            err=True,
        )
    for remark in people.remarks:
        typer.echo(remark, err=True)
    if not people.rejects.num_rows:
        return
    typer.echo(f"{people.rejects.num_rows:,} rows could not be used:", err=True)
    for row in people.rejects.slice(0, 5).to_pylist():
        typer.echo(f"  {row['file']}, line {row['line']}: {row['reason']}", err=True)
