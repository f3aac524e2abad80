"""The lake as others see it: snapshots of tables, and drafts that become one.

A snapshot is immutable and complete: every table of `lake.tables`, as it was when one run published it. A draft is the
next snapshot being written; nobody sees it before `publish`, and `publish` happens at one instant or not at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Rows = pa.Table | pa.RecordBatchReader


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """One immutable Parquet file of a table: where it is (below the lake), how large, and its SHA-256."""

    path: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableVersion:
    """One table in one snapshot: a fingerprint of its schema, its rows and its files in order."""

    schema: str
    rows: int
    files: tuple[DataFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One published state of every table. `id` is derived from the rest, so equal content has an equal id."""

    id: str
    parent: str | None
    run_id: str
    at: datetime
    tables: Mapping[str, TableVersion]


class Draft(Protocol):
    """The next snapshot, being written by one run."""

    def write(self, table: str, rows: Rows) -> int:
        """Replace the table by these rows, streaming, and give their number. Schema and order are kept as given."""
        ...

    def keep(self, table: str) -> None:
        """Take the table over from the newest snapshot unchanged (empty if there is none)."""
        ...

    def connect(self) -> "DuckDBPyConnection":
        """A DuckDB connection with one view for each table, as written so far."""
        ...

    def publish(self) -> Snapshot:
        """Make the draft the newest snapshot, at one instant. Tables not written are kept."""
        ...

    def abandon(self) -> None:
        """Forget the draft; the newest snapshot stays as it was."""
        ...


class Lake(Protocol):
    """Tables in snapshots. Adapters: Parquet on disk; Iceberg joins later."""

    def latest(self) -> Snapshot | None:
        """The newest snapshot, or none before the first run."""
        ...

    def snapshot(self, snapshot_id: str) -> Snapshot:
        """The snapshot of that id; MissingError if there is none."""
        ...

    def snapshots(self) -> tuple[Snapshot, ...]:
        """Every published snapshot, newest first."""
        ...

    def read(self, snapshot: Snapshot, table: str) -> pa.Table:
        """One table whole, checked against its schema."""
        ...

    def connect(self, snapshot: Snapshot) -> "DuckDBPyConnection":
        """A new in-memory DuckDB connection with one view for each table."""
        ...

    def draft(self, run_id: str, at: datetime) -> Draft:
        """Begin the next snapshot."""
        ...

    def verify(self, snapshot: Snapshot) -> None:
        """Compare every file of a snapshot with what was written; BrokenError names the first that differs."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A finished export: its folder, rows, files, and the snapshot it was taken from."""

    folder: Path
    rows: int
    files: tuple[DataFile, ...]
    snapshot: str
