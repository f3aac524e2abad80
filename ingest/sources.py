"""Sources behind one port: batches of rows with an operation, the source's version, and a watermark to go on from."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from core.errors import BadInputError
from ingest.adapters.cells import short_cells
from ingest.adapters.contract import NO_REJECTS, Chunk, Reject, reject_table
from ingest.adapters.files import find_files, read_chunks
from ingest.adapters.sql import keys_until, largest, read_sql, rows_of, select
from ingest.clean.run import one_chunk
from ingest.contract import Ahead, Batch, Source, SourceSettings

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

    def ahead(self, since: str | None) -> Ahead:
        """Compare the files with those seen.

        Files that are as they were are left out where rows say which of two is newer. Without that, or where an absent
        row is a deleted one, a change in one file may matter to the rows of all.
        """
        marks = [mark for _, mark in self._files()]
        seen = (since or "").split("\n")
        apart = self.settings.mode != "mirror" and bool(self.settings.version or self.settings.observed_at)
        same = marks == seen
        unread = tuple(mark.rpartition(" ")[0] for mark in marks if mark in seen) if apart or same else ()
        return Ahead(watermark="\n".join(marks), since=since if unread else None, unread=unread)

    def batches(self, since: str | None) -> Iterator[Batch]:
        """Give the rows of files that are new or changed since the watermark."""
        seen = set((since or "").split("\n"))
        marks: list[str] = []
        for path, mark in self._files():
            marks.append(mark)
            if mark in seen:
                continue
            settings = self.settings
            chunks = read_chunks(path, separator=settings.separator, encoding=settings.encoding, guess=False)
            for chunk in chunks:
                yield from batches_of(self.name, _relative(path, self.root), chunk, settings, "\n".join(marks))

    def _files(self) -> Iterator[tuple[Path, str]]:
        for path in find_files(self.root, self.settings.path or ()):
            yield path, f"{_relative(path, self.root)} {_sha256(path)}"


class SqlMark(msgspec.Struct, frozen=True):
    """A watermark of a table: the largest time or version, and a digest of the key and version of all rows up to it."""

    past: str
    held: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlSource:
    """A table or query, read on from the largest `observed_at`, or `version`, seen so far.

    A row that comes late, changes below the watermark or is gone is seen because the keys and versions up to it are
    compared first; then everything is read again.
    """

    name: str
    settings: SourceSettings
    root: Path

    def ahead(self, since: str | None) -> Ahead:
        """Ask for the largest value, and for the keys and versions up to it: two narrow queries."""
        settings = self.settings
        column = settings.observed_at or settings.version
        if column is None or settings.key is None:
            return Ahead()
        past, blank = self._ask(largest(self._rows(), column))[0]
        if not past or blank != "0":
            return Ahead()
        before = msgspec.json.decode(since, type=SqlMark) if since else None
        held = self._digest(column, past)
        mark = msgspec.json.encode(SqlMark(past=past, held=held)).decode()
        stands = before is not None and (mark == since or self._digest(column, before.past) == before.held)
        return Ahead(watermark=mark, since=since if stands else None, unread=(self._file,) if stands else ())

    def batches(self, since: str | None) -> Iterator[Batch]:
        """Give the rows past the watermark; all of them without one."""
        mark = self.ahead(None).watermark or ""
        column = self.settings.observed_at or self.settings.version or ""
        after = None if not since else (column, msgspec.json.decode(since, type=SqlMark).past)
        query = rows_of(self._rows(), self._url, after=after, order=self.settings.key)
        for chunk in map(short_cells, read_sql(self._url, query, root=self.root)):
            yield from batches_of(self.name, self._file, chunk, self.settings, mark)

    @property
    def _url(self) -> str:
        return self.settings.url or ""

    @property
    def _file(self) -> str:
        return self.settings.table or "query"

    def _rows(self) -> str:
        return self.settings.query or select(self.settings.table or "")

    def _digest(self, column: str, past: str) -> str:
        names = tuple(
            dict.fromkeys(
                one for one in (self.settings.key, column, self.settings.version, self.settings.deleted) if one
            )
        )
        digest = hashlib.sha256()
        query = keys_until(self._rows(), self._url, columns=names, until=(column, past))
        for chunk in read_sql(self._url, query, root=self.root):
            rows = pc.binary_join_element_wise(
                *(pc.fill_null(one_chunk(chunk.rows.column(name)), "") for name in names), "\x1f"
            )
            digest.update("\x1e".join(["", *rows.to_pylist()]).encode())
        return digest.hexdigest()

    def _ask(self, query: str) -> list[tuple[str, ...]]:
        tables = [chunk.rows for chunk in read_sql(self._url, query, root=self.root)]
        return [tuple(row.values()) for table in tables for row in table.to_pylist()]


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
