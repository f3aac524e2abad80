"""`c360 init`: make a workspace."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.output import print_json
from api.run import Workspace


def init_command(
    folder: Annotated[Path, typer.Argument(help="The new workspace's folder.")] = Path(),
    *,
    name: Annotated[str | None, typer.Option(help="What to call it in reports.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Make a workspace: a c360.toml to fill in, and a key of its own."""
    with Workspace.init(folder, name=name) as workspace:
        if json:
            print_json({"workspace": str(folder), "name": workspace.settings.workspace.name})
        else:
            typer.echo(
                f"Made workspace '{workspace.settings.workspace.name}'. Next: `c360 map FILE --write`, then `c360 run`."
            )
