"""Ingest: every source is staged, cleaned part by part, and merged with what earlier runs knew.

Memory: one part of one source, its contact columns, and what DuckDB holds while it merges (it spills to the stage).
"""

import hashlib
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import duckdb
import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from core.errors import BadInputError
from core.ids import keyed_ids
from ingest import merge_sql
from ingest.adapters.contract import Reject, reject_table
from ingest.clean import cleaner
from ingest.contract import IngestContext, Ingested, SourceSettings
from ingest.events import batches as event_batches
from ingest.people import batches as people_batches
from ingest.people.learn import Usual
from ingest.sources import open_source
from ingest.stage import Staged, check_columns, check_rejects, stage
from lake.query import to_schema, view_sql
from lake.tables import EVENTS, RECORDS, REJECTS, Table

ROW_GROUP: Final = 122_880
BATCH: Final = 65_536
RECORD_PART: Final = pa.schema(
    [
        *(RECORDS.schema.field(name) for name in ("record_id", "uid", "source", "source_key", "kind")),
        pa.field("given_version", pa.int64()),
        RECORDS.schema.field("observed_at"),
        pa.field("deleted_time", pa.timestamp("us", tz="UTC")),
        pa.field("operation", pa.string()),
        pa.field("file", pa.string()),
        pa.field("line", pa.int64()),
        *(RECORDS.schema.field(name) for name in (*merge_sql.PROFILE_COLUMNS, "content_hash")),
    ]
)
EVENT_PART: Final = pa.schema(
    [
        *(field for field in EVENTS.schema if field.name not in {"record_id", "ingested_at"}),
        pa.field("given_version", pa.int64()),
        pa.field("observed_at", pa.timestamp("us", tz="UTC")),
        pa.field("operation", pa.string()),
        pa.field("file", pa.string()),
        pa.field("line", pa.int64()),
        pa.field("person_kind", pa.string()),
    ]
)
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
    with _merging(results, sources, context) as database:
        files = _merge(database, sources, context)
    shutil.rmtree(context.stage / "sources", ignore_errors=True)
    shutil.rmtree(context.stage / "spill", ignore_errors=True)
    rejects = _write_rejects(results, context.stage / "rejects.parquet")
    counts = {f"{one.name}.rows": one.rows for one in results}
    counts |= {f"{one.name}.rejects": one.rejects.num_rows for one in results}
    return Ingested(
        records=files["records"],
        events=files["events"],
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


def _merging(
    results: Sequence[SourceResult], sources: Mapping[str, SourceSettings], context: IngestContext
) -> duckdb.DuckDBPyConnection:
    """A database that sees the staged parts and what was known."""
    database = duckdb.connect()
    database.execute("SET TimeZone = 'UTC'")
    database.execute("SET enable_progress_bar = false")
    database.execute(f"SET temp_directory = '{str(context.stage).replace(chr(39), chr(39) * 2)}/spill'")
    for view, schema, of_people in (("staged_records", RECORD_PART, True), ("staged_events", EVENT_PART, False)):
        parts = [part for one in results if (sources[one.name].content == "people") is of_people for part in one.parts]
        if parts:
            database.execute(view_sql(view, parts))
        else:
            database.register(view, schema.empty_table())
    for view, table in (("known", RECORDS), ("known_events", EVENTS)):
        database.register(view, _previous(context, table))
    return database


def _previous(context: IngestContext, table: Table) -> pa.Table:
    if context.previous is None:
        return table.schema.empty_table()
    return to_schema(context.previous.sql(f"SELECT * FROM {table.name}").to_arrow_table(), table.schema)


def _merge(
    database: duckdb.DuckDBPyConnection, sources: Mapping[str, SourceSettings], context: IngestContext
) -> dict[str, Path]:
    context.progress.start("merge sources")
    now = {"now": context.now}
    mirrored = [name for name, one in sources.items() if one.content == "people" and one.mode == "mirror"]
    people = [name for name, one in sources.items() if one.content == "people"]
    database.execute(merge_sql.NEWEST_RECORDS)
    database.execute(merge_sql.merge_records_sql(mirrored), now)
    database.execute(merge_sql.NEWEST_EVENTS)
    database.execute(merge_sql.merge_events_sql(), now)
    database.execute(merge_sql.BEARERS)
    database.execute(merge_sql.place_events_sql(people))
    database.execute(merge_sql.NOBODIES)
    nobodies = database.sql("SELECT * FROM nobodies ORDER BY record_id").to_arrow_table()
    database.register(
        "named", nobodies.append_column("uid", keyed_ids("r", context.key, [nobodies.column("record_id")]))
    )
    files = {"records": context.stage / "records.parquet", "events": context.stage / "events.parquet"}
    database.execute(f"CREATE TABLE every_record AS {merge_sql.all_records_sql()}", now)
    _write(database, "SELECT * FROM every_record ORDER BY record_id", RECORDS, files["records"])
    _write(database, merge_sql.ALL_EVENTS, EVENTS, files["events"])
    context.progress.finish("merge sources")
    return files


def _write(database: duckdb.DuckDBPyConnection, query: str, table: Table, path: Path) -> None:
    """Stream a query's rows into a Parquet file in the table's schema."""
    reader = database.sql(query).to_arrow_reader(BATCH)
    with pq.ParquetWriter(path, table.schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_table(to_schema(pa.Table.from_batches([batch]), table.schema), row_group_size=ROW_GROUP)


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
