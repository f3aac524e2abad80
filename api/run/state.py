"""What a run carries from stage to stage."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from api.run.workspace import Workspace
from core.progress import Progress
from lake import Draft, Snapshot
from resolution import Resolution


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run under way; each stage gives it on with what it added.

    Attributes:
        workspace: where it works.
        now: the run's clock, read once and kept by a resumed run.
        run_id: derived from the clock and the snapshot it starts from.
        folder: `runs/<run_id>`.
        previous: the snapshot it starts from.
        progress: who hears how far it is.
        settings: c360.toml as it was written, for the summary.
        inputs: fingerprints of sources, settings, decisions and code.
        draft: the next snapshot; none when nothing changed.
        resolution: who is who.
        published: the snapshot this run ended with.
        counts: what was counted on the way, by name.
        notes: remarks for the summary, in plain words.
    """

    workspace: Workspace
    now: datetime
    run_id: str
    folder: Path
    previous: Snapshot | None
    progress: Progress
    settings: Mapping[str, object] = field(default_factory=dict[str, object])
    inputs: str = ""
    draft: Draft | None = None
    resolution: Resolution | None = None
    published: Snapshot | None = None
    counts: Mapping[str, int] = field(default_factory=dict[str, int])
    notes: tuple[str, ...] = ()


Stage = Callable[[Run], Run]


def counted(run: Run, **counts: int) -> Run:
    """The run, with more counts."""
    return replace(run, counts={**run.counts, **counts})


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """What a run did.

    Attributes:
        run_id: the run.
        at: its clock.
        snapshot: the newest snapshot after it.
        published: whether this run made that snapshot; false when nothing had changed.
        counts: rows by table, and what the graph store wrote.
        seconds: wall time of each stage, by name.
        notes: remarks in plain words.
        folder: the run's folder.
    """

    run_id: str
    at: datetime
    snapshot: str
    published: bool
    counts: Mapping[str, int]
    seconds: Mapping[str, float]
    notes: tuple[str, ...]
    folder: Path
