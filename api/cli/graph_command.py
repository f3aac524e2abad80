"""`c360 graph`: load the graph into a store, write it as bulk files, ask it, and compare it with the lake."""

from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Annotated, cast

import msgspec
import typer
from gremlin_python.structure.graph import Edge, Vertex, VertexProperty
from gremlin_python.structure.graph import Path as GraphPath
from rich.console import Console
from rich.table import Table

from api.cli.graph_bulk_command import Folder, bulk_command
from api.cli.options import As
from api.cli.output import print_json
from api.cli.progress import RichProgress
from api.policy import ANYBODY, told
from api.run import Workspace
from api.run.graph_stage import bring_up, projected
from graph import Check, GraphStore, check, connect_server
from gremlin_libs import parse

app = typer.Typer(name="graph", no_args_is_help=True, help="The property graph: load, bulk, query, check, serve.")

Url = Annotated[str | None, typer.Option("--url", help="A Gremlin Server, instead of the workspace's store.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("load")
def load_command(*, workspace: Folder = Path(), url: Url = None, json: Json = False) -> None:
    """Bring a store up to the newest snapshot; what it has already is not written again."""
    progress = RichProgress()
    try:
        with _opened(workspace, url) as (opened, store):
            snapshot = opened.newest()
            progress.start("graph")
            report = bring_up(opened, store, snapshot)
            progress.finish("graph", f"{report.vertices_written:,} vertices and {report.edges_written:,} edges written")
    finally:
        progress.close()
    if json:
        print_json({"snapshot": snapshot.id, "written": report})
        return
    typer.echo(
        f"The store shows snapshot {snapshot.id}: {report.vertices_written:,} vertices and {report.edges_written:,} "
        f"edges written, {report.vertices_deleted:,} and {report.edges_deleted:,} deleted."
    )


app.command("bulk")(bulk_command)


@app.command("query")
def query_command(
    text: Annotated[str, typer.Argument(help="Gremlin that reads, such as \"g.V().hasLabel('Person').count()\".")],
    *,
    workspace: Folder = Path(),
    url: Url = None,
    as_: As = None,
    json: Json = False,
) -> None:
    """Run Gremlin, one result a line. The text is parsed, never evaluated; steps that write are refused.

    It may tell about anybody, so the audit log says that somebody asked.
    """
    with _opened(workspace, url) as (opened, store):
        told(opened.ledger, store.snapshot() or "", "graph query", ["*"], as_)([ANYBODY])
        found = [plain(item) for item in store.run(parse(text, store.g()))]
    if json:
        print_json(found)
        return
    for item in found:
        typer.echo(item if isinstance(item, str) else repr(item))


@app.command("check")
def check_command(*, workspace: Folder = Path(), url: Url = None, json: Json = False) -> None:
    """Compare the store with the lake snapshot it shows, by numbers, hashes, samples. Exits 1 when they differ."""
    with _opened(workspace, url) as (opened, store):
        snapshot = opened.newest()
        shown = store.snapshot()
        found = check(store, projected(opened, snapshot))
    equal = shown == snapshot.id and all(item.equal for item in found)
    if json:
        print_json({"snapshot": snapshot.id, "graph_snapshot": shown, "equal": equal, "labels": found})
    else:
        _print_checks(found)
        typer.echo("Store and lake are equal." if equal else "Store and lake differ: `c360 graph load` brings it up.")
    if not equal:
        raise typer.Exit(1)


@app.command("serve")
def serve_command(  # noqa: PLR0913 (options of a command)
    *,
    workspace: Folder = Path(),
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The TCP port.")] = 8182,
    writes: Annotated[bool, typer.Option("--writes", help="Also evaluate traversals that write.")] = False,
    everybody: Annotated[bool, typer.Option("--everybody", help="Ask for no key; for this machine only.")] = False,
    certificate: Annotated[Path | None, typer.Option(help="A TLS certificate in PEM, for wss://.")] = None,
    certificate_key: Annotated[Path | None, typer.Option(help="Its key in PEM.")] = None,
    json: Json = False,
) -> None:
    """Serve the graph as Gremlin Server does, on WebSockets: any name, and an admin's key as the password."""
    from api.server.gremlin import Listening, serve_gremlin

    listening = Listening(
        host=host, port=port, writes=writes, everybody=everybody, certificate=certificate, key=certificate_key
    )

    def say() -> None:
        if json:
            print_json({"gremlin": listening.address})
        else:
            Console(stderr=True).print(f"Gremlin: {listening.address}", highlight=False)

    with Workspace.open(workspace) as opened:
        serve_gremlin(opened, listening, opened=say)


@contextmanager
def _opened(folder: Path, url: str | None) -> Generator[tuple[Workspace, GraphStore]]:
    with Workspace.open(folder) as opened:
        if url is None:
            yield opened, opened.graph()
            return
        store = connect_server(msgspec.structs.replace(opened.settings.graph, url=url))
        try:
            yield opened, store
        finally:
            store.close()


def plain(value: object) -> object:
    """A result as JSON can say it: an element becomes its id and label."""
    if isinstance(value, VertexProperty):
        return plain(value.value)
    if isinstance(value, Vertex | Edge):
        return {"id": value.id, "label": value.label}
    if isinstance(value, dict):
        entries = cast("dict[object, object]", value)
        return {str(plain(key)): plain(item) for key, item in entries.items()}
    if isinstance(value, GraphPath):
        return plain(value.objects)
    if isinstance(value, list | set):
        return [plain(item) for item in cast("Iterable[object]", value)]
    return _scalar(value)


def _scalar(value: object) -> object:
    if isinstance(value, Enum):
        return value.name.rstrip("_")
    if isinstance(value, bool | float | str) or value is None:
        return value
    return int(value) if isinstance(value, int) else str(value)


def _print_checks(found: Sequence[Check]) -> None:
    table = Table(show_edge=False)
    for name in ("label", "lake", "store", "content"):
        table.add_column(name, justify="right" if name in {"lake", "store"} else "left")
    for item in found:
        content = "equal" if item.lake_hash == item.store_hash else "differs"
        table.add_row(item.label, f"{item.lake:,}", f"{item.store:,}", content)
    Console().print(table)
    for item in found:
        if item.samples:
            typer.echo(f"Missing or different in {item.label}: {', '.join(item.samples)}")
        if item.extras:
            typer.echo(f"In the store only, of {item.label}: {', '.join(item.extras)}")
