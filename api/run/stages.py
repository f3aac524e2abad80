"""The stages of a run from sources to entities, and its publishing. Each is a plain function from a run to a run."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from api.run.inputs import CODE, changed_inputs, name_inputs
from api.run.judgements import STREAM as JUDGEMENTS
from api.run.judgements import judgements
from api.run.report import report_context
from api.run.segments import STREAM as SEGMENTS
from api.run.settings import lasting_text
from api.run.state import Run, counted
from core.installed import code_name
from ingest import (
    IngestContext,
    Ingested,
    Problem,
    gone_sentence,
    ingest,
    problem_sentence,
    problems_of,
    unknown_sentence,
)
from lake import Draft
from lake.atomic import write_atomically
from lake.tables import IDENTITY_LOG, MEMBERS, RUNS
from resolution import resolve
from resolution.entities import Previous, UnifyContext, unify
from resolution.report import write_report

EVIDENCE: Final = (
    "record_id, source, kind, anonymous, observed_at, deleted_at, given_name, middle_name, family_name, nicknames, "
    "suffix, birth_date, sex, emails, phones, addresses, identifiers, devices, categories"
)

NOBODY_KNOWN: Final = """
    SELECT count(*) FROM (
        SELECT entity_id FROM members JOIN records USING (record_id) GROUP BY entity_id HAVING bool_and(anonymous))"""
"""Entities without a record of a person: what events are known by, until somebody claims it."""
REASONS_SHOWN: Final = 8


def ingest_sources(run: Run) -> Run:
    """Read every source; open a draft only when something changed."""
    if run.published is not None:
        return run
    ingested = ingest(run.workspace.settings.sources, ingest_context(run))
    inputs, before = _fingerprint(run, ingested), _published_inputs(run)
    if inputs == before:
        return replace(run, notes=(*run.notes, "Nothing has changed since the last run."))
    if before is not None:
        changed = ", ".join(changed_inputs(before, inputs))
        run = replace(run, notes=(*run.notes, f"Changed since the last run: {changed}."))
    problems = problems_of(ingested.rejects)
    run = replace(run, notes=(*run.notes, *_told(problems, ingested)))
    draft = run.workspace.lake.draft(run.run_id, run.now)
    staged = {
        "records": ingested.records,
        "events": ingested.events,
        "event_deletions": ingested.event_deletions,
        "rejects": ingested.rejects,
        "watermarks": ingested.watermarks,
    }
    counts = {table: _adopt(draft, table, path) for table, path in staged.items()}
    counts["rejects"] = sum(one.rows for one in problems if not one.kept)
    counts["problems"] = sum(one.rows for one in problems if one.kept)
    counts["events_of_nobody_known"] = sum(one.events for one in ingested.unknown)
    return counted(replace(run, draft=draft, inputs=inputs), **counts)


def _told(problems: Sequence[Problem], ingested: Ingested) -> Iterator[str]:
    """What a reader of the summary should know about the sources: what is wrong, unknown or gone."""
    for kept in (False, True):
        alike = [one for one in problems if one.kept is kept]
        yield from map(problem_sentence, alike[:REASONS_SHOWN])
        if len(alike) > REASONS_SHOWN:
            rest = sum(one.rows for one in alike[REASONS_SHOWN:])
            done = "kept with a problem" if kept else "set aside"
            yield f"{rest:,} more rows {done}, for {len(alike) - REASONS_SHOWN} more reasons: see `c360 rejects`."
    yield from map(unknown_sentence, ingested.unknown)
    yield from map(gone_sentence, ingested.gone)


def resolve_records(run: Run) -> Run:
    """Match the living records against each other."""
    if run.draft is None:
        return run
    with run.draft.connect() as lake:
        living = f"SELECT {EVIDENCE} FROM records WHERE deleted_at IS NULL ORDER BY record_id"
        records = lake.sql(living).to_arrow_table()
    told = tuple(judgements(run.workspace.ledger))
    resolution = resolve(records, run.workspace.settings.resolution, judgements=told, progress=run.progress)
    context = report_context(run.workspace.settings, records, resolution.model)
    write_report(run.folder / "report.html", records, resolution, context)
    _keep_model(run.workspace.root / "models", resolution.model.version, resolution.model.to_json())
    links = run.draft.write("links", resolution.links.reader())
    return counted(replace(run, resolution=resolution, notes=(*run.notes, *resolution.report.notes)), links=links)


def unify_entities(run: Run) -> Run:
    """Make clusters entities with stable ids, golden profiles and a history."""
    if run.draft is None or run.resolution is None:
        return run
    with run.draft.connect() as lake:
        query = f"SELECT {EVIDENCE} FROM records ORDER BY deleted_at IS NOT NULL, record_id"
        records = lake.sql(query).to_arrow_table()
    deleted = len(records) - len(run.resolution.clusters)
    clusters = np.concatenate([run.resolution.clusters, np.arange(-deleted, 0, dtype=np.int64)])
    membership = np.concatenate([run.resolution.membership, np.zeros(deleted)])
    context = UnifyContext(key=run.workspace.key, now=run.now, run_id=run.run_id, judged=_newly_judged(run))
    unified = unify(records, clusters, membership, previous=_previous(run), context=context)
    run.draft.write("members", unified.members)
    run.draft.write("identity_log", unified.identity_log)
    entities = run.draft.write("entities", unified.entities)
    with run.draft.connect() as lake:
        ((unknown,),) = lake.execute(NOBODY_KNOWN).fetchall()
    counts = {"entities": entities, "entities_of_nobody_known": unknown, "identity_changes": len(unified.changes)}
    return counted(replace(run, resolution=None), **counts)


def publish(run: Run) -> Run:
    """Make the draft the newest snapshot."""
    if run.draft is None:
        return run
    row = {name: run.counts.get(name, 0) for name in ("records", "events", "entities", "links", "rejects")}
    new = pa.Table.from_pylist([{"run_id": run.run_id, "at": run.now, "inputs": run.inputs, **row}], schema=RUNS.schema)
    run.draft.write("runs", pa.concat_tables([kept(run, "runs"), new]))
    return replace(run, published=run.draft.publish())


def kept(run: Run, table: str) -> pa.Table:
    """A table as the run found it, empty before the first run."""
    if run.previous is None:
        return {"runs": RUNS, "members": MEMBERS, "identity_log": IDENTITY_LOG}[table].schema.empty_table()
    return run.workspace.lake.read(run.previous, table)


def ingest_context(run: Run) -> IngestContext:
    """What ingest is told of the run."""
    settings = run.workspace.settings.workspace
    stage = run.folder / "stage"
    stage.mkdir(parents=True, exist_ok=True)
    return IngestContext(
        root=run.workspace.root,
        stage=stage,
        key=run.workspace.key,
        now=run.now,
        previous=run.workspace.lake.connect(run.previous) if run.previous else None,
        default_region=settings.default_region,
        reject_limit=settings.reject_limit,
        progress=run.progress,
    )


def _fingerprint(run: Run, ingested: Ingested) -> str:
    """Name what the snapshot follows from, a fingerprint for each part."""
    workspace = run.workspace
    decisions = {name: [entry.entry for entry in workspace.ledger.entries(name)] for name in (JUDGEMENTS, SEGMENTS)}
    return name_inputs(
        sources=ingested.fingerprint,
        settings=lasting_text(workspace.settings),
        decisions=decisions,
        code=code_name(CODE),
    )


def _published_inputs(run: Run) -> str | None:
    if run.previous is None:
        return None
    runs = run.workspace.lake.read(run.previous, "runs").column("inputs").to_pylist()
    return str(runs[-1]) if runs else None


def _adopt(draft: Draft, table: str, path: Path) -> int:
    """Stream a staged table into the draft."""
    with pq.ParquetFile(path) as file:
        return draft.write(table, pa.RecordBatchReader.from_batches(_schema(table), _batches(file, _schema(table))))


def _batches(file: pq.ParquetFile, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    for batch in file.iter_batches():
        yield batch.select(schema.names).cast(schema)


def _schema(table: str) -> pa.Schema:
    from lake.tables import TABLES

    return TABLES[table].schema


def _previous(run: Run) -> Previous | None:
    if run.previous is None:
        return None
    return Previous(members=kept(run, "members"), identity_log=kept(run, "identity_log"))


def _newly_judged(run: Run) -> tuple[str, ...]:
    """Records that stewards have spoken of since the snapshot the run starts from."""
    entries = run.workspace.ledger.entries(JUDGEMENTS)
    since = run.previous.at if run.previous else None
    new = [entry.entry for entry in entries if since is None or entry.at > since]
    return tuple(sorted({str(entry[side]) for entry in new for side in ("left", "right")}))


def _keep_model(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    write_atomically(folder / f"{name}.json", text.encode())
