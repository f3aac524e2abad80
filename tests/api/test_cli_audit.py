"""Whoever reads about people at the command line is in the audit log, and the log shows when it was changed."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from api.run import Workspace, run_workspace
from api.run.segments import save_segment
from insight.segments import parse
from tests.api.workspaces import C360, write_workspace

Asked = Callable[..., tuple[int, Any]]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of twelve people, run, with a segment of everybody."""
    folder = write_workspace(tmp_path_factory.mktemp("audited") / "ws", people=12)
    everybody = parse({"match": "profile", "field": "records", "op": "gte", "value": 1})
    with Workspace.open(folder) as workspace:
        save_segment(workspace.ledger, "everybody", everybody, who="test")
        run_workspace(workspace)
    return folder


@pytest.fixture
def asked(c360: C360) -> Asked:
    """Runs a command as `c360` does, and reads the JSON that it prints."""

    def run(*words: str, place: str = "--workspace") -> tuple[int, Any]:
        code, said = c360(*words, "--json", place=place)
        return code, msgspec.json.decode(said or b"null")

    return run


def test_everybody_exported_is_in_the_log(asked: Asked, tmp_path: Path) -> None:
    """An export writes one entry for each person in it: who, which fields, which snapshot; `audit list` shows them."""
    _, export = asked("export", "everybody", "--out", str(tmp_path / "out"), "--as", "ann")
    _, entries = asked("audit", "list", "--who", "user:ann", "--last", "1000")
    assert len(entries) == export["rows"] == len({entry["entity_id"] for entry in entries}) > 10
    assert {"email", "family_name"} <= set(entries[0]["fields"])
    assert {(entry["operation"], entry["snapshot"]) for entry in entries} == {("export", export["snapshot"])}


def test_whoever_is_explained_is_in_the_log(asked: Asked) -> None:
    """Explaining two records or one person tells about people, and says so."""
    _, pair = asked("explain", "crm:2", "clinic:M2", "--as", "bob", place="--in")
    (_, entries) = asked("audit", "list", "--who", "user:bob")
    person = entries[0]["entity_id"]
    assert pair["pair"]["left"] == "clinic:M2"
    asked("explain", "entity", person, "--as", "bob", place="--in")
    assert [entry["entity_id"] for entry in asked("audit", "list", "--person", person)[1]].count(person) >= 2


def test_what_the_api_names_the_command_line_explains(asked: Asked, root: Path) -> None:
    """A record may be given as the API and the graph call it, and an entity without saying that it is one."""
    with Workspace.open(root) as opened, opened.lake.connect(opened.newest()) as lake:
        query = "SELECT uid FROM records WHERE record_id IN ('crm:2', 'clinic:M2') ORDER BY record_id"
        uids = [uid for (uid,) in lake.execute(query).fetchall()]
        (person,) = lake.execute("SELECT entity_id FROM members WHERE record_id = 'crm:2'").fetchone() or ("",)
    _, found = asked("explain", *uids, place="--in")
    assert (found["pair"]["left"], found["pair"]["right"]) == ("clinic:M2", "crm:2")
    assert asked("explain", person, place="--in") == asked("explain", "entity", person, place="--in")


def test_a_traversal_may_tell_about_anybody(asked: Asked) -> None:
    """Whoever asks the graph with a traversal of their own is in the log, for everybody."""
    asked("graph", "query", "g.V().hasLabel('Person').count()", "--as", "cy")
    (entry,) = asked("audit", "list", "--who", "user:cy")[1]
    assert (entry["operation"], entry["entity_id"]) == ("graph query", "*")


def test_a_changed_log_is_found_at_its_entry(asked: Asked, root: Path) -> None:
    """An untouched log verifies; after one entry is changed behind the engine's back, verify fails and names it."""
    asked("graph", "query", "g.V().count()", "--as", "dee")
    code, whole = asked("audit", "verify")
    assert (code, whole["whole"]) == (0, True)
    with sqlite3.connect(root / "ledger.db") as ledger:
        ledger.execute("DROP TRIGGER entries_stay")
        ledger.execute(
            "UPDATE entries SET entry = replace(entry, 'user:', 'nobody:') WHERE stream = 'audit' AND seq = 1"
        )
    ledger.close()
    code, refused = asked("audit", "verify")
    assert code == 1
    assert refused["error"]["facts"]["entry"] == 1


def test_an_export_is_as_of_a_snapshot_or_a_time(asked: Asked, tmp_path: Path) -> None:
    """A date stands for the last snapshot of that day; before the first one there is nothing, and that is said."""
    _, status = asked("status")
    newest = status["history"][0]
    wanted = (newest["snapshot"], newest["at"][: len("2026-01-31")], newest["at"])
    for number, moment in enumerate(wanted):
        _, export = asked("export", "everybody", "--out", str(tmp_path / str(number)), "--snapshot", moment)
        assert export["snapshot"] == newest["snapshot"]
    code, error = asked("export", "everybody", "--out", str(tmp_path / "none"), "--snapshot", "1999-12-31")
    assert (code, error["error"]["code"]) == (1, "NOT_FOUND")
