"""Events by an identifier that several people bear are nobody's, and somebody's again when only one bears it."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.run import RunSummary, Workspace, run_workspace
from tests.api.workspaces import person, write_workspace

FIRST = datetime(2026, 6, 1, tzinfo=UTC)
ANSWERS = """
[sources.answers]
type = "files"
path = "sources/answers.csv"
content = "answers"
who = { column = "email", system = "email" }
at = "at"
question = "question"
response = "response"
"""
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


@pytest.fixture(scope="module", autouse=True)
def first(couple: Path) -> RunSummary:
    """What the first run says."""
    return run(couple)


@pytest.fixture(scope="module")
def couple(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which two people bear one e-mail."""
    return write_couple(tmp_path_factory.mktemp("couple") / "ws")


def owners(root: Path, email: str) -> list[object]:
    """The records that the orders by an e-mail are of."""
    (*found,) = ask(root, f"SELECT DISTINCT record_id FROM events WHERE who_value = '{email}' ORDER BY 1")
    return [record for (record,) in found]


def test_events_of_a_shared_identifier_are_nobodys(couple: Path, first: RunSummary) -> None:
    """They are at an anonymous person who holds nothing but the identifier; the run says how many, naming no value."""
    assert owners(couple, BORIS) == [NOBODY]
    held = f"SELECT anonymous, emails, given_name, kind FROM records WHERE record_id = '{NOBODY}'"
    assert ask(couple, held) == [(True, [BORIS], None, "patient")]
    together = (
        f"SELECT count(*) FROM members WHERE entity_id IN (SELECT entity_id FROM members WHERE record_id = '{NOBODY}')"
    )
    assert ask(couple, together) == [(1,)]
    assert first.counts["events_of_several"] == 5
    (note,) = [one for one in first.notes if "several people bear" in one]
    assert note.startswith("orders: 5 events are by 1 email that several people bear")
    assert BORIS not in note


def test_events_of_one_person_are_the_persons(couple: Path) -> None:
    """Two records of one person that bear one e-mail do not make it a shared one."""
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


def test_whoever_stands_for_an_identifier_is_no_bearer_of_it(couple: Path) -> None:
    """In the graph one e-mail has two people, who bear it, and every other has one, a stranger's too."""
    with Workspace.open(couple) as workspace:
        graph = workspace.graph()
        emails = graph.run(graph.g().V().has("Identifier", "system", "email").values("people"))
    assert Counter(emails) == {1: 59, 2: 1}


def test_a_refusal_by_a_shared_identifier_is_of_all_who_bear_it(tmp_path: Path) -> None:
    """A consent by it is nobody's."""
    root = write_couple(tmp_path / "ws")
    with (root / "c360.toml").open("a", encoding="utf-8") as settings:
        settings.write(ANSWERS)
    rows = [f"{BORIS},2026-05-01,consent_{purpose},{said}" for purpose, said in (("email", "no"), ("sms", "yes"))]
    text = "\n".join(["email,at,question,response", *rows]) + "\n"
    (root / "sources" / "answers.csv").write_text(text, encoding="utf-8")
    run(root)
    found = ask(root, "SELECT record_id, purpose, granted FROM consents WHERE purpose = 'email' ORDER BY 1")
    assert found == [(record, "email", False) for record in ("clinic:M2", "crm:1", "crm:2", NOBODY)]
    assert ask(root, "SELECT record_id, granted FROM consents WHERE purpose = 'sms'") == [(NOBODY, True)]


def test_a_run_after_another_keeps_who_stands_for_an_identifier(tmp_path: Path) -> None:
    """Its ids and its time stay when somebody else's record changes."""
    root = write_couple(tmp_path / "ws")
    run(root)
    query = "SELECT uid, entity_id, ingested_at FROM records JOIN members USING (record_id) WHERE record_id = '{}'"
    held = query.format(NOBODY)
    before = ask(root, held)
    write_couple(root, deleted=(7,))
    assert run(root, 1).published is True
    assert ask(root, held) == before
    assert run(root, 2).published is False
