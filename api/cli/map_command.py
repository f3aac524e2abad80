"""`c360 map`: look at a file and propose the block that reads it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final

import tomlkit
import typer
from rich.console import Console
from rich.table import Table

from api.cli.output import print_json
from api.run.settings import WorkspaceSettings
from core.errors import BadInputError, ConflictError
from core.settings import read_settings
from ingest import Proposal, SourceSettings, add_block, propose_mapping, roles_of
from lake.atomic import write_atomically

SETTINGS: Final = "c360.toml"
SAMPLE_WIDTH: Final = 40


def map_command(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="CSV, JSON lines, JSON or Parquet.")],
    *,
    workspace: Annotated[Path, typer.Option(help="The workspace to map it into.")] = Path(),
    write: Annotated[bool, typer.Option("--write", help="Add the block to c360.toml.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON, without samples.")] = False,
) -> None:
    """Decide what the columns of a file hold and propose its block of c360.toml.

    Samples are shown on the screen and kept nowhere.
    """
    known = _known(workspace)
    for file in files:
        proposal = propose_mapping(file, root=workspace, known=known)
        if write:
            _write(workspace / SETTINGS, proposal)
        known = known | {proposal.name: proposal.settings}
        _show(proposal, json=json, written=write)


def _known(workspace: Path) -> dict[str, SourceSettings]:
    """The sources that the workspace has."""
    path = workspace / SETTINGS
    return dict(read_settings(path, WorkspaceSettings).sources) if path.is_file() else {}


def _write(path: Path, proposal: Proposal) -> None:
    if not path.is_file():
        raise BadInputError("There is no c360.toml here.", remedy="Run `c360 init` first.", file=str(path))
    document = tomlkit.parse(path.read_text(encoding="utf-8"))
    if proposal.name in _known(path.parent):
        raise ConflictError(
            f"c360.toml has a source '{proposal.name}' already.",
            remedy="Change it there, or rename the file.",
            source=proposal.name,
        )
    add_block(document, proposal.name, proposal.settings)
    write_atomically(path, tomlkit.dumps(document).encode())


def _show(proposal: Proposal, *, json: bool, written: bool) -> None:
    if json:
        columns = [{"column": one.column, "kind": one.kind, "confidence": one.confidence} for one in proposal.columns]
        said = {"source": proposal.name, "block": proposal.text, "columns": columns, "owners": proposal.owners}
        print_json(said | {"written": written})
        return
    roles = roles_of(proposal.settings)
    table = Table(
        "column", "holds", "sure", "becomes", "samples", title=f"{proposal.name}: {proposal.settings.content}"
    )
    for one in proposal.columns:
        becomes = roles.get(one.column, "extra" if proposal.settings.content == "people" else "attribute")
        samples = ", ".join(one.samples)[:SAMPLE_WIDTH]
        table.add_row(one.column, _holds(one.kind, becomes), f"{one.confidence:.0%}", becomes, samples)
    Console().print(table)
    typer.echo(proposal.text)
    for line in _remarks(proposal):
        typer.echo(line)
    typer.echo(f"Added to {SETTINGS}." if written else f"Add it with --write, or paste it into {SETTINGS}.")


def _holds(kind: str, becomes: str) -> str:
    """What a column holds, for people: a column that says nothing of anybody may still number rows, or be kept."""
    if kind != "ignore":
        return kind
    return "number of row" if becomes == "key" else "no evidence"


def _remarks(proposal: Proposal) -> Iterator[str]:
    """What was decided although it could be otherwise."""
    settings = proposal.settings
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
