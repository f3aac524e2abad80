"""`c360 graph bulk`: the graph as files for Neptune's bulk loader, and the loader driven to its end."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.output import print_json
from api.run import Workspace
from api.run.graph_stage import projected
from core.errors import BadInputError
from graph import GraphSettings, extend, load_bulk, write_bulk

Folder = Annotated[Path, typer.Option("--workspace", help="The workspace's folder.")]


def bulk_command(
    *,
    out: Annotated[Path | None, typer.Option("--out", help="Where to write `vertices/` and `edges/`.")] = None,
    source: Annotated[str | None, typer.Option("--load", help="Where they were copied to: s3://BUCKET/PREFIX.")] = None,
    role: Annotated[str | None, typer.Option("--role", help="ARN of the role that lets Neptune read that.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a load that failed.")] = False,
    workspace: Folder = Path(),
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Write the newest snapshot as gzipped CSV for Neptune's bulk loader, or let it load the files from S3.

    The cluster is `graph.url`, its region `graph.aws_region`.
    """
    if (out is None) == (source is None):
        raise BadInputError("Say either --out or --load.", remedy="First write the files, copy them, then load them.")
    with Workspace.open(workspace) as opened:
        if out is not None:
            _write(opened, out, json=json)
        elif source is not None:
            _load(opened.settings.graph, source, role, resume=resume, json=json)


def _write(opened: Workspace, out: Path, *, json: bool) -> None:
    snapshot = opened.newest()
    report = write_bulk(projected(opened, snapshot), extend(opened.settings.ontology), out)
    if json:
        files = [str(path.relative_to(out)) for path in report.files]
        print_json({"snapshot": snapshot.id, "vertices": report.vertices, "edges": report.edges, "files": files})
        return
    typer.echo(f"Wrote {report.vertices:,} vertices and {report.edges:,} edges in {len(report.files)} files to {out}.")


def _load(settings: GraphSettings, source: str, role: str | None, *, resume: bool, json: bool) -> None:
    if role is None:
        raise BadInputError("The loader needs a role that may read the files.", remedy="Give --role.")
    found = load_bulk(settings, source, role, resume=resume)
    if json:
        print_json([{"load_id": one.load_id, "status": one.status, "records": one.records} for one in found])
        return
    for one in found:
        typer.echo(f"{one.load_id}: {one.status}, {one.records:,} records.")
