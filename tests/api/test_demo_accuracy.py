"""Resolving the demo is as hard as resolving a large labelled set: the same command, nearly the same figure."""

import os
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from api.cli.main import build_app
from api.demo.contract import DEMO_PEOPLE
from api.demo.export import write_people
from api.demo.running import run_demo

COLUMNS = ("--id", "record_id", "--source", "source")


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("C360_DATA" not in os.environ, reason="C360_DATA is not set"),
]


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> float:
    """F1 of customers_1m."""
    return _f1(Path(os.environ["C360_DATA"]) / "customers_1m", tmp_path_factory.mktemp("theirs"))


def test_cluster_f1_is_within_five_points_of_the_large_set(theirs: float, tmp_path: Path) -> None:
    """`c360 resolve` gives the demo's 20,000 people, in one table, nearly the same F1."""
    write_people(tmp_path / "ours", DEMO_PEOPLE)
    assert _f1(tmp_path / "ours", tmp_path / "out") == pytest.approx(theirs, abs=0.05)


def test_the_demos_own_sources_are_as_hard(theirs: float, tmp_path: Path) -> None:
    """`c360 demo`, from its seven systems to people, is within five points of the large set, too."""
    assert run_demo(tmp_path / "demo", DEMO_PEOPLE).agreement.f1 == pytest.approx(theirs, abs=0.05)


def _f1(folder: Path, target: Path) -> float:
    """Pairwise F1 of the clusters that the command finds."""
    app, out = build_app(("resolve", "evaluate")), str(target)
    resolved = CliRunner().invoke(app, ["resolve", str(folder / "records.parquet"), "--out", out, *COLUMNS])
    assert resolved.exit_code == 0, resolved.output
    truth = ["--truth", str(folder / "truth.parquet"), "--label", "person_id", "--id", "record_id", "--json"]
    evaluated = CliRunner().invoke(app, ["evaluate", out, *truth])
    figures = msgspec.json.decode(evaluated.stdout)
    return float(figures["agreement"]["f1"])
