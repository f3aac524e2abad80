"""`c360 status`: what a workspace holds and whether its graph has kept up."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, cast

import typer
from rich.console import Console
from rich.table import Table

from api.cli.output import print_json
from api.run import Workspace, unfinished


def status_command(
    *,
    workspace: Annotated[Path, typer.Option(help="The workspace's folder.")] = Path(),
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show the newest snapshot, its rows, and whether the graph shows it."""
    with Workspace.open(workspace) as opened:
        snapshot = opened.lake.latest()
        graph = opened.graph().snapshot() if snapshot else None
        status = {
            "snapshot": snapshot.id if snapshot else None,
            "at": snapshot.at if snapshot else None,
            "snapshots": len(opened.lake.snapshots()),
            "graph_snapshot": graph,
            "graph_behind": snapshot is not None and graph != snapshot.id,
            "unfinished_run": unfinished(opened.root),
            "rows": {name: table.rows for name, table in snapshot.tables.items()} if snapshot else {},
        }
    if json:
        print_json(status)
    else:
        _print(status)


def _print(status: Mapping[str, object]) -> None:
    console = Console()
    rows = cast("dict[str, int]", status["rows"])
    for name, value in status.items():
        if name == "rows":
            continue
        console.print(f"{name.replace('_', ' ')}: {value}", highlight=False)
    if not rows:
        console.print("No data yet. Next: `c360 run`.")
        return
    table = Table(show_edge=False)
    table.add_column("table")
    table.add_column("rows", justify="right")
    for name, count in rows.items():
        table.add_row(name, f"{count:,}")
    console.print(table)
    if status["graph_behind"]:
        console.print("The graph is behind the lake: `c360 run` finishes it.")
