"""A run's folder: its clock, kept for a resumed run; then its settings, counts and timings.

runs/<run_id>/clock.json       written first; a folder without summary.json is an unfinished run
runs/<run_id>/so_far.json      what a run cut off had done; becomes summary.json
runs/<run_id>/stage/           what is being worked on; removed at the end
runs/<run_id>/rejects.parquet  the rows that could not be used, where there are any
runs/<run_id>/report.html      how records were matched
runs/<run_id>/summary.json     counts, settings and notes; written last
runs/<run_id>/timings.json     seconds by stage, the only part that differs between equal runs
"""

import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final, TypeVar

import msgspec
import pyarrow.parquet as pq

from api.run.state import Run, RunSummary
from core.clock import Clock
from core.ids import content_id
from lake import Snapshot
from lake.atomic import flush, write_atomically

T = TypeVar("T")
CLOCK: Final = "clock.json"
SO_FAR: Final = "so_far.json"
SUMMARY: Final = "summary.json"
REJECTS: Final = "rejects.parquet"


class ClockFile(msgspec.Struct, frozen=True):
    """What clock.json holds."""

    now: datetime
    previous: str | None


class SoFar(msgspec.Struct, frozen=True):
    """What a run has done: its counts by name, notes in plain words, and the settings it works under."""

    counts: Mapping[str, int]
    notes: tuple[str, ...]
    settings: Mapping[str, object]


def begin(runs: Path, previous: str | None, clock: Clock) -> tuple[Path, datetime]:
    """Open the folder of a new run, or of the unfinished one, with its clock.

    An unfinished run that began before `previous` was published is past mending and is forgotten.
    """
    for folder in sorted(runs.glob("run_*")):
        if (folder / SUMMARY).exists():
            continue
        kept = _read(folder / CLOCK, ClockFile)
        if kept is not None and kept.previous == previous:
            return folder, kept.now
        shutil.rmtree(folder)
    now = clock()
    folder = runs / content_id("run", now.isoformat(), previous or "")
    write_atomically(folder / CLOCK, msgspec.json.encode(ClockFile(now=now, previous=previous)))
    return folder, now


def cut_off(runs: Path, newest: Snapshot | None) -> tuple[Path, datetime, SoFar] | None:
    """The run that published the newest snapshot, when it was killed before its end: its folder, clock and work."""
    if newest is None or (runs / newest.run_id / SUMMARY).exists():
        return None
    folder = runs / newest.run_id
    kept, so_far = _read(folder / CLOCK, ClockFile), _read(folder / SO_FAR, SoFar)
    return (folder, kept.now, so_far) if kept is not None and so_far is not None else None


def stopped_rejects(runs: Path) -> Path | None:
    """The rejects of the newest run that did not end, where it came to have some."""
    left = [folder / "stage" / REJECTS for folder in runs.glob("run_*") if not (folder / SUMMARY).exists()]
    found = [file for file in left if file.is_file()]
    return max(found, key=lambda file: file.stat().st_mtime) if found else None


def note(run: Run) -> None:
    """Keep what the run has done, for the run that ends it if this one is killed."""
    so_far = SoFar(counts=run.counts, notes=run.notes, settings=run.settings)
    write_atomically(run.folder / SO_FAR, _json(so_far))


def finish(folder: Path, summary: RunSummary) -> None:
    """Write what the run did, keep its rejects, and remove what it worked on."""
    _keep_rejects(folder)
    shutil.rmtree(folder / "stage", ignore_errors=True)
    write_atomically(folder / "timings.json", _json(summary.seconds))
    so_far = msgspec.to_builtins(msgspec.json.decode((folder / SO_FAR).read_bytes(), type=SoFar))
    kept = {name: getattr(summary, name) for name in ("run_id", "at", "snapshot", "published")}
    write_atomically(folder / SO_FAR, _json({**so_far, **kept}))
    for left in folder.glob(".*.part"):  # of a run killed while it wrote a file of this folder
        left.unlink()
    (folder / SO_FAR).replace(folder / SUMMARY)
    flush(folder)


def forget(folder: Path) -> None:
    """Remove the folder of a run that found nothing to do."""
    shutil.rmtree(folder)


def _keep_rejects(folder: Path) -> None:
    staged = folder / "stage" / REJECTS
    if staged.is_file() and pq.read_metadata(staged).num_rows:
        staged.replace(folder / REJECTS)


def _read(path: Path, shape: type[T]) -> T | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=shape)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def _json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value, order="sorted"), indent=2) + b"\n"
