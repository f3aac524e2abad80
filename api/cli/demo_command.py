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
from api.demo.running import run_demo
from api.demo.summary import summary
from api.policy import KeyRing, Role
from api.run import Workspace


def demo_command(
    *,
    people: Annotated[int, typer.Option(min=200, max=2_000_000, help="How many people to make up.")] = DEMO_PEOPLE,
    serve: Annotated[bool, typer.Option("--serve", help="Then open the API on it, with a key for each role.")] = False,
    workspace: Annotated[Path, typer.Option(help="Where to put it.")] = Path("demo"),
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Make up a health-and-wellness company, resolve its people, and show what the engine found."""
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
    if serve:
        _serve(workspace)


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
