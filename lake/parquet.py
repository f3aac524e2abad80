"""The lake as plain Parquet on one disk.

    lake/data/<table>/<sha256>.parquet    immutable, named by content: equal rows are stored once
    lake/snapshots/<id>.json              the manifest of one snapshot, written after its data
    lake/CURRENT                          the id of the newest snapshot, replaced last

Only the replacement of CURRENT publishes, and a rename is atomic, so a kill at any moment leaves the old snapshot or
the new one. What a killed run left behind is unnamed by any manifest and is swept when the next draft begins.
"""

import hashlib
import itertools
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.parquet as pq

from core.errors import BadInputError, BrokenError, ConflictError
from lake.atomic import flush, write_atomically
from lake.contract import DataFile, Rows, Snapshot, TableVersion
from lake.manifest import read_manifest, schema_fingerprint, snapshot_of, write_manifest
from lake.query import open_views
from lake.tables import TABLES

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

COMPRESSION: Final = "zstd"
ROW_GROUP: Final = 122_880
CHUNK_BYTES: Final = 1 << 20
BATCH_ROWS: Final = 65_536


class ParquetLake:
    """Snapshots of Parquet files below one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def latest(self) -> Snapshot | None:
        """The newest snapshot, or none before the first run."""
        try:
            current = (self.root / "CURRENT").read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        return self.snapshot(current)

    def snapshot(self, snapshot_id: str) -> Snapshot:
        """The snapshot of that id."""
        return read_manifest(self.root, snapshot_id)

    def snapshots(self) -> tuple[Snapshot, ...]:
        """Every published snapshot, newest first."""
        return tuple(self._lineage())

    def read(self, snapshot: Snapshot, table: str) -> pa.Table:
        """One table whole."""
        version = snapshot.tables.get(_known(table))  # a snapshot from before the table existed has none of it
        files = [pq.ParquetFile(self._checked(file)).read() for file in version.files] if version else []
        return pa.concat_tables(files) if files else TABLES[table].schema.empty_table()

    def connect(self, snapshot: Snapshot) -> "DuckDBPyConnection":
        """A new in-memory DuckDB connection with one view for each table."""
        return open_views(
            {name: [self._checked(file) for file in version.files] for name, version in snapshot.tables.items()}
        )

    def draft(self, run_id: str, at: datetime) -> "ParquetDraft":
        """Begin the next snapshot; leftovers of killed drafts are swept first."""
        parent = self.latest()
        _sweep(self.root, self.snapshots())
        return ParquetDraft(self, parent, run_id, at)

    def verify(self, snapshot: Snapshot) -> None:
        """Read every file of the snapshot and compare its SHA-256 with the manifest.

        Raises:
            BrokenError: a file is missing or was changed; the message names it.
        """
        for file in itertools.chain.from_iterable(version.files for version in snapshot.tables.values()):
            if _sha256(self._checked(file)) != file.sha256:
                raise BrokenError(f"{file.path} was changed.", remedy="Restore it from a backup.", file=file.path)

    def _lineage(self) -> Iterator[Snapshot]:
        snapshot = self.latest()
        while snapshot is not None:
            yield snapshot
            snapshot = self.snapshot(snapshot.parent) if snapshot.parent is not None else None

    def _checked(self, file: DataFile) -> Path:
        path = self.root / file.path
        if not path.is_file() or path.stat().st_size != file.bytes:
            raise BrokenError(
                f"{file.path} is missing or cut short.", remedy="Restore it from a backup.", file=file.path
            )
        return path


class ParquetDraft:
    """The next snapshot of a Parquet lake."""

    def __init__(self, lake: ParquetLake, parent: Snapshot | None, run_id: str, at: datetime) -> None:
        self._lake = lake
        self._parent = parent
        self._run_id = run_id
        self._at = at
        self._tables: dict[str, TableVersion] = {}

    def write(self, table: str, rows: Rows) -> int:
        """Replace the table by these rows, streaming, and give their number.

        Cost: O(rows), memory of one row group.

        Raises:
            BadInputError: the table is unknown, or the rows have another schema.
        """
        schema = TABLES[_known(table)].schema
        folder = self._lake.root / "data" / table
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f".{self._run_id}.part"
        count = _write_parquet(part, rows, schema, table)
        self._tables[table] = TableVersion(
            schema=schema_fingerprint(schema), rows=count, files=(self._adopt(part, table, count),) if count else ()
        )
        return count

    def keep(self, table: str) -> None:
        """Take the table over from the newest snapshot unchanged."""
        self._tables[_known(table)] = self._inherited(table)

    def connect(self) -> "DuckDBPyConnection":
        """A DuckDB connection with one view for each table, as written so far."""
        files = {name: [self._lake.root / file.path for file in version.files] for name, version in self._all().items()}
        return open_views(files)

    def publish(self) -> Snapshot:
        """Write the manifest, then replace CURRENT.

        Raises:
            ConflictError: another run published meanwhile.
        """
        latest = self._lake.latest()
        if latest != self._parent:
            raise ConflictError("Another run has published meanwhile.", remedy="Run again.")
        snapshot = snapshot_of(self._parent, self._run_id, self._at, self._all())
        write_manifest(self._lake.root, snapshot)
        write_atomically(self._lake.root / "CURRENT", f"{snapshot.id}\n".encode("ascii"))
        return snapshot

    def abandon(self) -> None:
        """Forget the draft and sweep what it wrote."""
        self._tables.clear()
        _sweep(self._lake.root, self._lake.snapshots())

    def _all(self) -> dict[str, TableVersion]:
        return {name: self._tables.get(name) or self._inherited(name) for name in sorted(TABLES)}

    def _inherited(self, table: str) -> TableVersion:
        if self._parent is not None and table in self._parent.tables:
            return self._parent.tables[table]
        return TableVersion(schema=schema_fingerprint(TABLES[table].schema), rows=0, files=())

    def _adopt(self, part: Path, table: str, rows: int) -> DataFile:
        """Name a finished file by its content."""
        flush(part)
        sha256 = _sha256(part)
        path = part.with_name(f"{sha256[:32]}.parquet")
        part.replace(path)
        flush(path.parent)
        return DataFile(path=f"data/{table}/{path.name}", rows=rows, bytes=path.stat().st_size, sha256=sha256)


def _known(table: str) -> str:
    if table not in TABLES:
        raise BadInputError(f"There is no table '{table}'.", remedy=f"Tables: {', '.join(TABLES)}.", table=table)
    return table


def _write_parquet(path: Path, rows: Rows, schema: pa.Schema, table: str) -> int:
    reader = rows.to_reader(max_chunksize=BATCH_ROWS) if isinstance(rows, pa.Table) else rows
    if not reader.schema.equals(schema):
        wrong = [field.name for field in schema if reader.schema.get_field_index(field.name) < 0]
        raise BadInputError(
            f"Rows for table '{table}' have another schema.",
            remedy="Bring them into it with lake.query.to_schema.",
            table=table,
            missing=", ".join(wrong),
        )
    count = 0
    with pq.ParquetWriter(path, schema, compression=COMPRESSION, version="2.6") as writer:
        for chunk in _row_groups(reader):
            writer.write_table(chunk, row_group_size=ROW_GROUP)
            count += chunk.num_rows
    return count


def _row_groups(reader: pa.RecordBatchReader) -> Iterator[pa.Table]:
    """Gather batches into row groups whose bounds depend on the rows alone, not on how they arrived."""
    held: list[pa.RecordBatch] = []
    rows = 0
    for batch in reader:
        while batch.num_rows:
            taken = batch.slice(0, ROW_GROUP - rows)
            held.append(taken)
            rows += taken.num_rows
            batch = batch.slice(taken.num_rows)  # noqa: PLW2901 (what is left of it)
            if rows == ROW_GROUP:
                yield pa.Table.from_batches(held).combine_chunks()
                held, rows = [], 0
    if held:
        yield pa.Table.from_batches(held).combine_chunks()


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def _sweep(root: Path, snapshots: tuple[Snapshot, ...]) -> None:
    """Remove files and manifests that no published snapshot names."""
    named = {file.path for snapshot in snapshots for version in snapshot.tables.values() for file in version.files}
    manifests = {snapshot.id for snapshot in snapshots}
    for path in (root / "data").glob("*/*"):
        if os.fspath(path.relative_to(root)) not in named:
            path.unlink()
    for path in (root / "snapshots").glob("*"):
        if path.stem not in manifests:
            path.unlink()
    for path in root.glob(".CURRENT.*.part"):  # of a run killed between writing and renaming it
        path.unlink()
