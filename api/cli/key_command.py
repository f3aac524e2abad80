"""`c360 key`: make, list and revoke the API's keys."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from api.cli.output import print_json
from api.policy import KeyRing, Role
from api.run import Workspace

app = typer.Typer(help="Make, list and revoke the API's keys.", no_args_is_help=True)

Folder = Annotated[Path, typer.Option("--workspace", help="The workspace's folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("create")
def create(
    *,
    role: Annotated[Role, typer.Option(help="What its bearer may see; docs/reference/policy.md says what that is.")],
    name: Annotated[str, typer.Option(help="A note of whose it is, kept in the ledger.")] = "",
    workspace: Folder = Path(),
    json: AsJson = False,
) -> None:
    """Make a key and print it, this once: only its hash is kept."""
    with Workspace.open(workspace) as opened:
        made = KeyRing(opened.ledger).create(role, name=name)
    if json:
        print_json({"key_id": made.key_id, "role": made.role, "key": made.secret})
    else:
        typer.echo(made.secret)


@app.command("list")
def list_keys(*, workspace: Folder = Path(), json: AsJson = False) -> None:
    """List the living keys: ids and roles, never the keys."""
    with Workspace.open(workspace) as opened:
        keys = KeyRing(opened.ledger).listed()
    if json:
        print_json([{"key_id": key_id, "role": role} for key_id, role in keys.items()])
        return
    for key_id, role in keys.items():
        Console().print(f"{key_id}  {role}", highlight=False)


@app.command("revoke")
def revoke(
    key_id: Annotated[str, typer.Argument(help="The key's id.")], *, workspace: Folder = Path(), json: AsJson = False
) -> None:
    """Make a key useless from now on."""
    with Workspace.open(workspace) as opened:
        KeyRing(opened.ledger).revoke(key_id)
    if json:
        print_json({"revoked": key_id})
