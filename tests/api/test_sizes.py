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

from benchmarks.__main__ import SETS, LabelledSet, measure

DEMO_CPU_S = 250
"""Three minutes on two cores are 360 processor seconds; the demo took 145 when this was written, kernels compiled."""

LEAST = {
    "historical_50k": 0.93,
    "multisource_114k": 0.985,
    "census_cis": 0.99,
    "febrl3": 0.99,
    "febrl4": 0.99,
    "senzing_truthset": 0.75,
}

pytestmark = pytest.mark.slow
needs_data = pytest.mark.skipif("C360_DATA" not in os.environ, reason="C360_DATA is not set")
CHILD = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True, text=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"code": done.returncode, "out": done.stdout, "err": done.stderr,
                  "cpu_s": used.ru_utime + used.ru_stime, "peak_kb": used.ru_maxrss}))
"""


def c360(*words: str, kernels: Path | None = None) -> dict[str, Any]:
    """Run a command in a process of its own; give its JSON, its processor time and its peak of resident memory.

    With a folder for compiled kernels, it finds there only what is there: nothing after a fresh installation.
    """
    environment = os.environ | ({"NUMBA_CACHE_DIR": str(kernels)} if kernels else {})
    command = [sys.executable, "-c", CHILD, sys.executable, "-m", "api.cli", *words, "--json"]
    ran: dict[str, Any] = msgspec.json.decode(
        subprocess.run(command, capture_output=True, check=True, env=environment).stdout
    )
    assert ran["code"] == 0, ran["err"]
    return ran | {"said": msgspec.json.decode(ran["out"])}


def test_the_demo_of_twenty_thousand_takes_under_three_minutes(tmp_path: Path) -> None:
    """The first demo after an installation uses two thirds of what two cores have in three minutes, at most."""
    ran = c360("demo", "--workspace", str(tmp_path / "demo"), kernels=tmp_path / "kernels")
    assert ran["said"]["agreement"]["people"] == 20_000
    assert ran["cpu_s"] < DEMO_CPU_S


@needs_data
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("labelled", [each for each in SETS if each.name in LEAST], ids=lambda each: each.name)
def test_labelled_sets_are_found_without_a_setting(labelled: LabelledSet, tmp_path: Path) -> None:
    """The commands that the accuracy page reports reach what is promised of each set (pairwise F1)."""
    found: dict[str, Any] = measure(labelled, Path(os.environ["C360_DATA"]), tmp_path)
    assert found["evaluation"]["agreement"]["f1"] >= LEAST[labelled.name]


@needs_data
@pytest.mark.timeout(3600)
def test_a_million_records_fit_in_four_gigabytes(tmp_path: Path) -> None:
    """Resolving customers_1m never holds 4 GB of memory."""
    records = str(Path(os.environ["C360_DATA"]) / "customers_1m" / "records.parquet")
    ran = c360("resolve", records, "--id", "record_id", "--source", "source", "--out", str(tmp_path / "out"))
    assert ran["said"]["records"] > 900_000
    assert ran["peak_kb"] * 1024 < 4e9
