"""The stages that find segments, care gaps and personas in the draft."""

from dataclasses import replace
from typing import Final

import pyarrow as pa

from api.run.segments import saved_segments
from api.run.state import Run, counted
from insight.care import open_gaps
from insight.consents import consents_of
from insight.personas import NoPersonas, Personas, find_personas
from insight.segments import fitted_segments, maintained
from lake import to_schema
from lake.tables import CARE_GAPS, CONSENTS, PERSONA_MEMBERS, PERSONA_SEARCH, PERSONAS

SEED: Final = 360
NOBODY: Final = Personas(personas=PERSONAS.schema.empty_table(), members=PERSONA_MEMBERS.schema.empty_table())


def keep_segments(run: Run) -> Run:
    """Bring segment membership up to date: who entered, who left."""
    draft = run.draft
    if draft is None:
        return run
    with draft.connect() as lake:
        region = run.workspace.settings.workspace.default_region
        segments, unheard = fitted_segments(lake, saved_segments(run.workspace.ledger), region=region)
        membership = maintained(lake, segments, run.now)
    notes = tuple(f"Segment '{name}': {told.note}" for name, values in unheard.items() for told in values)
    run = replace(run, notes=(*run.notes, *notes))
    return counted(run, segment_stays=draft.write("segment_membership", membership))


def keep_consents(run: Run) -> Run:
    """Write down what people allow and refuse, as they answered."""
    if run.draft is None:
        return run
    with run.draft.connect() as lake:
        consents = consents_of(lake)
    return counted(run, consents=run.draft.write("consents", to_schema(consents, CONSENTS.schema)))


def seek_gaps(run: Run) -> Run:
    """Look for care that is due."""
    if run.draft is None:
        return run
    with run.draft.connect() as lake:
        gaps = open_gaps(lake, run.workspace.settings.care.gaps, run.now)
    return counted(run, care_gaps=run.draft.write("care_gaps", to_schema(gaps, CARE_GAPS.schema)))


def seek_personas(run: Run) -> Run:
    """Look for stable kinds of people; where there are none, say why."""
    draft = run.draft
    if draft is None:
        return run
    run.progress.start("personas")
    with draft.connect() as lake:
        found = find_personas(lake, run.now, seed=SEED)
    reason = found.reason if isinstance(found, NoPersonas) else None
    if isinstance(found, NoPersonas):
        run = replace(run, notes=(*run.notes, f"No stable personas: {found.reason}"))
        found = NOBODY
    search = {"seed": SEED, "found": len(found.personas), "reason": reason}
    run.progress.finish("personas", f"{len(found.personas)} found")
    draft.write("persona_search", pa.Table.from_pylist([search], schema=PERSONA_SEARCH.schema))
    draft.write("persona_members", found.members)
    return counted(run, personas=draft.write("personas", found.personas))
