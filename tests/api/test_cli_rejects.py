"""`c360 rejects`: every row with a problem, whatever became of it."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from api.run import Workspace, run_workspace
from core.clock import parse_instant
from tests.api.workspaces import C360, write_workspace

BORN = "31/02/1985"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace, run, of twelve people, one of them born on no day, with an order of no time and one to come."""
    folder = write_workspace(tmp_path_factory.mktemp("rejected") / "ws", people=12)
    crm, orders = folder / "sources" / "crm.csv", folder / "sources" / "orders.csv"
    crm.write_text(crm.read_text() + f"90,Zoe,Quist,{BORN},zoe@mail.example,,,Lakeside,90001,,38\n")
    orders.write_text(orders.read_text() + "O-late,zoe@mail.example,2031-01-01T00:00:00Z,tea,3,x\n")
    with Workspace.open(folder) as workspace:
        summary = run_workspace(workspace, now=parse_instant("2026-06-01"))
    assert {name: summary.counts[name] for name in ("rejects", "problems")} == {"rejects": 1, "problems": 2}
    return folder


def entries(c360: C360, who: str) -> list[dict[str, Any]]:
    """What the audit log has of a reader."""
    found: list[dict[str, Any]] = msgspec.json.decode(c360("audit", "list", "--who", f"user:{who}", "--json")[1])
    return found


def test_every_row_is_listed_without_its_value(c360: C360) -> None:
    """File, line, field, reason, and whether the row was kept; a value is shown to nobody who does not ask."""
    code, says = c360("rejects", "--as", "ann")
    assert code == 0
    assert "crm  sources/crm.csv:14  born  kept: There is no such day" in says
    assert "  at  set aside: No time that can be read." in says
    assert "  at  kept: This time is still to come" in says
    assert "1 set aside, 2 kept with a problem" in says
    assert BORN not in says
    assert entries(c360, "ann") == []


def test_whoever_sees_values_is_in_the_audit_log(c360: C360) -> None:
    """The command line may show them, as the reject file does, and writes down that it did."""
    assert BORN in c360("rejects", "--values", "--as", "bob")[1]
    assert [(entry["operation"], "value" in entry["fields"]) for entry in entries(c360, "bob")] == [("rejects", True)]


def test_one_source_is_chosen(c360: C360) -> None:
    """Only its rows are in the answer; a name that no source has is an error."""
    rows = msgspec.json.decode(c360("rejects", "--source", "crm", "--json")[1])
    assert [(row["source"], row["line"], row["field"], row["kept"]) for row in rows] == [("crm", 14, "born", True)]
    assert "value" not in rows[0]
    assert c360("rejects", "--source", "crms") == (
        1,
        "NOT_FOUND c360.toml has no source 'crms'.\nDid you mean 'crm'? Its sources: crm, clinic, orders.\n",
    )


def test_a_run_that_its_rejects_stopped_has_them_listed(c360: C360, root: Path) -> None:
    """Before a run ends its rejects are no snapshot's; where no run was stopped, that is said."""
    assert "No run was stopped by its rejects." in c360("rejects", "--stopped")[1]
    crm = root / "sources" / "crm.csv"
    whole = crm.read_text()
    crm.write_text(whole + "91,Too,few\n" * 20)
    code, said = c360("run", "--now", "2026-06-02")
    assert (code, "c360 rejects --stopped" in said) == (1, True)
    rows = msgspec.json.decode(c360("rejects", "--stopped", "--json")[1])
    assert len([row for row in rows if row["reason"].startswith("The row has 3 cells")]) == 20
    crm.write_text(whole)
    assert c360("run", "--now", "2026-06-02")[0] == 0
    assert "No run was stopped by its rejects." in c360("rejects", "--stopped")[1]
