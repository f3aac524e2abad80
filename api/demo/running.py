"""The demo from nothing to a summary: make a workspace, run the engine on it, and look at what it found."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from api.demo.contract import DEMO_NOW, DEMO_SEED
from api.demo.findings import Findings
from api.demo.look import Outcome, look
from api.demo.making import finish_workspace, make_workspace
from api.demo.pictures import draw_pictures
from api.demo.segments import EXPORTED, SEGMENTS
from api.policy import told
from api.run import Workspace, run_workspace
from api.run.exports import BY_REGION, COLUMNS, export_people, segment_members
from api.run.segments import save_segment
from core.progress import Progress, Silent
from insight.segments import parse

EXPORTS: Final = "exports"
PICTURES: Final = "pictures"


def run_demo(root: Path, people: int, *, seed: int = DEMO_SEED, progress: Progress | None = None) -> Findings:
    """Make the demo in a folder and run everything on it.

    Args:
        root: a new folder, or one of an earlier demo, which is replaced.
        people: how many to make up.
        seed: the same seed gives the same demo, ids included.
        progress: who hears how far it is.

    Raises:
        ConflictError: the folder holds something that is not a demo.
    """
    progress = progress or Silent()
    began = time.perf_counter()
    progress.start("made-up company")
    make_workspace(root, people, seed)
    progress.finish("made-up company", f"{people:,} people in seven systems")
    made = time.perf_counter()
    with Workspace.open(root) as workspace:
        for name, tree in SEGMENTS.items():
            save_segment(workspace.ledger, name, parse(tree), who="c360 demo")
        summary = run_workspace(workspace, now=DEMO_NOW, progress=progress)
        ran = time.perf_counter()
        progress.start("pictures and export")
        with workspace.lake.connect(workspace.newest()) as lake:
            draw_pictures(lake, summary.at, root / PICTURES, summary.counts["entities"])
        _export(workspace, root / EXPORTS / "win-back")
        progress.finish("pictures and export", f"'{EXPORTED}' for analysts")
        seconds = {"generate": made - began, **summary.seconds, "pictures and export": time.perf_counter() - ran}
        outcome = Outcome(places=_places(root, summary.folder), seconds=seconds)
        findings = look(workspace, outcome)
    finish_workspace(root, people, seed)
    return findings


def _export(workspace: Workspace, folder: Path) -> None:
    """Write one segment for analysts; everybody in it is in the audit log."""
    snapshot = workspace.newest()
    tell = told(workspace.ledger, snapshot.id, "export", COLUMNS, "demo")
    with workspace.lake.connect(snapshot) as lake:
        members = segment_members(lake, EXPORTED)
        export_people(lake, members, folder, snapshot=snapshot, told=tell, options=BY_REGION)


def _places(root: Path, run: Path) -> Mapping[str, Path]:
    return {
        "Sources": root / "sources",
        "Settings": root / "c360.toml",
        "Report on matching": run / "report.html",
        "Pictures": root / PICTURES,
        f"Segment '{EXPORTED}' as Parquet": root / EXPORTS / "win-back",
        "Tables": root / "lake",
        "Truth, never read by the engine": root / "truth",
    }
