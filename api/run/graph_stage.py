"""The stage that brings the graph up to the newest snapshot.

People who became somebody else, or themselves again, are taken out first: one id has one label. Then elements are
written, then what the snapshot before had and this one has not is deleted, and the Snapshot vertex comes last. A graph
that was cut off on the way still names the old snapshot, and the next run does it again; every step is idempotent.
"""

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from api.run.state import Run, counted
from api.run.workspace import Workspace
from core.errors import MissingError
from graph import Batch, Difference, EdgeBatch, GraphStore, VertexBatch, WriteReport, extend, project
from lake import Snapshot

LAST_LABEL = "Snapshot"
PEOPLE: Final = ("Person", "FormerPerson")
"""Labels that one id may have in turn: whoever is merged into another keeps the id, as a former person."""
NOBODY = pa.array([], pa.string())


def load_graph(run: Run) -> Run:
    """Bring the graph to the newest snapshot, unless it shows it already."""
    snapshot = run.published or run.previous
    store = run.workspace.graph()
    if snapshot is None or store.snapshot() == snapshot.id:
        return run
    run.progress.start("graph")
    report = bring_up(run.workspace, store, snapshot)
    run.progress.finish("graph", f"{report.vertices_written:,} vertices and {report.edges_written:,} edges written")
    return counted(run, vertices_written=report.vertices_written, edges_written=report.edges_written)


def bring_up(workspace: Workspace, store: GraphStore, snapshot: Snapshot) -> WriteReport:
    """Make the store show this snapshot and give what that took."""
    shown = _shown(workspace, store)
    had = [_only_ids(batch) for batch in projected(workspace, shown)] if shown else []
    before = _ids(had)
    turned = _relabelled(had, _people(workspace, snapshot)) if shown else NOBODY
    if len(turned):
        store.apply(Difference(upserts=(), deleted_vertices=turned, deleted_edges=NOBODY))
    seen: list[Batch] = []
    last: list[Batch] = []
    written = store.load(_noting(projected(workspace, snapshot), seen, last))
    now = _ids(seen)
    gone = [_missing(old, new) for old, new in zip(before, now, strict=True)]
    deleted = store.apply(Difference(upserts=(), deleted_vertices=gone[0], deleted_edges=gone[1]))
    finished = store.load(last)
    return WriteReport(
        vertices_written=written.vertices_written + finished.vertices_written,
        edges_written=written.edges_written + finished.edges_written,
        vertices_deleted=deleted.vertices_deleted,
        edges_deleted=deleted.edges_deleted,
    )


def projected(workspace: Workspace, snapshot: Snapshot) -> Generator[Batch]:
    """The graph that a snapshot gives."""
    ontology = extend(workspace.settings.ontology)
    with workspace.lake.connect(snapshot) as lake:
        yield from project(
            lake,
            key=workspace.key,
            ontology=ontology,
            snapshot_id=snapshot.id,
            run_id=snapshot.run_id,
            now=snapshot.at,
        )


def _people(workspace: Workspace, snapshot: Snapshot) -> list[Batch]:
    """The ids of the people of a snapshot, former ones among them; of its graph only the vertices are made."""
    found: list[Batch] = []
    with closing(projected(workspace, snapshot)) as batches:
        for batch in batches:
            if isinstance(batch, EdgeBatch):
                break
            if batch.label in PEOPLE:
                found.append(_only_ids(batch))
            elif found:
                break
    return found


def _relabelled(old: Sequence[Batch], new: Sequence[Batch]) -> pa.Array:
    """The ids of people who had the one label of PEOPLE and now have the other."""
    had, have = ([_ids(batch for batch in some if batch.label == label)[0] for label in PEOPLE] for some in (old, new))
    pairs = zip(had, reversed(have), strict=True)
    return pa.concat_arrays([before.filter(pc.is_in(before, value_set=now)) for before, now in pairs])


def _shown(workspace: Workspace, store: GraphStore) -> Snapshot | None:
    name = store.snapshot()
    try:
        return workspace.lake.snapshot(name) if name else None
    except MissingError:
        return None


def _noting(batches: Iterable[Batch], seen: list[Batch], last: list[Batch]) -> Iterator[Batch]:
    """Hand batches on, keeping the ids of all and holding the Snapshot vertex back."""
    for batch in batches:
        seen.append(_only_ids(batch))
        if batch.label == LAST_LABEL:
            last.append(batch)
        else:
            yield batch


def _only_ids(batch: Batch) -> Batch:
    table = batch.table.select(["id"])
    if isinstance(batch, VertexBatch):
        return VertexBatch(label=batch.label, table=table)
    return EdgeBatch(label=batch.label, out_label=batch.out_label, in_label=batch.in_label, table=table)


def _ids(batches: Iterable[Batch]) -> tuple[pa.Array, pa.Array]:
    """The ids of all vertices, and of all edges."""
    vertices: list[pa.Array] = [NOBODY]
    edges: list[pa.Array] = [NOBODY]
    for batch in batches:
        kind = vertices if isinstance(batch, VertexBatch) else edges
        kind.append(batch.table.column("id").combine_chunks().cast(pa.string()))
    return pa.concat_arrays(vertices), pa.concat_arrays(edges)


def _missing(old: pa.Array, new: pa.Array) -> pa.Array:
    return old.filter(pc.invert(pc.is_in(old, value_set=new)))
