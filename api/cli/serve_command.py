"""`c360 serve`: the API of one workspace, until it is stopped."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from api.cli.output import print_json
from api.policy import KeyRing
from api.run import Workspace


def serve_command(
    *,
    workspace: Annotated[Path, typer.Option(help="The workspace's folder.")] = Path(),
    host: Annotated[str | None, typer.Option(help="The address to listen at; else api.host of c360.toml.")] = None,
    port: Annotated[int | None, typer.Option(help="The TCP port; else api.port of c360.toml.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print where it listens as JSON.")] = False,
) -> None:
    """Serve GraphQL, and the page to write it on."""
    from api.server import build_app
    from api.server.engine import engine_of
    from api.server.listening import open_port, serve_at

    with Workspace.open(workspace) as opened:
        address, number = host or opened.settings.api.host, port or opened.settings.api.port
        listener = open_port(address, number)
        url, console = f"http://{address}:{number}/graphql", Console(stderr=True)
        if json:
            print_json({"graphql": url})
        else:
            console.print(f"GraphQL: {url}", highlight=False)
        if not KeyRing(opened.ledger).listed():
            console.print("It needs a key, and there is none yet: `c360 key create --role coach`.", highlight=False)
        serve_at(listener, build_app(engine_of(opened)))
