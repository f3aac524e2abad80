"""`c360 doctor`: is everything that the engine needs here, and is this workspace whole."""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from api.cli.output import print_json
from api.run import Workspace
from core.errors import C360Error


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at: what, whether it is well, and what to do if not."""

    what: str
    well: bool
    says: str


def doctor_command(
    *,
    workspace: Annotated[Path, typer.Option(help="The workspace's folder.")] = Path(),
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check the installation, and the workspace here if there is one: every file against its SHA-256, every chain."""
    findings = [*_installation(), *_workspace(workspace)]
    if json:
        print_json(findings)
    else:
        for finding in findings:
            mark = "[green]well[/]" if finding.well else "[red]not well[/]"
            Console().print(f"{mark}  {finding.what}: {finding.says}", highlight=False)
    if not all(finding.well for finding in findings):
        raise typer.Exit(1)


def _installation() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding(
        what="Python", well=(3, 11) <= sys.version_info < (3, 14), says=f"{version}; 3.11 to 3.13 are supported"
    )
    free = shutil.disk_usage(Path.cwd()).free
    yield Finding(what="disk", well=free > 1 << 30, says=f"{free / (1 << 30):.0f} GiB free here")


def _workspace(root: Path) -> Iterator[Finding]:
    try:
        with Workspace.open(root) as opened:
            yield Finding(what="c360.toml", well=True, says=f"{len(opened.settings.sources)} sources")
            yield _tried("key", lambda: f"{len(opened.key)} bytes")
            yield _tried("lake", lambda: _verified_lake(opened))
            yield _tried("ledger", lambda: f"{opened.ledger.verify('audit')} audit entries in one chain")
            yield _tried("graph", lambda: f"shows {opened.graph().snapshot() or 'nothing yet'}")
    except C360Error as error:
        yield Finding(what="workspace", well=error.code == "NOT_FOUND", says=str(error))


def _verified_lake(workspace: Workspace) -> str:
    snapshot = workspace.lake.latest()
    if snapshot is None:
        return "empty"
    workspace.lake.verify(snapshot)
    return f"every file of {snapshot.id} is as it was written"


def _tried(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what=what, well=True, says=look())
    except C360Error as error:
        return Finding(what=what, well=False, says=str(error))
