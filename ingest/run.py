"""Ingest: what is new in every source is staged, cleaned part by part, and merged with what earlier runs knew.

Memory: one part of one source, its contact columns, and what merging holds.
"""

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from core.errors import BadInputError
from ingest.clean import cleaner
from ingest.contract import Ahead, IngestContext, Ingested, Source, SourceSettings
from ingest.events import batches as event_batches
from ingest.marks import (
    Mark,
    check_key,
    digest_of,
    gone_sources,
    kept_rejects,
    read_marks,
    same_settings,
    settings_digest,
    write_marks,
)
from ingest.merge.repeats import repeated_rows
from ingest.merge.run import EVENT_PART, RECORD_PART, merge_sources
from ingest.people import batches as people_batches
from ingest.people.learn import Usual
from ingest.rejects import RejectFiles, check_rejects, write_rejects
from ingest.sources import open_source
from ingest.stage import Staged, check_columns, stage
from lake.query import to_schema

PartCleaner = Callable[[pa.Table], tuple[pa.Table, pa.Table]]
"""Gives the cleaned rows of a part, and its rejects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceResult:
    """One source, staged and cleaned.

    Attributes:
        mark: how far it was read.
        parts: Parquet files of what was read.
        rows: their number.
        rejects: rows with which something is wrong, those of files that stand included.
        digest: of what was read.
        whole: whether all of it was read.
    """

    mark: Mark
    parts: tuple[Path, ...]
    rows: int
    rejects: RejectFiles
    digest: str
    whole: bool


def ingest(sources: Mapping[str, SourceSettings], context: IngestContext) -> Ingested:
    """Read what is new in every source and merge it with the previous snapshot.

    Args:
        sources: by name, as in `[sources.NAME]`.
        context: the run's.

    Raises:
        BadInputError: a source's block, file or column is unusable, or too many of its rows are.
        MissingError: a file or database is not there.
        ConflictError: another column than before names the rows of a source.
    """
    people = tuple(name for name, settings in sources.items() if settings.content == "people")
    marks = read_marks(context)
    results = [_read(name, sources[name], context, people, marks) for name in sorted(sources)]
    context.progress.start("merge sources")
    parts: dict[bool, list[Path]] = {True: [], False: []}
    for one in results:
        parts[one.mark.source in people] += one.parts
    whole = {one.mark.source for one in results if one.whole}
    files, unknown = merge_sources(parts[True], parts[False], sources, context, whole=whole)
    context.progress.finish("merge sources")
    rejects = write_rejects([one.rejects for one in results], context.stage)
    for spent in ("sources", "spill"):
        shutil.rmtree(context.stage / spent, ignore_errors=True)
    counts = {f"{one.mark.source}.rows": one.rows for one in results}
    counts |= {f"{one.mark.source}.rejects": one.rejects.reasons.total() for one in results}
    return Ingested(
        records=files["records"],
        events=files["events"],
        event_deletions=files["event_deletions"],
        rejects=rejects,
        watermarks=write_marks([one.mark for one in results], context.stage / "watermarks.parquet"),
        fingerprint=_fingerprint(sources, results, context.default_region),
        counts=counts,
        unknown=unknown,
        gone=gone_sources(context.previous, sources) if context.previous is not None else (),
    )


def _read(
    name: str,
    settings: SourceSettings,
    context: IngestContext,
    people: Sequence[str],
    marks: Mapping[str, Mark],
) -> SourceResult:
    """Read a source on from its mark: nothing where nothing changed, all of it where a part would not do."""
    context.progress.start(f"read {name}")
    source = open_source(name, settings, context.root)
    check_key(name, settings, marks.get(name), context)
    made_with = settings_digest(settings, context, people)
    before = same_settings(marks, name, made_with)
    ahead = source.ahead(before.watermark if before else None)
    if before is not None and before.watermark is not None and before.watermark == ahead.watermark:
        context.progress.finish(f"read {name}", "unchanged")
        rejects = RejectFiles(folder=context.stage / "sources" / name / "rejects")
        _keep(rejects, kept_rejects(context, name, ahead.unread))
        return SourceResult(mark=before, parts=(), rows=0, rejects=rejects, digest="", whole=False)
    read = _Reading(name=name, settings=settings, source=source, people=people, made_with=made_with)
    result = _read_from(read, ahead, context)
    if not result.whole and before is not None and result.mark.taught != before.taught:
        # The new rows teach something else than the whole did: only the whole can say what holds.
        result = _read_from(read, replace(ahead, since=None, unread=()), context)
    context.progress.finish(f"read {name}", f"{result.rows:,} rows, {result.rejects.set_aside:,} set aside")
    return result


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What is read, and how: a source, its settings and their fingerprint, and the people sources."""

    name: str
    settings: SourceSettings
    source: Source
    people: Sequence[str]
    made_with: str


def _read_from(read: _Reading, ahead: Ahead, context: IngestContext) -> SourceResult:
    name = read.name
    folder = context.stage / "sources" / name
    shutil.rmtree(folder, ignore_errors=True)
    staged = stage(read.source.batches(ahead.since), folder / "raw")
    rejects = RejectFiles(folder=folder / "rejects")
    rejects.add(staged.rejects)
    with cleaner(context.default_region) as database:
        clean, taught = _cleaner_of(database, read, staged, context)
        parts = _clean_parts(staged, clean, folder, rejects)
    check_rejects(name, staged.rows, rejects, context.reject_limit, context.stage)
    _keep(rejects, kept_rejects(context, name, ahead.unread))
    rejects.add(repeated_rows(name, read.settings, parts))
    key = read.settings.key or ""
    return SourceResult(
        mark=Mark(source=name, watermark=ahead.watermark, settings=read.made_with, taught=taught, key=key),
        parts=parts,
        rows=staged.rows,
        rejects=rejects,
        digest=staged.digest,
        whole=ahead.since is None,
    )


def _cleaner_of(
    database: duckdb.DuckDBPyConnection, read: _Reading, staged: Staged, context: IngestContext
) -> tuple[PartCleaner, str]:
    """How the parts of a source are cleaned, its block checked; and a fingerprint of what its columns taught."""
    name, settings = read.name, read.settings
    usual = Usual.of(context.default_region, day_first=settings.day_first)
    if settings.content == "people":
        if settings.key is None:
            raise BadInputError(f"Source '{name}' has no key.", remedy="Name the column that is its key.", source=name)
        check_columns(name, staged, people_batches.wanted_columns(settings, staged.columns))
        mapping = people_batches.map_people(database, name, settings, staged, context.default_region)
        return lambda rows: people_batches.clean_part(database, rows, mapping, context), digest_of(mapping.taught())
    check_columns(name, staged, event_batches.wanted_columns(settings))
    by_key = settings.who is not None and settings.who.system in read.people
    events = event_batches.map_events(database, name, settings, staged, usual=usual, people=by_key)
    return lambda rows: event_batches.clean_part(database, rows, events, context), digest_of(events.taught())


def _clean_parts(staged: Staged, clean: PartCleaner, folder: Path, found: RejectFiles) -> tuple[Path, ...]:
    """Clean the parts of a source into files of their own; what is wrong with rows goes to its rejects."""
    parts: list[Path] = []
    for number, part in enumerate(staged.parts):
        rows, rejects = clean(staged.table(part))
        schema = RECORD_PART if "record_id" in rows.column_names else EVENT_PART
        path = folder / f"{number:06}.parquet"
        pq.write_table(to_schema(rows, schema), path, compression="lz4")
        parts.append(path)
        found.add(rejects)
    return tuple(parts)


def _keep(rejects: RejectFiles, before: Iterable[pa.Table]) -> None:
    for rows in before:
        rejects.add(rows)


def _fingerprint(sources: Mapping[str, SourceSettings], results: Sequence[SourceResult], region: str) -> str:
    """Equal whether a source was read or stands as it was: a watermark says all that was in it."""
    return digest_of(
        {
            "sources": {name: msgspec.to_builtins(sources[name]) for name in sorted(sources)},
            "read": {one.mark.source: one.mark.watermark or one.digest for one in results},
            "region": region,
        }
    )
