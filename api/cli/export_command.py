"""`c360 export`: a segment as files for analysts, as of a snapshot."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.output import print_json
from api.run import Workspace
from api.run.exports import export_segment


def export_command(
    segment: Annotated[str, typer.Argument(help="The segment's name.")],
    out: Annotated[Path, typer.Option(help="A new folder.")],
    *,
    snapshot: Annotated[str | None, typer.Option(help="As of this snapshot; the newest by default.")] = None,
    workspace: Annotated[Path, typer.Option(help="The workspace's folder.")] = Path(),
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Write a segment's members as partitioned Parquet with a manifest; the same snapshot gives the same bytes."""
    with Workspace.open(workspace) as opened:
        taken = opened.lake.snapshot(snapshot) if snapshot else opened.newest()
        export = export_segment(opened.lake, taken, segment, out)
    if json:
        print_json(export)
    else:
        typer.echo(f"{export.rows:,} people in {len(export.files)} files below {out} (snapshot {export.snapshot}).")
