"""Rejects lie on disk as they come, and where they are is said when there are too many."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core.errors import BadInputError
from ingest import SourceSettings
from ingest.rejects import RejectFiles, check_rejects, write_rejects
from ingest.stage import AHEAD
from lake.tables import REJECTS
from tests.ingest.workshop import Workshop

CRM = SourceSettings(path="crm.csv", key="id", fields={"first": "given_name"})


def some(source: str, lines: range, reason: str, *, kept: bool = False) -> pa.Table:
    """Rejects of these lines."""
    rows = [
        {"source": source, "file": "f.csv", "line": line, "field": "at", "value": None, "reason": reason, "kept": kept}
        for line in lines
    ]
    return pa.Table.from_pylist(rows, schema=REJECTS.schema)


def test_rejects_are_written_as_they_come_and_put_in_order(tmp_path: Path) -> None:
    """What is held of them is a count by reason; one file has them all, by source and line."""
    late, early = RejectFiles(folder=tmp_path / "b"), RejectFiles(folder=tmp_path / "a")
    late.add(some("b", range(7, 10), AHEAD, kept=True))
    late.add(some("b", range(2, 4), "bad"))
    early.add(some("a", range(3), "bad"))
    early.add(some("a", range(0), "never"))
    assert (late.reasons, late.set_aside, early.set_aside) == ({AHEAD: 3, "bad": 2}, 2, 3)
    assert len([*late.parts, *early.parts]) == 3
    rows = pq.read_table(write_rejects([late, early], tmp_path))
    assert rows.schema == REJECTS.schema
    places = list(zip(rows.column("source").to_pylist(), rows.column("line").to_pylist(), strict=True))
    assert places == [("a", 0), ("a", 1), ("a", 2), ("b", 2), ("b", 3), ("b", 7), ("b", 8), ("b", 9)]


def test_times_to_come_stop_no_run(tmp_path: Path) -> None:
    """However many there are; as many of any other reason do."""
    rejects = RejectFiles(folder=tmp_path / "rejects")
    rejects.add(some("s", range(1_000), AHEAD, kept=True))
    check_rejects("s", 1_000, rejects, 0.05, tmp_path)
    rejects.add(some("s", range(1_000, 1_100), "bad"))
    with pytest.raises(BadInputError, match="100 of 1100 rows") as caught:
        check_rejects("s", 1_000, rejects, 0.05, tmp_path)
    assert caught.value.facts["line"] == 1_000


def test_a_run_that_is_stopped_leaves_its_rejects_and_says_where(workshop: Workshop) -> None:
    """The error names a file with every row that stopped it."""
    workshop.write("crm.csv", "id,first\n" + "1,Ann\n" * 20 + "3,x,y\n" * 11)
    with pytest.raises(BadInputError, match="11 of 31 rows cannot be used") as caught:
        workshop.run(crm=CRM)
    file = Path(str(caught.value.facts["rejects"]))
    assert str(file) in caught.value.remedy
    assert pq.read_table(file).column("line").to_pylist() == list(range(22, 33))
