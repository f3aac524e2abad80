"""The composition of a run: a workspace opened, and its stages one after the other."""

from api.run.pipeline import STAGES, run_workspace, unfinished
from api.run.state import Run, RunSummary, Stage
from api.run.workspace import Workspace

__all__ = ["STAGES", "Run", "RunSummary", "Stage", "Workspace", "run_workspace", "unfinished"]
