"""The benchmark of layouts: made alike from the same seed, with a truth for every record, and read by the command."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from benchmarks.layouts.catalogue import LAYOUTS, MODULES, says
from benchmarks.layouts.files import made, truth, write
from benchmarks.layouts.measure import measure

WRITE = """
import sys
from pathlib import Path
from benchmarks.layouts.catalogue import LAYOUTS
from benchmarks.layouts.files import made, write
for name in sys.argv[2:]:
    write(made(LAYOUTS[name], 7), Path(sys.argv[1]) / name)
"""
SOME = ("crm_contacts", "nested_events", "typed_parquet", "japanese_customers", "russian_clinic", "thousand_copies")
"""Every format, several encodings."""


def digests(folder: Path) -> dict[str, str]:
    """Every file below a folder, with what its bytes hash to."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.*"))
    }


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    """In other processes, whatever Python's own hashes are."""
    for salt in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": salt}
        subprocess.run([sys.executable, "-c", WRITE, str(tmp_path / salt), *SOME], check=True, env=environment)
    found = digests(tmp_path / "1")
    assert len(found) == len(SOME) + 9
    assert found == digests(tmp_path / "2")


def test_another_seed_gives_other_people() -> None:
    """Nothing but the seed chooses."""
    layout = LAYOUTS["two_people"]
    assert made(layout, 1).files[0].records != made(layout, 2).files[0].records


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_record_has_one_truth(name: str) -> None:
    """Records are named once, all rows of a file have the same columns, and none of them tells who it is."""
    found = made(LAYOUTS[name], 7)
    told = truth(found)
    ids = told.column("record_id").to_pylist()
    assert len(set(ids)) == len(ids) == sum(len(file.records) for file in found.files)
    assert 300 <= len(ids) <= 3200
    for file in found.files:
        assert {tuple(row) for _, row in file.records} == {tuple(file.records[0][1])}
        assert file.key not in file.records[0][1]


def test_layouts_differ_and_say_what_they_are() -> None:
    """Names are not used twice, and each has a line."""
    assert len(LAYOUTS) == sum(len(module.LAYOUTS) for module in MODULES)
    assert len({says(layout) for layout in LAYOUTS.values()}) == len(LAYOUTS)
    assert all(says(layout) for layout in LAYOUTS.values())


def test_files_hold_what_the_truth_names(tmp_path: Path) -> None:
    """Parquet's rows are those of truth.parquet, in order."""
    found = made(LAYOUTS["typed_parquet"], 7)
    (path,) = write(found, tmp_path)
    key = found.files[0].key
    assert (
        pq.read_table(path).column(key).to_pylist()
        == pq.read_table(tmp_path / "truth.parquet")["record_id"].to_pylist()
    )


def test_a_layout_is_resolved_and_scored(tmp_path: Path) -> None:
    """The command runs on a layout's files and what it finds is compared with who is who."""
    score = measure(made(LAYOUTS["gym_members"], 7), tmp_path, [sys.executable, "-m", "api.cli"])
    assert (score.rows, score.files, score.matches) == (800, 1, 0)
    assert score.found is not None
    assert score.b3_f1 is not None
    assert score.b3_f1 > 0.9


def test_a_failing_command_is_written_down(tmp_path: Path) -> None:
    """A table that the engine cannot read stays in the results, without a score."""
    score = measure(made(LAYOUTS["two_people"], 7), tmp_path, [sys.executable, "-c", "raise SystemExit(1)"])
    assert (score.rows, score.f1, score.estimated) == (300, None, None)
