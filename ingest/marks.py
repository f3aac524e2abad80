"""How far each source was read: what the run before left behind, and what this one leaves to the next.

A mark counts only under the settings, code and tables it was made with; under others the source is read whole again.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import duckdb
import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

import core
import lake
from core.errors import ConflictError
from core.installed import code_name
from ingest.contract import Gone, IngestContext, SourceSettings
from lake.tables import EVENTS, RECORDS, REJECTS, WATERMARKS

BATCH: Final = 65_536
CODE: Final = (Path(core.__path__[0]), Path(lake.__path__[0]), Path(__file__).parent)
"""The folders whose code decides what becomes of a row."""
GONE: Final = """
    SELECT source, sum(records)::BIGINT, sum(events)::BIGINT FROM (
        SELECT source, count(*) AS records, 0 AS events FROM records WHERE NOT anonymous AND deleted_at IS NULL
        GROUP BY source UNION ALL SELECT source, 0, count(*) FROM events GROUP BY source)
    WHERE NOT list_contains($sources, source) GROUP BY source ORDER BY source"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How far one source was read.

    Attributes:
        source: its name.
        watermark: where to go on from; None when it keeps none.
        settings: fingerprint of what decides how its rows are read.
        taught: fingerprint of what its whole columns taught.
        key: the column that named its rows, empty where their contents did; None when an earlier release left the mark.
    """

    source: str
    watermark: str | None
    settings: str
    taught: str
    key: str | None = None


def read_marks(context: IngestContext) -> dict[str, Mark]:
    """The marks of the previous snapshot, by source."""
    if context.previous is None:
        return {}
    columns = ", ".join(WATERMARKS.schema.names)
    context.previous.register("no_watermarks", WATERMARKS.schema.empty_table())
    every = "SELECT * FROM no_watermarks UNION ALL BY NAME SELECT * FROM watermarks"
    rows = context.previous.execute(f"SELECT {columns} FROM ({every}) ORDER BY source").fetchall()
    return {row[0]: Mark(**dict(zip(WATERMARKS.schema.names, row, strict=True))) for row in rows}


def write_marks(marks: Sequence[Mark], path: Path) -> Path:
    """Leave the marks to the next run."""
    rows = [asdict(mark) for mark in sorted(marks, key=lambda one: one.source)]
    pq.write_table(pa.Table.from_pylist(rows, schema=WATERMARKS.schema), path)
    return path


def check_key(name: str, settings: SourceSettings, mark: Mark | None, context: IngestContext) -> None:
    """Refuse to read the rows of a source under new names beside the old ones.

    A source that mirrors may change its key: what no row is called by any more is deleted.

    Raises:
        ConflictError: another column named the rows that earlier runs read, and some are there.
    """
    key = settings.key or ""
    if context.previous is None or mark is None or mark.key in (None, key) or settings.mode == "mirror":
        return
    held = "records WHERE NOT anonymous AND deleted_at IS NULL AND" if settings.content == "people" else "events WHERE"
    ((rows,),) = context.previous.execute(f"SELECT count(*) FROM {held} source = $name", {"name": name}).fetchall()
    if rows:
        before, now = (f"the column '{one}'" if one else "their contents" for one in (mark.key, key))
        raise ConflictError(
            f"Source '{name}': its rows were named by {before} and would now be named by {now}, so that the {rows:,} "
            f"{'records' if settings.content == 'people' else 'events'} it has would stay beside the same ones anew.",
            remedy=f'Put the key back; or, where its files hold all rows there are, set mode = "mirror" in '
            f"[sources.{name}]: then what no row is called by any more is deleted.",
            source=name,
            before=mark.key,
            now=key,
        )


def gone_sources(lake: duckdb.DuckDBPyConnection, sources: Collection[str]) -> tuple[Gone, ...]:
    """The sources other than these that a snapshot has rows of, by name. O(rows)."""
    rows = lake.execute(GONE, {"sources": sorted(sources)}).fetchall()
    return tuple(Gone(source=source, records=records, events=events) for source, records, events in rows)


def kept_rejects(context: IngestContext, source: str, files: Sequence[str]) -> Iterator[pa.Table]:
    """What the previous run rejected in files that are not read again, batch by batch."""
    if context.previous is None or not files:
        return
    columns = ", ".join(REJECTS.schema.names)
    query = f"SELECT {columns} FROM rejects WHERE source = $source AND list_contains($files, file) ORDER BY ALL"
    rows = context.previous.sql(query, params={"source": source, "files": list(files)})
    for batch in rows.to_arrow_reader(BATCH):
        yield pa.Table.from_batches([batch]).cast(REJECTS.schema)


def settings_digest(settings: SourceSettings, context: IngestContext, people: Sequence[str]) -> str:
    """Fingerprint of everything but its rows that decides what becomes of a source."""
    tables = [str(table.schema) for table in (RECORDS, EVENTS)]
    parts = (msgspec.to_builtins(settings), context.default_region, list(people), code_name(CODE), tables)
    return digest_of(parts)


def digest_of(parts: object) -> str:
    """SHA-256 of anything JSON can say."""
    return hashlib.sha256(msgspec.json.encode(parts, order="sorted")).hexdigest()


def same_settings(marks: Mapping[str, Mark], source: str, settings: str) -> Mark | None:
    """The source's mark, if it was made under these settings."""
    mark = marks.get(source)
    return mark if mark is not None and mark.settings == settings else None
