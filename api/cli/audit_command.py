"""`c360 audit`: who was told what about whom, and whether the log is whole."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from api.cli.output import print_json
from api.policy.audit import STREAM
from api.run import Workspace
from lake.ledger import Entry

app = typer.Typer(help="The audit log: verify its chain, and list who was told about whom.", no_args_is_help=True)

Folder = Annotated[Path, typer.Option("--workspace", help="The workspace's folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("verify")
def verify_command(*, workspace: Folder = Path(), json: AsJson = False) -> None:
    """Follow the hash chain from the first entry. Exits 1 and names the entry that was changed, removed or put in."""
    with Workspace.open(workspace) as opened:
        entries = opened.ledger.verify(STREAM)
    if json:
        print_json({"entries": entries, "whole": True})
    else:
        typer.echo(f"{entries:,} entries, in one unbroken chain.")


@app.command("list")
def list_command(
    *,
    person: Annotated[str | None, typer.Option(metavar="ID", help="Only entries about this person.")] = None,
    who: Annotated[str | None, typer.Option(metavar="KEY", help="Only entries of this key id or user:NAME.")] = None,
    last: Annotated[int, typer.Option(min=1, help="How many at most; the newest are shown.")] = 50,
    workspace: Folder = Path(),
    json: AsJson = False,
) -> None:
    """Show who was told which fields about whom, oldest first, two lines an entry. Values are in no entry."""
    with Workspace.open(workspace) as opened:
        found = list(_chosen(opened.ledger.entries(STREAM), person, who))[-last:]
    if json:
        print_json([{"seq": one.seq, "at": one.at, **one.entry} for one in found])
        return
    for one in found:
        told = one.entry
        names = ", ".join(msgspec.convert(told["fields"], list[str]))
        typer.echo(
            f"{one.seq}  {one.at:%Y-%m-%d %H:%M:%S}  {told['key_id']} as {told['role']} for {told['purpose']}, "
            f"{told['operation']}\n    {told['entity_id']}: {names}"
        )


def _chosen(entries: Iterator[Entry], person: str | None, who: str | None) -> Iterator[Entry]:
    for one in entries:
        if person in (None, one.entry["entity_id"]) and who in (None, one.entry["key_id"]):
            yield one
