"""`c360 status`: what a workspace holds and whether its graph has kept up."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final, cast

import typer
from rich.console import Console
from rich.table import Table

from api.cli.output import print_json
from api.run import Workspace, unfinished
from ingest import Gone, gone_sentence, gone_sources
from lake import Snapshot

LAST: Final = 10
"""Snapshots that are listed; --json gives all."""


def status_command(
    *,
    workspace: Annotated[Path, typer.Option(help="The workspace's folder.")] = Path(),
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show the newest snapshot, its rows, whether the graph shows it, and sources that c360.toml no longer has."""
    with Workspace.open(workspace) as opened:
        snapshot = opened.lake.latest()
        graph = opened.graph().snapshot() if snapshot else None
        history = opened.lake.snapshots()
        status = {
            "snapshot": snapshot.id if snapshot else None,
            "at": snapshot.at if snapshot else None,
            "snapshots": len(history),
            "graph_snapshot": graph,
            "graph_behind": snapshot is not None and graph != snapshot.id,
            "unfinished_run": unfinished(opened.root),
            "history": [{"snapshot": one.id, "at": one.at, "run": one.run_id} for one in history],
            "gone": _gone(opened, snapshot) if snapshot else (),
            "rows": {name: table.rows for name, table in snapshot.tables.items()} if snapshot else {},
        }
    if json:
        print_json(status)
    else:
        _print(status)


def _gone(workspace: Workspace, snapshot: Snapshot) -> tuple[Gone, ...]:
    """The sources that a snapshot has rows of and c360.toml no longer names."""
    with workspace.lake.connect(snapshot) as lake:
        return gone_sources(lake, workspace.settings.sources)


def _print(status: Mapping[str, object]) -> None:
    console = Console()
    rows = cast("dict[str, int]", status["rows"])
    for name, value in status.items():
        if name in {"rows", "history", "gone"}:
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
    history = cast("list[dict[str, object]]", status["history"])
    if len(history) > 1:
        console.print("\nThe last snapshots, newest first; `c360 export --snapshot` takes an id, a date or a time.")
        for one in history[:LAST]:
            console.print(f"{one['snapshot']}  {one['at']:%Y-%m-%d %H:%M:%S} UTC", highlight=False)
    for source in cast("tuple[Gone, ...]", status["gone"]):
        console.print(f"Gone: {gone_sentence(source)}", markup=False, highlight=False)
    if status["graph_behind"]:
        console.print("The graph is behind the lake: `c360 run` finishes it.")
