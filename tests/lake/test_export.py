"""Exports: partitioned, described, whole."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import msgspec
import pyarrow.parquet as pq
import pytest

from core.errors import BadInputError, ConflictError
from lake import Snapshot, export_rows

QUERY = "SELECT i AS n, CASE WHEN i % 2 = 0 THEN 'even' ELSE 'odd' END AS parity FROM range(?) t(i) ORDER BY i"

SNAPSHOT = Snapshot(id="snap_1", parent=None, run_id="run_1", at=datetime(2026, 1, 31, tzinfo=UTC), tables={})


def test_an_export_is_partitioned_and_described(tmp_path: Path) -> None:
    """Each partition is a folder; the manifest holds schema, snapshot, run, and rows and SHA-256 of each file."""
    export = export_rows(duckdb.connect(), QUERY, [10], tmp_path / "out", snapshot=SNAPSHOT, partition_by=["parity"])
    manifest = msgspec.json.decode((tmp_path / "out" / "manifest.json").read_bytes())
    assert export.rows == manifest["rows"] == 10
    assert (manifest["snapshot"], manifest["run_id"]) == ("snap_1", "run_1")
    assert manifest["schema"] == [{"name": "n", "type": "BIGINT"}, {"name": "parity", "type": "VARCHAR"}]
    assert [Path(file["path"]).parent.name for file in manifest["files"]] == ["parity=even", "parity=odd"]
    for file in manifest["files"]:
        path = tmp_path / "out" / file["path"]
        assert hashlib.sha256(path.read_bytes()).hexdigest() == file["sha256"]
        assert pq.read_metadata(path).num_rows == file["rows"]


def test_the_same_snapshot_exports_the_same_bytes(tmp_path: Path) -> None:
    """An analyst can reproduce an export to the byte."""
    exports = [export_rows(duckdb.connect(), QUERY, [1000], tmp_path / name, snapshot=SNAPSHOT) for name in "ab"]
    assert exports[0].files == exports[1].files


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A folder that holds something is refused."""
    (tmp_path / "mine.txt").touch()
    with pytest.raises(ConflictError):
        export_rows(duckdb.connect(), QUERY, [1], tmp_path, snapshot=SNAPSHOT)


def test_an_unknown_partition_is_named(tmp_path: Path) -> None:
    """The message lists the columns there are."""
    with pytest.raises(BadInputError, match="parity"):
        export_rows(duckdb.connect(), QUERY, [1], tmp_path / "x", snapshot=SNAPSHOT, partition_by=["colour"])
    assert not (tmp_path / "x").exists()
