"""`c360 evaluate` measures a workspace as it measures a resolve's folder, and writes down whom it showed."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli.main import build_app
from api.run import Workspace, run_workspace
from core.errors import MissingError
from tests.api.workspaces import write_workspace

PEOPLE = 40
RUNS = (datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 6, 2, tzinfo=UTC))


def c360(*words: object) -> Any:
    """What a command answers as JSON."""
    arguments = [str(word) for word in (*words, "--json")]
    result = CliRunner().invoke(build_app((arguments[0],)), arguments, catch_exceptions=False)
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of forty people, half of them in two sources, and who is who; one left before the second run."""
    folder = write_workspace(tmp_path_factory.mktemp("measured") / "ws", people=PEOPLE)
    run(folder, RUNS[0])
    run(write_workspace(folder, people=PEOPLE, deleted=(1,)), RUNS[1])
    rows = [f"crm,{number},{number}" for number in range(PEOPLE)]
    rows += [f"clinic,M{number},{number}" for number in range(0, PEOPLE, 2)]
    (folder / "truth.csv").write_text("\n".join(["source,key,person", *rows]) + "\n")
    return folder


def run(folder: Path, now: datetime) -> None:
    """Run the workspace once."""
    with Workspace.open(folder) as workspace:
        run_workspace(workspace, now=now)


@pytest.fixture(scope="module")
def figures(root: Path) -> Any:
    """All that can be measured with truth."""
    truth = ("--truth", root / "truth.csv", "--label", "person", "--id", "key", "--source", "source")
    return c360("evaluate", root, *truth, "--errors", "--sweep", root / "sweep.svg", "--as", "ann")


def test_a_workspace_is_measured_against_truth(figures: Any) -> None:
    """Living records with a label are measured, others counted; errors are sorted and every threshold is tried."""
    assert figures["agreement"]["f1"] == 1
    assert (figures["labelled"], figures["absent"]) == (PEOPLE + PEOPLE // 2 - 1, 1)
    assert {one["by"] for one in figures["breakdown"]["groups"]} == {"sex", "born", "script", "source"}
    assert figures["sweep"]["matches"] == PEOPLE // 2


def test_whoever_is_in_a_sample_is_in_the_audit_log(root: Path) -> None:
    """A sample to review shows people, is for its owner's eyes only, and the log names each of them."""
    sample = Path(c360("evaluate", root, "--sample", "10", "--as", "bob")["sample"])
    lines = sample.read_text().splitlines()
    sample.unlink()
    assert len(lines) > 10
    entries = c360("audit", "list", "--workspace", root, "--who", "user:bob", "--last", "1000")
    assert {entry["operation"] for entry in entries} == {"evaluate"}
    assert len({entry["entity_id"] for entry in entries}) >= 10


def test_two_runs_of_a_workspace_are_compared(root: Path) -> None:
    """The second run lost a record, whose orders are now of somebody nobody knows; a run that never was is missing."""
    with Workspace.open(root) as workspace:
        first, last = (one.run_id for one in sorted(workspace.lake.snapshots(), key=lambda one: one.at))
    changes = c360("evaluate", root, "--against", first)["changes"]
    assert (changes["gone"], changes["added"], changes["moved"]["entities"]) == (1, 1, 0)
    assert c360("evaluate", root, "--against", last)["changes"]["gone"] == 0
    with pytest.raises(MissingError):
        c360("evaluate", root, "--against", "run_never")
