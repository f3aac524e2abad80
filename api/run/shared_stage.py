"""The stage that gives events by an identifier of several people to nobody; who is who is known by then."""

from contextlib import closing, nullcontext
from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from api.run.stages import ingest_context
from api.run.state import Run, counted
from ingest import events_of_nobodies, find_shared, records_with_nobodies, shared_sentence
from lake.query import quoted
from resolution import Resolution

LIVING: Final = "SELECT record_id FROM records WHERE deleted_at IS NULL ORDER BY record_id"


def part_shared_events(run: Run) -> Run:
    """Give the events by an identifier that several people bear to an anonymous record of that identifier."""
    if run.draft is None or run.resolution is None:
        return run
    sources = run.workspace.settings.sources
    people = [name for name, settings in sources.items() if settings.content == "people"]
    context = ingest_context(run)
    with run.draft.connect() as lake, closing(context.previous) if context.previous else nullcontext():
        lake.execute(f"SET temp_directory = {quoted(str(context.stage / 'spill'))}")
        before = lake.sql(LIVING).to_arrow_table().column("record_id")
        clusters = pa.table({"record_id": before, "cluster": run.resolution.clusters})
        shared = find_shared(lake, clusters, people)
        if not shared:
            return run
        records = run.draft.write("records", records_with_nobodies(lake, context))
        run.draft.write("events", events_of_nobodies(lake))
    with run.draft.connect() as lake:
        after = lake.sql(LIVING).to_arrow_table().column("record_id")
    resolution = _with_strangers(run.resolution, pc.is_in(after, before).to_numpy())
    counts = {"records": records, "events_of_several": sum(one.events for one in shared)}
    notes = (*run.notes, *map(shared_sentence, shared))
    return counted(replace(run, resolution=resolution, notes=notes), **counts)


def _with_strangers(resolution: Resolution, resolved: NDArray[np.bool_]) -> Resolution:
    """The resolution of more records: each that was not resolved is a person of its own."""
    clusters = np.empty(len(resolved), np.int64)
    clusters[resolved] = resolution.clusters
    first = len(resolution.clusters)
    clusters[~resolved] = np.arange(first, first + np.count_nonzero(~resolved))
    membership = np.ones(len(resolved))
    membership[resolved] = resolution.membership
    return replace(resolution, clusters=clusters, membership=membership)
