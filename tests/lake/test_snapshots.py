"""Snapshots: whole or not there, immutable, equal when their content is equal."""

import os
import signal
import subprocess
import sys
import textwrap
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from core.errors import BadInputError, BrokenError, ConflictError, MissingError
from lake import ParquetLake
from lake.tables import MEMBERS, PERSONA_SEARCH, TABLES

NOW = datetime(2026, 1, 31, tzinfo=UTC)


def members(*records: str) -> pa.Table:
    """A small table to write."""
    rows = [{"record_id": record, "entity_id": "e_1", "confidence": 1.0} for record in records]
    return pa.Table.from_pylist(rows, schema=MEMBERS.schema)


def publish(root: Path, *records: str, run: str = "run_1") -> str:
    """Publish one snapshot of members."""
    draft = ParquetLake(root).draft(run, NOW)
    draft.write("members", members(*records))
    return draft.publish().id


def test_a_draft_is_unseen_until_published(tmp_path: Path) -> None:
    """Readers see the old snapshot until the instant of publishing."""
    first = publish(tmp_path, "crm:1")
    lake = ParquetLake(tmp_path)
    draft = lake.draft("run_2", NOW)
    draft.write("members", members("crm:1", "crm:2"))
    assert lake.read(lake.snapshot(first), "members").num_rows == 1
    assert lake.latest() == lake.snapshot(first)
    published = draft.publish()
    assert lake.latest() == published
    assert lake.read(published, "members").num_rows == 2


def test_equal_content_is_byte_equal(tmp_path: Path) -> None:
    """Two lakes written alike hold the same files with the same bytes."""
    for name in ("a", "b"):
        publish(tmp_path / name, "crm:1", "crm:2")
    files = [
        {p.relative_to(r): p.read_bytes() for p in r.rglob("*") if p.is_file()}
        for r in (tmp_path / "a", tmp_path / "b")
    ]
    assert files[0] == files[1]
    assert len(files[0]) == 3


def test_batches_do_not_show_in_the_file(tmp_path: Path) -> None:
    """The bytes depend on the rows, not on the batches they came in."""
    table = members(*(f"crm:{i:05}" for i in range(5000)))
    names: set[str] = set()
    for size in (7, 5000):
        lake = ParquetLake(tmp_path / str(size))
        draft = lake.draft("run_1", NOW)
        draft.write("members", pa.RecordBatchReader.from_batches(table.schema, table.to_batches(size)))
        names.add(draft.publish().tables["members"].files[0].sha256)
    assert len(names) == 1


def test_tables_not_written_are_kept(tmp_path: Path) -> None:
    """A run that leaves a table alone publishes it unchanged, without copying it."""
    publish(tmp_path, "crm:1")
    lake = ParquetLake(tmp_path)
    second = lake.draft("run_2", NOW).publish()
    assert lake.read(second, "members").num_rows == 1
    assert set(second.tables) == set(TABLES)
    assert [snapshot.run_id for snapshot in lake.snapshots()] == ["run_2", "run_1"]


def test_an_abandoned_draft_leaves_nothing(tmp_path: Path) -> None:
    """What an abandoned draft wrote is swept."""
    publish(tmp_path, "crm:1")
    draft = ParquetLake(tmp_path).draft("run_2", NOW)
    draft.write("members", members("crm:2"))
    draft.abandon()
    assert len(list((tmp_path / "data" / "members").iterdir())) == 1


def test_a_name_half_written_is_swept(tmp_path: Path) -> None:
    """What a run leaves that was killed before it renamed the new CURRENT goes when the next draft begins."""
    publish(tmp_path, "crm:1")
    left = tmp_path / ".CURRENT.4711.part"
    left.write_text("snap_half")
    ParquetLake(tmp_path).draft("run_2", NOW)
    assert not left.exists()


def test_two_drafts_cannot_both_publish(tmp_path: Path) -> None:
    """The second of two runs that began together is refused."""
    lake = ParquetLake(tmp_path)
    one, other = lake.draft("run_1", NOW), lake.draft("run_2", NOW)
    one.write("members", members("crm:1"))
    one.publish()
    with pytest.raises(ConflictError):
        other.publish()


def test_views_read_every_table(tmp_path: Path) -> None:
    """A connection has one view for each table, empty ones included."""
    publish(tmp_path, "crm:1")
    lake = ParquetLake(tmp_path)
    snapshot = lake.latest()
    assert snapshot is not None
    with lake.connect(snapshot) as connection:
        counts = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0] for name in TABLES}
    assert counts == {name: int(name == "members") for name in TABLES}


def test_a_snapshot_from_before_a_table_existed_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table that is newer than the snapshot reads as empty, in Arrow and in SQL."""
    with monkeypatch.context() as before:
        before.delitem(TABLES, "persona_search")
        old = ParquetLake(tmp_path).snapshot(publish(tmp_path, "crm:1"))
    assert "persona_search" not in old.tables
    lake = ParquetLake(tmp_path)
    assert lake.read(old, "persona_search").equals(PERSONA_SEARCH.schema.empty_table())
    with lake.connect(old) as connection:
        assert connection.execute("SELECT seed, reason FROM persona_search").fetchall() == []


def test_damage_is_found_and_named(tmp_path: Path) -> None:
    """A changed byte is found by `verify`; a file cut short is refused when it is opened."""
    publish(tmp_path, "crm:1")
    lake = ParquetLake(tmp_path)
    snapshot = lake.latest()
    assert snapshot is not None
    path = tmp_path / snapshot.tables["members"].files[0].path
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    with pytest.raises(BrokenError, match=path.name):
        lake.verify(snapshot)
    path.write_bytes(content[:-1])
    with pytest.raises(BrokenError, match=path.name):
        lake.read(snapshot, "members")


def test_a_changed_manifest_is_refused(tmp_path: Path) -> None:
    """A manifest whose content does not fit its id is not believed."""
    name = publish(tmp_path, "crm:1")
    path = tmp_path / "snapshots" / f"{name}.json"
    path.write_text(path.read_text().replace("run_1", "run_9"))
    with pytest.raises(BrokenError):
        ParquetLake(tmp_path).latest()


def test_wrong_names_and_schemas_are_refused(tmp_path: Path) -> None:
    """Unknown tables, snapshots and columns are errors that name them."""
    lake = ParquetLake(tmp_path)
    with pytest.raises(BadInputError, match="nowhere"):
        lake.draft("run_1", NOW).write("nowhere", members())
    with pytest.raises(BadInputError, match="members"):
        lake.draft("run_1", NOW).write("members", pa.table({"record_id": ["a"]}))
    with pytest.raises(MissingError):
        lake.snapshot("snap_0")


KILLED = """
    import os, signal, sys
    from datetime import UTC, datetime
    from pathlib import Path
    import lake.atomic, lake.parquet, lake.manifest
    from lake import ParquetLake
    from lake.tables import MEMBERS
    import pyarrow as pa
    steps = int(sys.argv[2])
    def stop_at(function):
        def wrapped(*args, **options):
            global steps
            steps -= 1
            if steps < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*args, **options)
        return wrapped
    Path.replace = stop_at(Path.replace)
    os.fsync = stop_at(os.fsync)
    draft = ParquetLake(Path(sys.argv[1])).draft("run_2", datetime(2026, 2, 1, tzinfo=UTC))
    row = {"record_id": "b", "entity_id": "e_2", "confidence": 1.0}
    draft.write("members", pa.Table.from_pylist([row, row], schema=MEMBERS.schema))
    draft.publish()
"""


@pytest.mark.parametrize("steps", range(10))
def test_a_kill_leaves_the_old_or_the_new(tmp_path: Path, steps: int) -> None:
    """A kill -9 at any flush or rename leaves a whole snapshot, and the next run goes on from it."""
    first = publish(tmp_path, "crm:1")
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(KILLED), str(tmp_path), str(steps)], check=False, env=os.environ
    )
    lake = ParquetLake(tmp_path)
    snapshot = lake.latest()
    assert snapshot is not None
    assert lake.read(snapshot, "members").num_rows == (1 if snapshot.id == first else 2)
    assert done.returncode in (0, -signal.SIGKILL)
    lake.verify(snapshot)
    publish(tmp_path, "crm:1", "crm:2", "crm:3", run="run_3")
    assert len(list((tmp_path / "data" / "members").iterdir())) == len(lake.snapshots())
