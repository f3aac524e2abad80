"""`c360 segment`: preview, create and list segments."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.cli.output import print_json
from api.run import Workspace
from api.run.segments import definitions, save_segment
from core.errors import BadInputError
from insight.segments import Definition, parse, preview, sentence

app = typer.Typer(help="Preview, create and list segments.", no_args_is_help=True)

Folder = Annotated[Path, typer.Option("--workspace", help="The workspace's folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
DefinitionFile = Annotated[Path, typer.Argument(help="A JSON file with the definition.")]


@app.command("preview")
def preview_segment(definition: DefinitionFile, *, workspace: Folder = Path(), json: AsJson = False) -> None:
    """Say how large a segment would be, without saving it."""
    tree = read_definition(definition)
    with Workspace.open(workspace) as opened:
        snapshot = opened.newest()
        with opened.lake.connect(snapshot) as lake:
            found = preview(lake, tree, snapshot.at)
    if json:
        print_json(found)
    else:
        typer.echo(f"{found.size:,} of {found.people:,} people ({found.share:.1%}): {sentence(tree)}")


@app.command("create")
def create_segment(
    name: Annotated[str, typer.Argument(help="What to call it.")],
    definition: DefinitionFile,
    *,
    replace: Annotated[bool, typer.Option(help="Write a new version of an existing one.")] = False,
    workspace: Folder = Path(),
    json: AsJson = False,
) -> None:
    """Save a segment; the next `c360 run` fills it."""
    with Workspace.open(workspace) as opened:
        saved = save_segment(opened.ledger, name, read_definition(definition), who="c360 segment", replace=replace)
    if json:
        print_json({"name": saved.name, "version": saved.version, "segment_id": saved.segment_id})
    else:
        typer.echo(f"Saved '{saved.name}', version {saved.version}. `c360 run` fills it.")


@app.command("list")
def list_segments(*, workspace: Folder = Path(), json: AsJson = False) -> None:
    """Show every segment, its version and its size in the newest snapshot."""
    with Workspace.open(workspace) as opened:
        saved = definitions(opened.ledger)
        with opened.lake.connect(opened.newest()) as lake:
            query = "SELECT segment, count(*) FROM segment_membership WHERE left_at IS NULL GROUP BY 1"
            sizes = dict(lake.execute(query).fetchall())
    rows = [
        {"name": s.name, "version": s.version, "size": sizes.get(s.name, 0), "says": sentence(s.definition)}
        for s in saved.values()
    ]
    if json:
        print_json(rows)
        return
    table = Table("segment", "version", "people", "who", show_edge=False)
    for row in rows:
        table.add_row(str(row["name"]), str(row["version"]), f"{row['size']:,}", str(row["says"]))
    Console().print(table)


def read_definition(path: Path) -> Definition:
    """Read a definition from a JSON file.

    Raises:
        BadInputError: there is no such file, or it holds no definition; the message names the place.
    """
    try:
        return parse(path.read_bytes())
    except FileNotFoundError as error:
        raise BadInputError(f"There is no file {path.name}.", remedy="Name a JSON file.", file=str(path)) from error
