"""`c360 run`: bring a workspace up to its sources."""

from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table

from api.cli.output import print_json
from api.cli.progress import RichProgress
from api.run import RunSummary, Workspace, run_workspace
from core.clock import parse_instant

WORDS: Final = {
    "rejects": "rows set aside",
    "problems": "problems in rows that were kept",
    "entities": "people, those of nobody known included",
    "entities_of_nobody_known": "of nobody known: a device, e-mail or key of no one person",
    "events_of_nobody_known": "events of nobody known",
    "events_of_several": "events by an identifier that several people bear",
    "identity_changes": "changes of who is who",
    "segment_stays": "stays in segments",
}
"""How counts are called where their own name says too little."""


def run_command(
    *,
    workspace: Annotated[Path, typer.Option(help="The workspace's folder.")] = Path(),
    now: Annotated[str | None, typer.Option(help="The run's clock, ISO 8601; the machine's by default.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Read the sources, match, publish one snapshot, and bring the graph up to it. Running again is safe."""
    progress = RichProgress()
    try:
        with Workspace.open(workspace) as opened:
            summary = run_workspace(opened, now=parse_instant(now) if now else None, progress=progress)
    finally:
        progress.close()
    if json:
        print_json(summary)
    else:
        print_summary(summary)


def print_summary(summary: RunSummary) -> None:
    """Show what the run did, for people."""
    console = Console()
    if summary.published:
        console.print(f"Run {summary.run_id}", markup=False, highlight=False, soft_wrap=True)
    else:
        console.print("Nothing has changed: no new snapshot.")
    if summary.counts:
        table = Table("what", show_edge=False)
        table.add_column("number", justify="right")
        for name, count in summary.counts.items():
            table.add_row(WORDS.get(name, name.replace("_", " ")), f"{count:,}")
        console.print(table)
    for note in summary.notes if summary.published else ():
        console.print(f"- {note}", markup=False, highlight=False)
    rejects = summary.folder / "rejects.parquet"
    if summary.published and rejects.is_file():
        console.print(f"Every such row: `c360 rejects`, or {rejects}", markup=False, soft_wrap=True)
    if summary.published:
        console.print(f"Report: {summary.folder / 'report.html'}", markup=False, soft_wrap=True)
