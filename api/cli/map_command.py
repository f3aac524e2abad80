"""`c360 map`: look at a file and propose the block that reads it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final

import tomlkit
import typer
from rich.console import Console
from rich.table import Table

from api.cli.left_out import left_out
from api.cli.output import print_json
from api.cli.region import Region, region_of
from api.run.settings import WorkspaceSettings
from core.errors import BadInputError, ConflictError
from core.settings import read_settings
from ingest import ColumnKind, MapOptions, Proposal, add_block, propose_mapping, roles_of
from lake.atomic import write_atomically

SETTINGS: Final = "c360.toml"
SAMPLE_WIDTH: Final = 40
DESCRIBING: Final = frozenset({"full_name", "given_name", "family_name", "birth_date", "email", "phone", "address"})
"""Kinds of columns that say who somebody is."""
NAME: Final = re.compile(r"[A-Za-z0-9_-]+")


def map_command(  # noqa: PLR0913  # every option of the command line is an argument
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="CSV, JSON lines, JSON, Parquet or Excel.")],
    *,
    workspace: Annotated[Path, typer.Option(help="The workspace to map it into.")] = Path(),
    name: Annotated[str | None, typer.Option(help="The source's name; the file's when not given.")] = None,
    key: Annotated[str | None, typer.Option(help="The column that numbers the rows; found when not given.")] = None,
    who: Annotated[str | None, typer.Option(help="The column that says whose the events are; found likewise.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="COL", help="Plays no part; a run keeps it.")] = None,
    write: Annotated[bool, typer.Option("--write", help="Add the block to c360.toml.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Decide what the columns of a file hold and propose its block of c360.toml.

    Samples are printed and kept nowhere.
    """
    settings = _workspace(workspace)
    known = dict(settings.sources) if settings else {}
    options = MapOptions(name=_checked(name, files), key=key, who=who, ignore=tuple(ignore or ()))
    if settings:
        options = replace(options, reject_limit=settings.workspace.reject_limit)
    for file in files:
        proposal = propose_mapping(file, root=workspace, known=known, options=options)
        region = region_of(workspace / SETTINGS, proposal)
        if write:
            _write(workspace / SETTINGS, proposal, region)
        known = known | {proposal.name: proposal.settings}
        _show(proposal, [*_remarks(proposal), *region.remarks(written=write)], json=json, written=write)


def _workspace(workspace: Path) -> WorkspaceSettings | None:
    """The settings that the workspace has."""
    path = workspace / SETTINGS
    return read_settings(path, WorkspaceSettings) if path.is_file() else None


def _checked(name: str | None, files: Sequence[Path]) -> str | None:
    """A name for one file; ids of records begin with it."""
    if name is not None and not NAME.fullmatch(name):
        raise BadInputError(f"'{name}' cannot name a source.", remedy="Use letters, digits, _ and -.", name=name)
    if name is not None and len(files) > 1:
        raise BadInputError("--name names one source.", remedy="Map one file at a time.", files=len(files))
    return name


def _write(path: Path, proposal: Proposal, region: Region) -> None:
    if not path.is_file():
        raise BadInputError("There is no c360.toml here.", remedy="Run `c360 init` first.", file=str(path))
    document = tomlkit.parse(path.read_text(encoding="utf-8"))
    if "sources" in document and proposal.name in document["sources"]:
        raise ConflictError(
            f"c360.toml has a source '{proposal.name}' already.",
            remedy="Change it there, or give this one another name with --name.",
            source=proposal.name,
        )
    add_block(document, proposal.name, proposal.settings)
    region.write(document)
    write_atomically(path, tomlkit.dumps(document).encode())


def _show(proposal: Proposal, remarks: Sequence[str], *, json: bool, written: bool) -> None:
    if json:
        print_json(_told(proposal) | {"remarks": remarks, "written": written})
        return
    roles = roles_of(proposal.settings)
    table = Table(
        "column", "holds", "sure", "becomes", "samples", title=f"{proposal.name}: {proposal.settings.content}"
    )
    for one in proposal.columns:
        becomes = roles.get(one.column, "extra" if proposal.settings.content == "people" else "attribute")
        samples = ", ".join(one.samples)[:SAMPLE_WIDTH]
        table.add_row(one.column, _holds(one, becomes), f"{one.confidence:.0%}", becomes, samples)
    Console().print(table)
    typer.echo(proposal.text)
    for line in remarks:
        typer.echo(line)
    typer.echo(f"Added to {SETTINGS}." if written else f"Add it with --write, or paste it into {SETTINGS}.")


def _told(proposal: Proposal) -> dict[str, object]:
    """All of a proposal, for programs."""
    roles, of_people = roles_of(proposal.settings), proposal.settings.content == "people"
    columns: list[dict[str, object]] = [
        {
            "column": one.column,
            "kind": one.kind,
            "confidence": one.confidence,
            "becomes": roles.get(one.column),
            "left_out": left_out(one) or None if of_people and one.column not in roles else None,
            "samples": one.samples,
        }
        for one in proposal.columns
    ]
    rows = {"read": proposal.rows, "rejected": proposal.rejected, "repeated": proposal.repeated}
    return {
        "source": proposal.name,
        "block": proposal.text,
        "columns": columns,
        "rows": rows,
        "owners": proposal.owners,
        "unread": proposal.unread,
    }


def _holds(one: ColumnKind, becomes: str) -> str:
    """What a column holds, and why it is left out, if it is: it may still number rows, or be kept."""
    why = left_out(one)
    if one.kind == "ignore":
        return "number of row" if becomes == "key" else f"no evidence: {why}"
    return f"{one.kind}: {why}" if becomes == "extra" and why else one.kind


def _remarks(proposal: Proposal) -> Iterator[str]:
    """What was decided although it could be otherwise."""
    settings = proposal.settings
    described = [one.column for one in proposal.columns if one.kind in DESCRIBING]
    if settings.who and len(described) > 1:
        yield (
            f"Each row is something that happened; {', '.join(described)} stay beside it. To make people of them too, "
            f"map the file once more: --key {settings.who.column} --name people_of_{proposal.name}."
        )
    ages = [column for column, kind in settings.fields.items() if kind == "age"]
    if ages and settings.observed_at:
        yield f"'{ages[0]}' is read as true on the day in '{settings.observed_at}', and tells the year of birth so."
    if ages and not (settings.observed_at or settings.as_of):
        yield (
            f"Nothing says when '{ages[0]}' was true: it is compared with other ages and tells no birth. "
            'If it is true as of one day, write as_of = "2024-12-31".'
        )
    if proposal.rejected:
        yield (
            f"{proposal.rejected:,} of the first {proposal.rows:,} rows will be set aside: "
            f"they cannot be read, or have no {settings.key or 'end'}."
        )
    if proposal.repeated:
        rows = "1 row has" if proposal.repeated == 1 else f"{proposal.repeated:,} rows have"
        yield f"{rows} the {settings.key} of an earlier row: the newest counts, and where nothing says which, the last."
    if proposal.unread:
        yield f"The keys of {', '.join(proposal.unread)} could not be read, so the rows may also be about their people."
    if settings.encoding:
        yield f"It is not UTF-8 and is taken for {settings.encoding}; change encoding if accents look wrong."
    if settings.who and len(proposal.owners) > 1:
        column = settings.who.column
        yield (
            f"'{column}' may hold keys of {', '.join(proposal.owners)}; {settings.who.system} is taken. "
            f'For another, write who = {{ column = "{column}", system = "{proposal.owners[1]}" }}.'
        )
    elif settings.who and not proposal.owners:
        yield (
            f"No source of people has '{settings.who.column}' for its key: its values are taken for identifiers called "
            f"{settings.who.system}. If they are keys of a source, map that first, or name it as system."
        )
