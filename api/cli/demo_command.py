"""`c360 demo`: the whole path on a made-up company, and an API to look at it."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from api.cli.output import print_json
from api.cli.progress import RichProgress
from api.demo.contract import DEMO_PEOPLE
from api.demo.making import is_finished
from api.demo.running import run_demo
from api.demo.summary import summary
from api.policy import KeyRing, Role
from api.run import Workspace


def demo_command(
    *,
    people: Annotated[
        int | None,
        typer.Option(min=200, max=2_000_000, help=f"How many people to make up; {DEMO_PEOPLE:,} by default."),
    ] = None,
    serve: Annotated[
        bool, typer.Option("--serve", help="Open the API on it, with a key for each role; a finished demo is kept.")
    ] = False,
    workspace: Annotated[Path, typer.Option(help="Where to put it.")] = Path("demo"),
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Make up a health-and-wellness company, resolve its people, and show what the engine found."""
    if serve and is_finished(workspace, people):
        typer.echo(f"The demo in {workspace} is finished and is kept; `c360 demo` makes it anew.", err=json)
    else:
        _make(workspace, people or DEMO_PEOPLE, json=json)
    if serve:
        _serve(workspace)


def _make(workspace: Path, people: int, *, json: bool) -> None:
    """Make the demo, and print what the engine found."""
    progress = RichProgress()
    try:
        findings = run_demo(workspace, people, progress=progress)
    finally:
        progress.close()
    if json:
        print_json(msgspec.to_builtins(findings, enc_hook=str))
    else:
        console = Console()
        for part in summary(findings):
            console.print(part)
            console.print()


def _serve(folder: Path) -> None:
    """Make a key a role, show them once, and answer until interrupted."""
    from api.cli.serve_command import serve_command

    with Workspace.open(folder) as opened:
        keys = [KeyRing(opened.ledger).create(role, name="demo") for role in Role]
    table = Table(title="Keys, shown once", title_justify="left", show_edge=False)
    table.add_column("role")
    table.add_column("key", overflow="fold")
    for key in keys:
        table.add_row(key.role.value, key.secret)
    console = Console()
    console.print(table)
    serve_command(workspace=folder)
