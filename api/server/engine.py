"""The engine of a workspace: what answers are made from, put together."""

from pathlib import Path
from threading import Lock

from api.graphql import Engine
from api.run import Workspace
from graph.contract import GraphStore
from resolution import MatchModel


def engine_of(workspace: Workspace) -> Engine:
    """Put together what the API needs of a workspace; it lives as long as the workspace is open."""
    opening = Lock()

    def graph() -> GraphStore:
        with opening:
            return workspace.graph()

    return Engine(
        lake=workspace.lake,
        ledger=workspace.ledger,
        graph=graph,
        key=workspace.key,
        exports=workspace.root / "exports",
        model=lambda: newest_model(workspace.root / "models"),
        limits=workspace.settings.api.limits,
    )


def newest_model(folder: Path) -> MatchModel | None:
    """The match model written last, or none."""
    files = sorted(folder.glob("*.json"), key=lambda path: (path.stat().st_mtime_ns, path.name))
    return MatchModel.from_json(files[-1].read_bytes()) if files else None
