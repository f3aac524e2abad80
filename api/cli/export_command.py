"""`c360 export`: a segment as files for analysts, as of a snapshot."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.options import As
from api.cli.output import print_json
from api.policy import told
from api.run import Workspace
from api.run.exports import BY_REGION, COLUMNS, export_people, members_now, segment_members
from api.run.segments import saved_segment


def export_command(
    segment: Annotated[str, typer.Argument(help="The segment's name or id.")],
    out: Annotated[Path, typer.Option(help="A new folder.")],
    *,
    snapshot: Annotated[
        str | None, typer.Option(help="As of this snapshot, date or time; the newest by default.")
    ] = None,
    workspace: Annotated[Path, typer.Option(help="The workspace's folder.")] = Path(),
    as_: As = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Write a segment's members as partitioned Parquet with a manifest; the same snapshot gives the same bytes.

    Names and contacts are in it: everybody exported is in the audit log before the first file is written.
    """
    with Workspace.open(workspace) as opened:
        newest = opened.newest()
        taken = opened.as_of(snapshot) if snapshot else newest
        saved = saved_segment(opened.ledger, segment)
        tell = told(opened.ledger, taken.id, "export", COLUMNS, as_)
        with opened.lake.connect(taken) as lake:
            if taken.id == newest.id:
                members, filled = members_now(lake, saved, taken.at, region=opened.settings.workspace.default_region)
            else:
                members, filled = segment_members(lake, saved.name), True
            export = export_people(lake, members, out, snapshot=taken, told=tell, options=BY_REGION)
    if json:
        print_json(export)
    else:
        if not filled:
            typer.echo(f"No run has found anybody in '{saved.name}' yet: counted now, as of the snapshot.", err=True)
        typer.echo(f"{export.rows:,} people in {len(export.files)} files below {out} (snapshot {export.snapshot}).")
