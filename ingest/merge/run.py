"""Merging: DuckDB over the staged parts and the previous snapshot's files.

Memory: what DuckDB holds; it reads both sides from Parquet as it goes and spills to the stage.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from core.ids import keyed_ids
from ingest.contract import IngestContext, SourceSettings, Unknown
from ingest.merge import events_sql, records_sql
from lake.query import quoted, to_schema, view_sql
from lake.tables import EVENT_DELETIONS, EVENTS, RECORDS, Table

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
        *(RECORDS.schema.field(name) for name in (*records_sql.PROFILE_COLUMNS, "content_hash")),
    ]
)
MERGED: Final = ("record_id", "version", "ingested_at")
EVENT_PART: Final = pa.schema(
    [
        *(field for field in EVENTS.schema if field.name not in MERGED),
        pa.field("given_version", pa.int64()),
        pa.field("operation", pa.string()),
        pa.field("file", pa.string()),
        pa.field("line", pa.int64()),
        pa.field("person_kind", pa.string()),
    ]
)
KNOWN: Final = {"known": RECORDS, "known_events": EVENTS, "known_deletions": EVENT_DELETIONS}


def merge_sources(
    records: Sequence[Path],
    events: Sequence[Path],
    sources: Mapping[str, SourceSettings],
    context: IngestContext,
    *,
    whole: Collection[str],
) -> tuple[dict[str, Path], tuple[Unknown, ...]]:
    """Merge staged parts with the previous snapshot.

    Args:
        records: Parquet files in the schema RECORD_PART.
        events: Parquet files in the schema EVENT_PART.
        sources: by name; an absent record or event of one that mirrors is deleted.
        context: the run's.
        whole: the sources that were read whole; of the others only a part is here.

    Returns:
        A Parquet file in the stage for each of the tables records, events and event_deletions; and the events of
        people whom nobody knows.
    """
    with open_merge(records, events, context) as database:
        now = {"now": context.now}
        people = [name for name, one in sources.items() if one.content == "people"]
        mirrored = [name for name, one in sources.items() if one.mode == "mirror" and name in whole]
        kinds = {"source": sorted(sources), "kind": [sources[name].kind for name in sorted(sources)]}
        database.register(
            "event_sources", pa.table({name: pa.array(said, pa.string()) for name, said in kinds.items()})
        )
        database.execute(records_sql.NEWEST_RECORDS)
        database.execute(records_sql.merge_records_sql(mirrored), now)
        database.execute(events_sql.NEWEST_EVENTS)
        database.execute(events_sql.BEFORE)
        database.execute(events_sql.merge_events_sql(mirrored), now)
        database.execute(events_sql.BEARERS)
        database.execute(events_sql.place_events_sql(people))
        name_nobodies(database, context.key)
        database.execute(f"CREATE TEMP TABLE every_record AS {records_sql.all_records_sql()}", now)
        files = {
            table.name: _write(database, query, table, context.stage / f"{table.name}.parquet")
            for table, query in (
                (RECORDS, "FROM every_record"),
                (EVENTS, events_sql.ALL_EVENTS),
                (EVENT_DELETIONS, events_sql.ALL_DELETIONS),
            )
        }
        return files, _unknown(database, people)


def open_merge(records: Sequence[Path], events: Sequence[Path], context: IngestContext) -> duckdb.DuckDBPyConnection:
    """A connection that sees the staged parts and what was known, all of it where it lies on disk."""
    database = duckdb.connect() if context.previous is None else context.previous.cursor()
    database.execute("SET TimeZone = 'UTC'")
    database.execute("SET enable_progress_bar = false")
    database.execute(f"SET temp_directory = {quoted(str(context.stage / 'spill'))}")
    for view, schema, parts in (("staged_records", RECORD_PART, records), ("staged_events", EVENT_PART, events)):
        if parts:
            database.execute(view_sql(view, parts))
        else:
            database.register(view, schema.empty_table())
    for view, table in KNOWN.items():
        # A snapshot of an earlier release may lack a column, or a table: the empty one says what should be there.
        database.register(f"no_{table.name}", table.schema.empty_table())
        before = "" if context.previous is None else f" UNION ALL BY NAME SELECT * FROM {table.name}"
        database.execute(f"CREATE TEMP VIEW {view} AS SELECT * FROM no_{table.name}{before}")
    return database


def name_nobodies(database: duckdb.DuckDBPyConnection, key: bytes) -> None:
    """Make `named`: whoever the events of `placed` name and no record of `merged` is of, with the uid of its record."""
    database.execute(records_sql.NOBODIES)
    nobodies = database.sql("SELECT * FROM nobodies ORDER BY record_id").to_arrow_table()
    database.register("named", nobodies.append_column("uid", keyed_ids("r", key, [nobodies.column("record_id")])))


def _unknown(database: duckdb.DuckDBPyConnection, people: Sequence[str]) -> tuple[Unknown, ...]:
    rows = database.execute(events_sql.unknown_events_sql(people)).fetchall()
    return tuple(
        Unknown(source=source, system=system, by_key=by_key, events=events, people=named)
        for source, system, by_key, events, named in rows
    )


def _write(database: duckdb.DuckDBPyConnection, query: str, table: Table, path: Path) -> Path:
    """Stream a query's rows into a Parquet file in the table's schema."""
    reader = database.sql(query).to_arrow_reader(BATCH)
    with pq.ParquetWriter(path, table.schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_table(to_schema(pa.Table.from_batches([batch]), table.schema), row_group_size=ROW_GROUP)
    return path
