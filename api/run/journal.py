"""A run's folder: its clock, kept for a resumed run; then its settings, counts and timings.

runs/<run_id>/clock.json       written first; a folder without summary.json is an unfinished run
runs/<run_id>/stage/           what is being worked on; removed at the end
runs/<run_id>/rejects.parquet  the rows that could not be used
runs/<run_id>/report.html      how records were matched
runs/<run_id>/summary.json     counts, settings and notes; written last
runs/<run_id>/timings.json     seconds by stage, the only part that differs between equal runs
"""

import shutil
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from api.run.state import RunSummary
from core.clock import Clock
from core.ids import content_id
from lake.atomic import write_atomically

CLOCK: Final = "clock.json"
SUMMARY: Final = "summary.json"


class ClockFile(msgspec.Struct, frozen=True):
    """What clock.json holds."""

    now: datetime
    previous: str | None


def begin(runs: Path, previous: str | None, clock: Clock) -> tuple[Path, datetime]:
    """Open the folder of a new run, or of the unfinished one, with its clock.

    An unfinished run that began before `previous` was published is past mending and is forgotten.
    """
    for folder in sorted(runs.glob("run_*")):
        if (folder / SUMMARY).exists():
            continue
        kept = _read_clock(folder)
        if kept is not None and kept.previous == previous:
            return folder, kept.now
        shutil.rmtree(folder)
    now = clock()
    folder = runs / content_id("run", now.isoformat(), previous or "")
    write_atomically(folder / CLOCK, msgspec.json.encode(ClockFile(now=now, previous=previous)))
    return folder, now


def finish(folder: Path, summary: RunSummary) -> None:
    """Write what the run did and remove what it worked on."""
    shutil.rmtree(folder / "stage", ignore_errors=True)
    write_atomically(folder / "timings.json", _json(summary.seconds))
    kept = {name: getattr(summary, name) for name in ("run_id", "at", "snapshot", "published", "counts", "notes")}
    write_atomically(folder / SUMMARY, _json(kept))


def forget(folder: Path) -> None:
    """Remove the folder of a run that found nothing to do."""
    shutil.rmtree(folder)


def _read_clock(folder: Path) -> ClockFile | None:
    try:
        return msgspec.json.decode((folder / CLOCK).read_bytes(), type=ClockFile)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def _json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value, order="sorted"), indent=2) + b"\n"
