"""Events by an identifier that several people bear are nobody's, and somebody's again when only one bears it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.run import RunSummary, Workspace, run_workspace
from tests.api.workspaces import person, write_workspace

FIRST = datetime(2026, 6, 1, tzinfo=UTC)
BORIS, CHIDI = person(1)["email"], person(2)["email"]
NOBODY = f"email:{BORIS}"


def ask(root: Path, query: str) -> list[tuple[object, ...]]:
    """Ask the newest snapshot."""
    with Workspace.open(root) as workspace, workspace.lake.connect(workspace.newest()) as lake:
        return lake.execute(query).fetchall()


def run(root: Path, day: int = 0) -> RunSummary:
    """Run the workspace on a day."""
    with Workspace.open(root) as workspace:
        return run_workspace(workspace, now=FIRST + timedelta(days=day))


def write_couple(root: Path, *, deleted: tuple[int, ...] = ()) -> Path:
    """The workspace in which Chidi gives Boris's e-mail, in the CRM and in the clinic, and orders by it."""
    write_workspace(root, deleted=deleted)
    for source in (root / "sources").iterdir():
        source.write_text(source.read_text(encoding="utf-8").replace(CHIDI, BORIS), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def couple(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which two people bear one e-mail."""
    return write_couple(tmp_path_factory.mktemp("couple") / "ws")


def owners(root: Path, email: str) -> list[object]:
    """The records that the orders by an e-mail are of."""
    (*found,) = ask(root, f"SELECT DISTINCT record_id FROM events WHERE who_value = '{email}' ORDER BY 1")
    return [record for (record,) in found]


def test_events_of_a_shared_identifier_are_nobodys(couple: Path) -> None:
    """They are at an anonymous person who holds nothing but the identifier; the run says how many, naming no value."""
    summary = run(couple)
    assert owners(couple, BORIS) == [NOBODY]
    held = f"SELECT anonymous, emails, given_name, kind FROM records WHERE record_id = '{NOBODY}'"
    assert ask(couple, held) == [(True, [BORIS], None, "patient")]
    together = (
        f"SELECT count(*) FROM members WHERE entity_id IN (SELECT entity_id FROM members WHERE record_id = '{NOBODY}')"
    )
    assert ask(couple, together) == [(1,)]
    assert summary.counts["events_of_several"] == 5
    (note,) = [one for one in summary.notes if "several people bear" in one]
    assert note.startswith("orders: 5 events are by 1 email that several people bear")
    assert BORIS not in note


def test_events_of_one_person_are_the_persons(couple: Path) -> None:
    """Two records of one person that bear one e-mail do not make it a shared one."""
    run(couple)
    assert owners(couple, person(0)["email"]) == ["clinic:M0"]


def test_a_shared_identifier_is_somebodys_when_one_is_left(tmp_path: Path) -> None:
    """The events follow when the other is deleted, go when he is back, and the record keeps when it first came."""
    root = write_couple(tmp_path / "ws")
    run(root)
    came = f"SELECT ingested_at FROM records WHERE record_id = '{NOBODY}'"
    first = ask(root, came)
    write_couple(root, deleted=(3,))
    run(root, 1)
    assert ask(root, came) == first
    write_couple(root, deleted=(1,))
    assert "events_of_several" not in run(root, 2).counts
    assert owners(root, BORIS) == ["clinic:M2"]
    assert ask(root, came) == []
    write_couple(root)
    run(root, 3)
    assert owners(root, BORIS) == [NOBODY]


def test_a_run_over_shared_identifiers_can_be_run_again(couple: Path) -> None:
    """Nothing has changed the second time."""
    run(couple)
    assert run(couple, 1).published is False
