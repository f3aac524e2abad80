"""Ingest: every source is staged, cleaned part by part, and merged with what earlier runs knew.

Memory: one part of one source, its contact columns, and what merging holds.
"""

import hashlib
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from core.errors import BadInputError
from ingest.adapters.contract import Reject, reject_table
from ingest.clean import cleaner
from ingest.contract import IngestContext, Ingested, SourceSettings
from ingest.events import batches as event_batches
from ingest.merge.run import EVENT_PART, RECORD_PART, merge_sources
from ingest.people import batches as people_batches
from ingest.people.learn import Usual
from ingest.sources import open_source
from ingest.stage import Staged, check_columns, check_rejects, stage
from lake.query import to_schema
from lake.tables import REJECTS

PartCleaner = Callable[[pa.Table], tuple[pa.Table, list[tuple[str, Reject]]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceResult:
    """One source, staged and cleaned."""

    name: str
    parts: tuple[Path, ...]
    rows: int
    rejects: pa.Table
    digest: str


@dataclass(slots=True, kw_only=True)
class _Parts:
    """Parts and rejects of a source as they come."""

    parts: list[Path] = field(default_factory=list[Path])
    rejects: list[pa.Table] = field(default_factory=list[pa.Table])


def ingest(sources: Mapping[str, SourceSettings], context: IngestContext) -> Ingested:
    """Read every source and merge it with the previous snapshot.

    Args:
        sources: by name, as in `[sources.NAME]`.
        context: the run's.

    Raises:
        BadInputError: a source's block, file or column is unusable, or too many of its rows are.
        MissingError: a file or database is not there.
    """
    people = tuple(name for name, settings in sources.items() if settings.content == "people")
    results = [_read(name, sources[name], context, people) for name in sorted(sources)]
    context.progress.start("merge sources")
    parts: dict[bool, list[Path]] = {True: [], False: []}
    for one in results:
        parts[one.name in people] += one.parts
    files = merge_sources(parts[True], parts[False], sources, context)
    context.progress.finish("merge sources")
    shutil.rmtree(context.stage / "sources", ignore_errors=True)
    shutil.rmtree(context.stage / "spill", ignore_errors=True)
    rejects = _write_rejects(results, context.stage / "rejects.parquet")
    counts = {f"{one.name}.rows": one.rows for one in results}
    counts |= {f"{one.name}.rejects": one.rejects.num_rows for one in results}
    return Ingested(
        records=files["records"],
        events=files["events"],
        event_deletions=files["event_deletions"],
        rejects=rejects,
        fingerprint=_fingerprint(sources, results, context.default_region),
        counts=counts,
    )


def _read(name: str, settings: SourceSettings, context: IngestContext, people: Sequence[str]) -> SourceResult:
    context.progress.start(f"read {name}")
    folder = context.stage / "sources" / name
    staged = stage(open_source(name, settings, context.root).batches(None), folder / "raw")
    with cleaner(context.default_region) as database:
        clean = _cleaner_of(database, name, settings, staged, context, people)
        found = _clean_parts(name, staged, clean, folder)
    rejects = pa.concat_tables([staged.rejects, *found.rejects])
    lost = staged.rejects.num_rows + sum(one.num_rows for one in found.rejects)
    check_rejects(name, staged.rows, rejects, context.reject_limit)
    context.progress.finish(f"read {name}", f"{staged.rows} rows, {lost} rejected")
    return SourceResult(name=name, parts=tuple(found.parts), rows=staged.rows, rejects=rejects, digest=staged.digest)


def _cleaner_of(
    database: duckdb.DuckDBPyConnection,
    name: str,
    settings: SourceSettings,
    staged: Staged,
    context: IngestContext,
    people: Sequence[str],
) -> PartCleaner:
    """How the parts of a source are cleaned, its block checked."""
    usual = Usual.of(context.default_region, day_first=settings.day_first)
    if settings.content == "people":
        if settings.key is None:
            raise BadInputError(f"Source '{name}' has no key.", remedy="Name the column that is its key.", source=name)
        check_columns(name, staged, people_batches.wanted_columns(settings))
        mapping = people_batches.map_people(database, name, settings, staged, context.default_region)
        return lambda rows: people_batches.clean_part(database, rows, mapping, context.key)
    check_columns(name, staged, event_batches.wanted_columns(settings))
    by_key = settings.who is not None and settings.who.system in people
    events = event_batches.map_events(database, name, settings, staged, usual=usual, people=by_key)
    return lambda rows: event_batches.clean_part(database, rows, events, context.key)


def _clean_parts(name: str, staged: Staged, clean: PartCleaner, folder: Path) -> _Parts:
    found = _Parts()
    for number, part in enumerate(staged.parts):
        rows, rejects = clean(staged.table(part))
        schema = RECORD_PART if "record_id" in rows.column_names else EVENT_PART
        path = folder / f"{number:06}.parquet"
        pq.write_table(to_schema(rows, schema), path, compression="lz4")
        found.parts.append(path)
        for file in sorted({file for file, _ in rejects}):
            mine = [reject for where, reject in rejects if where == file]
            found.rejects.append(reject_table(mine, source=name, file=file))
    return found


def _write_rejects(results: Sequence[SourceResult], path: Path) -> Path:
    rows = pa.concat_tables([REJECTS.schema.empty_table(), *(one.rejects for one in results)])
    pq.write_table(rows.sort_by([(name, "ascending") for name in ("source", "file", "line", "field", "reason")]), path)
    return path


def _fingerprint(sources: Mapping[str, SourceSettings], results: Sequence[SourceResult], region: str) -> str:
    parts = {
        "sources": {name: msgspec.to_builtins(sources[name]) for name in sorted(sources)},
        "read": {one.name: one.digest for one in results},
        "region": region,
    }
    return hashlib.sha256(msgspec.json.encode(parts, order="sorted")).hexdigest()
