"""One run, from sources to graph: a tuple of stages.

A run publishes one lake snapshot, or nothing. What it has not changed it does not write: equal sources, settings,
decisions and code publish no snapshot, and a graph that already shows the snapshot gets no write. A run that was killed
after it had published is ended before the next begins.
"""

import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from api.run import journal
from api.run.graph_stage import load_graph
from api.run.insight_stages import keep_consents, keep_segments, seek_gaps, seek_personas
from api.run.settings import written_settings
from api.run.shared_stage import part_shared_events
from api.run.stages import ingest_sources, publish, resolve_records, unify_entities
from api.run.state import Run, RunSummary, Stage
from api.run.workspace import Workspace
from core.clock import Clock, utc_now
from core.logs import get_logger
from core.progress import Progress, Silent
from lake import Snapshot

STAGES: Final[tuple[Stage, ...]] = (
    ingest_sources,
    resolve_records,
    part_shared_events,
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
    """Run a workspace once, after ending a run that was killed once it had published.

    Args:
        workspace: an opened workspace.
        now: the run's clock; the machine's by default. A resumed run keeps the clock it began with.
        progress: who hears how far it is.
        stages: what to do; tests stop early.

    Returns:
        What this run did; when it found nothing to do, what the run did that it ended.

    Raises:
        RetryableError: another run is at work in this workspace.
    """
    clock: Clock = utc_now if now is None else lambda: now
    with workspace.locked():
        previous = workspace.lake.latest()
        heard = progress or Silent()
        mended = _end(workspace, previous, heard, stages)
        folder, at = journal.begin(workspace.runs, previous.id if previous else None, clock)
        run = Run(
            workspace=workspace,
            now=at,
            run_id=folder.name,
            folder=folder,
            previous=previous,
            progress=heard,
            settings=written_settings(workspace.root),
        )
        summary = _go(run, stages)
        if not summary.published:
            journal.forget(folder)
            return mended or summary
        journal.finish(folder, summary)
    return summary


def _end(
    workspace: Workspace, newest: Snapshot | None, progress: Progress, stages: tuple[Stage, ...]
) -> RunSummary | None:
    """End the run that was killed after it had published the newest snapshot, if there is one."""
    begun = journal.cut_off(workspace.runs, newest)
    if newest is None or begun is None:
        return None
    folder, at, so_far = begun
    run = Run(
        workspace=workspace,
        now=at,
        run_id=folder.name,
        folder=folder,
        previous=newest,
        progress=progress,
        settings=so_far.settings,
        published=newest,
        counts=so_far.counts,
        notes=so_far.notes,
    )
    summary = _go(run, stages)
    journal.finish(folder, summary)
    return summary


def _go(run: Run, stages: tuple[Stage, ...]) -> RunSummary:
    """Run each stage, time it, and keep what it did."""
    seconds: dict[str, float] = {}
    for stage in stages:
        started = time.perf_counter()
        run = stage(run)
        journal.note(run)
        seconds[stage.__name__] = round(time.perf_counter() - started, 3)
        get_logger().info("stage done", run=run.run_id, stage=stage.__name__, seconds=seconds[stage.__name__])
    return _summarise(run, seconds)


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
