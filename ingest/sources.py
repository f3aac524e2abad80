"""Sources behind one port: batches of rows with an operation, the source's version, and a watermark to go on from."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import pyarrow as pa
import pyarrow.compute as pc

from core.errors import BadInputError
from ingest.adapters.contract import NO_REJECTS, Chunk, Reject, reject_table
from ingest.adapters.files import find_files, read_chunks
from ingest.adapters.sql import read_sql, select
from ingest.clean.run import one_chunk
from ingest.contract import Batch, Source, SourceSettings

NO: Final = ("", "0", "f", "false", "n", "no", "none", "null", "0.0", "nein", "non", "active", "a")


def open_source(name: str, settings: SourceSettings, root: Path) -> Source:
    """Open a source by its settings.

    Raises:
        BadInputError: the settings do not say where the rows are.
    """
    if settings.type == "sql":
        if settings.url is None or (settings.table is None) == (settings.query is None):
            raise BadInputError(
                f"Source '{name}' needs a url, and a table or a query.", remedy="Add them in c360.toml.", source=name
            )
        return SqlSource(name=name, settings=settings, root=root)
    if settings.path is None:
        raise BadInputError(f"Source '{name}' has no path.", remedy="Add path in c360.toml.", source=name)
    return FileSource(name=name, settings=settings, root=root)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSource:
    """Files of one source. The watermark names each file with its content, so a changed file is read again whole."""

    name: str
    settings: SourceSettings
    root: Path

    def batches(self, since: str | None) -> Iterator[Batch]:
        """Give the rows of files that are new or changed since the watermark."""
        seen = set((since or "").split("\n"))
        marks: list[str] = []
        for path in find_files(self.root, self.settings.path or ()):
            file = _relative(path, self.root)
            mark = f"{file} {_sha256(path)}"
            marks.append(mark)
            if mark in seen:
                continue
            chunks = read_chunks(path, separator=self.settings.separator, encoding=self.settings.encoding)
            for chunk in chunks:
                yield from batches_of(self.name, file, chunk, self.settings, "\n".join(marks))


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlSource:
    """A table or query. The watermark is the largest `observed_at`, or `version`, seen so far."""

    name: str
    settings: SourceSettings
    root: Path

    def batches(self, since: str | None) -> Iterator[Batch]:
        """Give the rows seen after the watermark; all of them when the source says neither time nor version."""
        settings = self.settings
        column = settings.observed_at or settings.version
        after = (column, since) if column and since else None
        query = settings.query or select(settings.table or "", after=after, order=settings.key)
        mark = since or ""
        for chunk in read_sql(settings.url or "", query, root=self.root):
            if column and column in chunk.rows.column_names and chunk.rows.num_rows:
                mark = max(mark, pc.max(chunk.rows.column(column)).as_py() or "")
            yield from batches_of(self.name, settings.table or "query", chunk, settings, mark)


def batches_of(name: str, file: str, chunk: Chunk, settings: SourceSettings, watermark: str) -> Iterator[Batch]:
    """Split a chunk by what is to be done with its rows; rows whose version is no whole number are rejected."""
    rows, lines, versions, rejects = _versioned(chunk, settings.version)
    deleted = _deleted(rows, settings.deleted)
    found = reject_table([*chunk.rejects, *rejects], source=name, file=file)
    operations: tuple[tuple[Literal["upsert", "delete"], pa.Array], ...] = (
        ("upsert", pc.invert(deleted)),
        ("delete", deleted),
    )
    for operation, mask in operations:
        if operation == "delete" and not pc.any(mask).as_py():
            continue
        yield Batch(
            rows=rows.filter(mask) if rows.num_columns else rows,
            lines=lines.filter(mask),
            file=file,
            operation=operation,
            versions=None if versions is None else versions.filter(mask),
            watermark=watermark,
            rejects=found if operation == "upsert" else NO_REJECTS,
        )


def _versioned(chunk: Chunk, column: str | None) -> tuple[pa.Table, pa.Array, pa.Array | None, list[Reject]]:
    rows, lines = chunk.rows, one_chunk(chunk.lines)
    if column is None or column not in rows.column_names:
        return rows, lines, None, []
    text = pc.utf8_trim_whitespace(one_chunk(rows.column(column)))
    good = pc.fill_null(pc.match_substring_regex(text, r"^[0-9]{1,18}$"), False)
    bad = pc.invert(good)
    rejects = [
        Reject(line=line, field=column, value=value, reason="The version is no whole number.")
        for line, value in zip(lines.filter(bad).to_pylist(), text.filter(bad).to_pylist(), strict=True)
    ]
    return rows.filter(good), lines.filter(good), text.filter(good).cast(pa.int64()), rejects


def _deleted(rows: pa.Table, column: str | None) -> pa.Array:
    if column is None or column not in rows.column_names:
        return pa.array([False] * rows.num_rows, pa.bool_())
    text = pc.utf8_lower(pc.utf8_trim_whitespace(pc.fill_null(one_chunk(rows.column(column)), "")))
    deleted: pa.Array = pc.invert(pc.is_in(text, value_set=pa.array(NO)))
    return deleted


def _relative(path: Path, root: Path) -> str:
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.name


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
