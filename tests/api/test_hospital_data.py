"""Real hospital data go from files to GraphQL with nothing but `init`, `map` and `run`."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli.main import build_app
from api.graphql import answer
from api.policy.contract import Caller, Role
from api.run import Workspace
from api.server.engine import engine_of

pytestmark = pytest.mark.slow
ADMIN = Caller(key_id="test", role=Role.ADMIN, purpose="administration")
SYNTHEA = ("patients", "encounters", "conditions", "medications", "observations")
CASES = """query ($after: String) {
  patients(first: 100, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } }
}"""
JOURNEY = """query ($id: ID!) {
  journey(customer: $id, first: 100) { edges { node { type at cost about } } pageInfo { hasNextPage endCursor } }
}"""


def made(folder: Path, files: list[Path]) -> Workspace:
    """Initialise, map every file as proposed, and run."""
    run = CliRunner()
    for arguments in (
        ["init", str(folder)],
        *(["map", str(file), "--workspace", str(folder), "--write"] for file in files),
    ):
        done = run.invoke(build_app((arguments[0],)), arguments)
        assert done.exit_code == 0, done.output
    done = run.invoke(build_app(("run",)), ["run", "--workspace", str(folder)])
    assert done.exit_code == 0, done.output
    return Workspace.open(folder)


def ask(workspace: Workspace, document: str, **variables: object) -> dict[str, Any]:
    """Ask as an administrator and give the data."""
    body: dict[str, Any] = answer(engine_of(workspace), ADMIN, document, variables)
    assert "errors" not in body, body
    data: dict[str, Any] = body["data"]
    return data


def patients(workspace: Workspace) -> Iterator[str]:
    """The id of every patient, page by page."""
    after = None
    while True:
        page = ask(workspace, CASES, after=after)["patients"]
        yield from (edge["node"]["id"] for edge in page["edges"])
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]


@pytest.fixture(scope="module")
def data() -> Path:
    """The folder of outside data."""
    if "C360_DATA" not in os.environ:
        pytest.skip("C360_DATA is not set")
    return Path(os.environ["C360_DATA"])


def test_patients_have_journeys_conditions_and_costs(data: Path, tmp_path: Path) -> None:
    """Every Synthea patient is found; their visits have costs and their conditions can be asked for."""
    with made(tmp_path / "ws", [data / "synthea_csv" / f"{name}.csv" for name in SYNTHEA]) as workspace:
        found = list(patients(workspace))
        assert len(found) == 27
        touchpoints = [
            edge["node"] for person in found for edge in ask(workspace, JOURNEY, id=person)["journey"]["edges"]
        ]
        assert {"visit", "condition", "medication"} <= {touchpoint["type"] for touchpoint in touchpoints}
        assert sum(touchpoint["cost"] or 0 for touchpoint in touchpoints if touchpoint["type"] == "visit") > 0
        condition = next(touchpoint["about"] for touchpoint in touchpoints if touchpoint["type"] == "condition")
        asked = "query ($c: String!) { patients(where: {conditions: [$c]}) { edges { node { id } } } }"
        assert ask(workspace, asked, c=condition)["patients"]["edges"]


def test_every_case_of_the_hospital_log_has_its_journey(data: Path, tmp_path: Path) -> None:
    """All 1,050 sepsis cases, the one named NA among them, are patients with a journey; the flow begins in the ER."""
    with made(tmp_path / "ws", [data / "sepsis" / "sepsis.csv"]) as workspace:
        found = list(patients(workspace))
        assert len(found) == len(set(found)) == 1050
        assert all(ask(workspace, JOURNEY, id=case)["journey"]["edges"] for case in found)
        flow = ask(workspace, "{ journeys { flow(first: 20) { fromStep toStep people medianS } } }")["journeys"]["flow"]
        assert [step["people"] for step in flow if step["fromStep"] is None and step["toStep"] == "er_registration"]
        with workspace.lake.connect(workspace.newest()) as lake:
            assert lake.execute("SELECT count(*) FROM events WHERE who_value = 'NA'").fetchall()[0][0] > 0
