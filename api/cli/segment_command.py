"""`c360 segment`: preview, create and list segments."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.cli.output import print_json
from api.run import Workspace
from api.run.exports import size_now
from api.run.segments import definitions, save_segment, saved_segments, whole_definition
from core.errors import BadInputError
from insight.segments import Definition, Preview, parse, preview, sentence
from lake import Snapshot

app = typer.Typer(help="Preview, create and list segments.", no_args_is_help=True)

Folder = Annotated[Path, typer.Option("--workspace", help="The workspace's folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
DefinitionFile = Annotated[Path, typer.Argument(help="A JSON file with the definition.")]


@app.command("preview")
def preview_segment(definition: DefinitionFile, *, workspace: Folder = Path(), json: AsJson = False) -> None:
    """Say how large a segment would be, without saving it, and which of its values nobody has."""
    tree = read_definition(definition)
    with Workspace.open(workspace) as opened:
        found = _counted(opened, opened.newest(), whole_definition(opened.ledger, tree))
    if json:
        print_json(found)
    else:
        typer.echo(f"{found.size:,} of {found.people:,} people ({found.share:.1%}): {sentence(tree)}")
        _warn(found)


@app.command("create")
def create_segment(
    name: Annotated[str, typer.Argument(help="What to call it.")],
    definition: DefinitionFile,
    *,
    replace: Annotated[bool, typer.Option(help="Write a new version of an existing one.")] = False,
    workspace: Folder = Path(),
    json: AsJson = False,
) -> None:
    """Save a segment; the next `c360 run` fills it, and every run after that writes down who entered and left."""
    tree = read_definition(definition)
    with Workspace.open(workspace) as opened:
        whole = whole_definition(opened.ledger, tree, name=name)
        saved = save_segment(opened.ledger, name, tree, who="c360 segment", replace=replace)
        snapshot = opened.lake.latest()
        found = _counted(opened, snapshot, whole) if snapshot else None
    if json:
        told = {"name": saved.name, "version": saved.version, "segment_id": saved.segment_id}
        print_json(told | ({"size": found.size, "unheard": found.unheard} if found else {}))
        return
    now = f"{found.size:,} of {found.people:,} people are in it now. " if found else ""
    typer.echo(f"Saved '{saved.name}', version {saved.version}. {now}`c360 run` fills it and follows it from then on.")
    if found:
        _warn(found)


@app.command("list")
def list_segments(*, workspace: Folder = Path(), json: AsJson = False) -> None:
    """Show every segment, its version and its size in the newest snapshot."""
    with Workspace.open(workspace) as opened:
        snapshot, region = opened.newest(), opened.settings.workspace.default_region
        said = {one.name: sentence(one.definition) for one in definitions(opened.ledger).values()}
        with opened.lake.connect(snapshot) as lake:
            rows = [
                {
                    "name": one.name,
                    "version": one.version,
                    "size": size_now(lake, one, snapshot.at, region=region),
                    "says": said[one.name],
                }
                for one in saved_segments(opened.ledger)
            ]
    if json:
        print_json(rows)
        return
    table = Table("segment", "version", "people", "who", show_edge=False)
    for row in rows:
        table.add_row(str(row["name"]), str(row["version"]), f"{row['size']:,}", str(row["says"]))
    Console().print(table)


def _counted(workspace: Workspace, snapshot: Snapshot, definition: Definition) -> Preview:
    with workspace.lake.connect(snapshot) as lake:
        return preview(lake, definition, snapshot.at, region=workspace.settings.workspace.default_region)


def _warn(found: Preview) -> None:
    """Say which values nobody has: a slip of the pen, more often than an empty segment that is meant."""
    for one in found.unheard:
        typer.echo(f"Warning: {one}", err=True)


def read_definition(path: Path) -> Definition:
    """Read a definition from a JSON file.

    Raises:
        BadInputError: there is no such file, or it holds no definition; the message names the place.
    """
    try:
        return parse(path.read_bytes())
    except FileNotFoundError as error:
        raise BadInputError(f"There is no file {path.name}.", remedy="Name a JSON file.", file=str(path)) from error
