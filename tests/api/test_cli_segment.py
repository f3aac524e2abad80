"""`c360 segment` and `c360 export`: what is in a segment before a run has filled it, and what its words find."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from api.run import Workspace, run_workspace
from core.clock import parse_instant
from tests.api.workspaces import C360, write_workspace

RIVERTON = {"match": "profile", "field": "city", "op": "eq", "value": "Riverton"}
SLIP = {"match": "all", "of": [{"match": "event", "type": ["Orders"]}, RIVERTON]}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of twelve people, run, with two definitions beside it."""
    folder = write_workspace(tmp_path_factory.mktemp("segments") / "ws", people=12)
    (folder / "riverton.json").write_text(json.dumps(RIVERTON))
    (folder / "slip.json").write_text(json.dumps(SLIP))
    with Workspace.open(folder) as workspace:
        run_workspace(workspace, now=parse_instant("2026-06-01"))
    return folder


def read(said: tuple[int, str]) -> Any:
    """What a command printed as JSON."""
    return msgspec.json.decode(said[1])


def test_a_segment_is_counted_and_exported_before_a_run_fills_it(c360: C360, root: Path, tmp_path: Path) -> None:
    """Saved, listed and exported it has the people that its definition finds now; after a run the same."""
    made = read(c360("segment", "create", "Riverton", str(root / "riverton.json"), "--json"))
    (listed,) = read(c360("segment", "list", "--json"))
    code, said = c360("export", "riverton", "--out", str(tmp_path / "before"))
    assert code == 0
    assert f"{made['size']:,} people in" in said
    assert "No run has found anybody in 'Riverton' yet" in said
    with Workspace.open(root) as workspace:
        assert run_workspace(workspace, now=parse_instant("2026-06-02")).published
    after = read(c360("export", "Riverton", "--out", str(tmp_path / "after"), "--json"))
    assert made["size"] == listed["size"] == after["rows"] > 0
    replaced = read(c360("segment", "create", "Riverton", str(root / "slip.json"), "--replace", "--json"))
    assert read(c360("export", "Riverton", "--out", str(tmp_path / "replaced"), "--json"))["rows"] == replaced["size"]


def test_a_value_that_nobody_has_is_warned_of(c360: C360, root: Path) -> None:
    """With those there are; JSON has the same as data."""
    _, said = c360("segment", "preview", str(root / "slip.json"))
    assert "Warning: Nobody has an event of type 'Orders' (of[0]). There are order." in said
    (told,) = read(c360("segment", "preview", str(root / "slip.json"), "--json"))["unheard"]
    assert (told["path"], told["value"], told["near"]) == ("of[0]", "Orders", ["order"])


def test_a_telephone_number_needs_no_country_code(c360: C360, root: Path) -> None:
    """One of the workspace's own region is found as people there write it, in a preview and by a run."""
    sought = {"match": "profile", "field": "phone", "op": "eq", "value": "(415) 555-1004"}
    (root / "caller.json").write_text(json.dumps(sought))
    assert read(c360("segment", "preview", str(root / "caller.json"), "--json"))["size"] == 1
    c360("segment", "create", "Caller", str(root / "caller.json"))
    with Workspace.open(root) as workspace:
        notes = run_workspace(workspace, now=parse_instant("2026-06-04")).notes
    assert not [note for note in notes if "'Caller'" in note]
    sizes = {one["name"]: one["size"] for one in read(c360("segment", "list", "--json"))}
    assert sizes["Caller"] == 1


def test_a_run_notes_a_slip_without_what_may_be_personal(c360: C360, root: Path) -> None:
    """Segment and place are told, and not the address that somebody looked for."""
    sought = {"match": "profile", "field": "email", "op": "eq", "value": "jane@mail.example"}
    (root / "jane.json").write_text(json.dumps(sought))
    c360("segment", "create", "Sought", str(root / "jane.json"))
    with Workspace.open(root) as workspace:
        notes = run_workspace(workspace, now=parse_instant("2026-06-03")).notes
    (told,) = [note for note in notes if "'Sought'" in note]
    assert "e-mail address" in told
    assert "jane" not in told


def test_a_segment_that_there_is_not_is_said_with_those_there_are(c360: C360, root: Path, tmp_path: Path) -> None:
    """An export of nothing names what could be meant."""
    c360("segment", "create", "Riverfolk", str(root / "riverton.json"))
    code, said = c360("export", "Riverfolks", "--out", str(tmp_path / "none"))
    assert code == 1
    assert "There is no segment 'Riverfolks'." in said
    assert "Did you mean 'Riverfolk'?" in " ".join(said.split())
