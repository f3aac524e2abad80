"""The promised sizes: the demo in its time, labelled sets at their accuracy, a million records in four gigabytes.

Time is processor time of the child, user and system, because it does not depend on what else the machine does.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

DEMO_CPU_S = 250
"""Three minutes on two cores are 360 processor seconds; the demo took 139 when this was written."""

pytestmark = pytest.mark.slow
needs_data = pytest.mark.skipif("C360_DATA" not in os.environ, reason="C360_DATA is not set")
CHILD = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True, text=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"code": done.returncode, "out": done.stdout, "err": done.stderr,
                  "cpu_s": used.ru_utime + used.ru_stime, "peak_kb": used.ru_maxrss}))
"""


def c360(*words: str) -> dict[str, Any]:
    """Run a command in a process of its own; give its JSON, its processor time and its peak of resident memory."""
    command = [sys.executable, "-c", CHILD, sys.executable, "-m", "api.cli", *words, "--json"]
    ran: dict[str, Any] = msgspec.json.decode(subprocess.run(command, capture_output=True, check=True).stdout)
    assert ran["code"] == 0, ran["err"]
    return ran | {"said": msgspec.json.decode(ran["out"])}


def test_the_demo_of_twenty_thousand_takes_under_three_minutes(tmp_path: Path) -> None:
    """The whole demo uses no more processor time than two cores have in three minutes, with a third to spare."""
    ran = c360("demo", "--workspace", str(tmp_path / "demo"))
    assert ran["said"]["agreement"]["people"] == 20_000
    assert ran["cpu_s"] < DEMO_CPU_S


@needs_data
@pytest.mark.timeout(1800)
def test_historical_figures_are_found_without_a_setting(tmp_path: Path) -> None:
    """The command of the README finds at least 78 of 100 on historical_50k (pairwise F1)."""
    files = [str(path) for path in sorted((Path(os.environ["C360_DATA"]) / "historical_50k").glob("*.parquet"))]
    out = str(tmp_path / "out")
    c360("resolve", *files, "--id", "unique_id", "--ignore", "cluster", "--out", out)
    found = c360("evaluate", out, "--truth", *files, "--label", "cluster", "--id", "unique_id")["said"]
    assert found["agreement"]["f1"] >= 0.78


@needs_data
@pytest.mark.timeout(3600)
def test_a_million_records_fit_in_four_gigabytes(tmp_path: Path) -> None:
    """Resolving customers_1m never holds 4 GB of memory."""
    records = str(Path(os.environ["C360_DATA"]) / "customers_1m" / "records.parquet")
    ran = c360("resolve", records, "--id", "record_id", "--source", "source", "--out", str(tmp_path / "out"))
    assert ran["said"]["records"] > 900_000
    assert ran["peak_kb"] * 1024 < 4e9
