"""The engine of a workspace: what answers are made from, put together."""

from threading import Lock

from api.graphql import Engine
from api.run import Workspace
from api.run.models import model_of
from graph.contract import GraphStore


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
        region=workspace.settings.workspace.default_region,
        model=lambda: model_of(workspace.lake, workspace.newest(), workspace.root / "models"),
        limits=workspace.settings.api.limits,
    )
