"""Every column that is no evidence says why, in words and without its values."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli.left_out import left_out
from api.cli.main import build_app
from ingest import ColumnKind

NAMES = ("Ada", "Bela", "Cora", "Dana", "Ella", "Fay", "Gina", "Hope")


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty people, with columns that say nothing of who they are."""
    path = tmp_path_factory.mktemp("people") / "people.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["id", "first_name", "last_name", "remarks", "system", "row", "created"])
        for number in range(40):
            names = NAMES[number % 8], f"{NAMES[number // 8]}son"
            out.writerow([f"k{number}", *names, "", "crm", number + 1, f"2024-01-{number % 28 + 1:02}"])
    return path


def test_the_report_says_why_columns_are_left_out(people: Path, tmp_path: Path) -> None:
    """A blank column, a constant, a number of rows and a day of an event, each with its own reason."""
    done = CliRunner().invoke(build_app(), ["resolve", str(people), "--id", "id", "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    said = {row.split("</td>")[0]: row for row in page[page.index('id="columns"') :].split("<tr><td>")[1:]}
    assert {name: row.partition("left out: ")[2].partition("<")[0] for name, row in said.items()} == {
        "first_name": "",
        "last_name": "",
        "remarks": "no row says anything in it",
        "system": "all rows that have it say the same",
        "row": "its numbers are of rows, not of people",
        "created": "a date, but not of birth",
    }


def test_what_was_said_is_its_own_reason() -> None:
    """A column that the user left out is left out because of that, whatever stands in it."""
    column = ColumnKind(column="x", kind="ignore", confidence=1.0, samples=("a", "b"))
    assert left_out(column) == "you said so"
    assert left_out(replace(column, confidence=0.9)) == "its numbers are of rows, not of people"
    assert left_out(replace(column, kind="email")) == ""
