"""The manifest of a snapshot: JSON that a person can read and a machine can check."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import msgspec
import pyarrow as pa

from core.errors import BrokenError, MissingError
from core.ids import content_id
from lake.atomic import write_atomically
from lake.contract import Snapshot, TableVersion


def schema_fingerprint(schema: pa.Schema) -> str:
    """Name a schema by its columns and types; documentation does not count."""
    text = "\n".join(f"{field.name} {field.type} {field.nullable}" for field in schema)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def snapshot_of(parent: Snapshot | None, run_id: str, at: datetime, tables: Mapping[str, TableVersion]) -> Snapshot:
    """Make the snapshot that these tables are; its id is derived from everything in it."""
    parent_id = parent.id if parent is not None else None
    body = msgspec.json.encode((parent_id, run_id, at, tables), order="sorted").decode()
    return Snapshot(id=content_id("snap", body), parent=parent_id, run_id=run_id, at=at, tables=tables)


def write_manifest(root: Path, snapshot: Snapshot) -> None:
    """Put the manifest in its place, atomically."""
    content = msgspec.json.format(msgspec.json.encode(snapshot, order="sorted"), indent=2)
    write_atomically(_path(root, snapshot.id), content + b"\n")


def read_manifest(root: Path, snapshot_id: str) -> Snapshot:
    """Read the manifest of a snapshot.

    Raises:
        MissingError: there is no such snapshot.
        BrokenError: the manifest is damaged, or its id does not fit its content.
    """
    path = _path(root, snapshot_id)
    try:
        snapshot = msgspec.json.decode(path.read_bytes(), type=Snapshot)
    except FileNotFoundError as error:
        raise MissingError(f"There is no snapshot '{snapshot_id}'.", remedy="See `c360 status`.") from error
    except msgspec.DecodeError as error:
        raise BrokenError(f"The manifest {path.name} is damaged.", remedy="Restore it from a backup.") from error
    body = msgspec.json.encode(
        (snapshot.parent, snapshot.run_id, snapshot.at, snapshot.tables), order="sorted"
    ).decode()
    if content_id("snap", body) != snapshot_id:
        raise BrokenError(f"The manifest {path.name} was changed.", remedy="Restore it from a backup.")
    return snapshot


def _path(root: Path, snapshot_id: str) -> Path:
    if not snapshot_id.replace("_", "").isalnum():
        raise MissingError("That is no snapshot id.", remedy="See `c360 status`.")
    return root / "snapshots" / f"{snapshot_id}.json"
