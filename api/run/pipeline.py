"""One run, from sources to graph: a tuple of stages.

A run publishes one lake snapshot, or nothing. What it has not changed it does not write: equal sources, settings,
decisions and code publish no snapshot, and a graph that already shows the snapshot gets no write.
"""

import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from api.run import journal
from api.run.graph_stage import load_graph
from api.run.insight_stages import keep_consents, keep_segments, seek_gaps, seek_personas
from api.run.stages import ingest_sources, publish, resolve_records, unify_entities
from api.run.state import Run, RunSummary, Stage
from api.run.workspace import Workspace
from core.clock import Clock, utc_now
from core.progress import Progress, Silent

STAGES: Final[tuple[Stage, ...]] = (
    ingest_sources,
    resolve_records,
    unify_entities,
    keep_segments,
    keep_consents,
    seek_gaps,
    seek_personas,
    publish,
    load_graph,
)


def run_workspace(
    workspace: Workspace,
    *,
    now: datetime | None = None,
    progress: Progress | None = None,
    stages: tuple[Stage, ...] = STAGES,
) -> RunSummary:
    """Run a workspace once.

    Args:
        workspace: an opened workspace.
        now: the run's clock; the machine's by default. A resumed run keeps the clock it began with.
        progress: who hears how far it is.
        stages: what to do; tests stop early.

    Raises:
        RetryableError: another run is at work in this workspace.
    """
    clock: Clock = utc_now if now is None else lambda: now
    with workspace.locked():
        previous = workspace.lake.latest()
        folder, at = journal.begin(workspace.runs, previous.id if previous else None, clock)
        run = Run(
            workspace=workspace,
            now=at,
            run_id=folder.name,
            folder=folder,
            previous=previous,
            progress=progress or Silent(),
        )
        run, seconds = _go(run, stages)
        summary = _summarise(run, seconds)
        if summary.published:
            journal.finish(folder, summary)
        else:
            journal.forget(folder)
    return summary


def _go(run: Run, stages: tuple[Stage, ...]) -> tuple[Run, Mapping[str, float]]:
    """Run each stage and time it."""
    seconds: dict[str, float] = {}
    for stage in stages:
        started = time.perf_counter()
        run = stage(run)
        seconds[stage.__name__] = round(time.perf_counter() - started, 3)
    return run, seconds


def _summarise(run: Run, seconds: Mapping[str, float]) -> RunSummary:
    snapshot = run.published or run.previous
    return RunSummary(
        run_id=run.run_id,
        at=run.now,
        snapshot=snapshot.id if snapshot else "",
        published=run.published is not None,
        counts=run.counts,
        seconds=seconds,
        notes=run.notes,
        folder=run.folder,
    )


def unfinished(root: Path) -> bool:
    """Whether a run was cut off in this workspace."""
    return any(not (folder / journal.SUMMARY).exists() for folder in (root / "runs").glob("run_*"))
