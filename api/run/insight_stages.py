"""The stages that find segments and personas in the draft."""

from dataclasses import replace
from typing import Final

from insight.personas import NoPersonas, find_personas

from api.run.segments import saved_segments
from api.run.state import Run, counted
from insight.segments import maintained

SEED: Final = 360


def keep_segments(run: Run) -> Run:
    """Bring segment membership up to date: who entered, who left."""
    if run.draft is None:
        return run
    with run.draft.connect() as lake:
        membership = maintained(lake, saved_segments(run.workspace.ledger), run.now)
    return counted(run, segment_stays=run.draft.write("segment_membership", membership))


def seek_personas(run: Run) -> Run:
    """Look for stable kinds of people; where there are none, say why."""
    if run.draft is None:
        return run
    run.progress.start("personas")
    with run.draft.connect() as lake:
        found = find_personas(lake, run.now, seed=SEED)
    if isinstance(found, NoPersonas):
        run.progress.finish("personas", "none stable")
        return replace(run, notes=(*run.notes, f"No stable personas: {found.reason}"))
    run.draft.write("persona_members", found.members)
    run.progress.finish("personas", f"{len(found.personas)} found")
    return counted(run, personas=run.draft.write("personas", found.personas))
