"""Cells that hold several contacts: all of them count, and one number with signs inside it stays one."""

import json
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from ingest import PeopleOptions, SourceSettings, read_people, read_rows
from ingest.people.plan import Plan
from ingest.people.several import most_of_each
from tests.ingest.workshop import Workshop

OPTIONS = PeopleOptions(id_columns=("id",), default_region="DE")


def contacts(cell: str, field: str) -> object:
    """What is read of one cell, beside a few that hold one contact."""
    others = {"email": "ann{n}@x.org", "phone": "030 44{n}779"}
    cells = [others[field].format(n=n) for n in range(20, 28)]
    table = pa.table({"id": [str(n) for n in range(9)], field: [cell, *cells]})
    return read_rows({"crm": table}, OPTIONS).records.column(f"{field}s").to_pylist()[0]


@pytest.mark.parametrize(
    "cell",
    [
        "a@x.org; b@y.org",
        "a@x.org / b@y.org",
        "a@x.org/b@y.org",
        "A@x.org, info@z.org, B <b@y.org>",
        '["a@x.org","b@y.org"]',
        "a@x.org b@y.org a@x.org",
    ],
)
def test_each_email_of_a_cell_counts(cell: str) -> None:
    """Once, in their order, whatever stands between them; what is nobody's is left out."""
    assert contacts(cell, "email") == ["a@x.org", "b@y.org"]


@pytest.mark.parametrize(
    "cell",
    [
        "0211/123456 / 0170 1234567",
        "0211/123456/0170/1234567",
        "0211-123456, 0170 1234567",
        "+49 211 123456 +49 170 1234567",
        "+49 (0)211 123456; +49 (0)170 1234567",
        "(0211) 123456 oder (0170) 1234567",
        "Büro: 0211 123456 | mobil: 0170 1234567",
        '["0211 123456", "0170 1234567"]',
        '[{"type": "home", "number": "0211123456"}, {"type": "work", "number": "01701234567"}]',
    ],
)
def test_each_telephone_number_of_a_cell_counts(cell: str) -> None:
    """Whatever stands between them, and whatever signs stand inside them."""
    assert contacts(cell, "phone") == ["+49211123456", "+491701234567"]


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        ("0211/123456", "+49211123456"),
        ("0211 / 12 34 56", "+49211123456"),
        ("+49 33841/1234567", "+49338411234567"),
        ("+49 (0)211/123456-0", "+492111234560"),
        ("0211 123456, ext 12", "+49211123456"),
    ],
)
def test_a_number_with_signs_inside_is_one(cell: str, phone: str) -> None:
    """A slash behind an area code, or an extension behind a comma, cuts nothing."""
    assert contacts(cell, "phone") == [phone]


def test_columns_with_one_contact_a_cell_stay_as_they_are(database: duckdb.DuckDBPyConnection) -> None:
    """Nothing is taken apart where no cell holds several: not numbers with slashes, nor a slip of the key `@`."""
    table = pa.table({"mail": ["a@x.org", "a@b@c.org", None], "tel": ["0211/123456", "1-800-555-1234/5678", ""]})
    assert most_of_each(database, table, Plan(emails=("mail",), phones=("tel",))) == {}


def test_columns_of_cells_that_all_hold_several_are_found(tmp_path: Path) -> None:
    """Lists in a JSON file, of different length, are contacts without configuration."""
    people = [
        {"id": n, "phones": [f"030 44{n}779", f"+4917012345{n}"][: 1 + n % 2], "emails": [f"a{n}@x.org", f"b{n}@y.org"]}
        for n in range(20, 30)
    ]
    path = tmp_path / "crm.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in people))
    records = read_people([path], OPTIONS).records
    assert records.column("phones").to_pylist()[:2] == [["+49304420779"], ["+49304421779", "+491701234521"]]
    assert records.column("emails").to_pylist()[1] == ["a21@x.org", "b21@y.org"]


def test_a_lake_holds_each_contact_of_a_cell(workshop: Workshop) -> None:
    """A configured source is read alike, and what the source wrote stays as it was."""
    workshop.write(
        "p.csv", "id,mail,tel\n1,a@x.org; b@y.org,415-555-1004 / 415-555-1009\n2,c@x.org,000-0000; 415-555-1007\n"
    )
    workshop.run(p=SourceSettings(path="p.csv", key="id", fields={"mail": "email", "tel": "phone"}))
    assert workshop.ask(
        "SELECT emails, phones, original['mail'], cardinality(original) FROM records ORDER BY source_key"
    ) == [
        (["a@x.org", "b@y.org"], ["+14155551004", "+14155551009"], "a@x.org; b@y.org", 2),
        (["c@x.org"], ["+14155551007"], "c@x.org", 2),
    ]
    assert workshop.ask("SELECT count(*) FROM rejects") == [(0,)]


def test_what_stands_beside_a_number_is_none(tmp_path: Path) -> None:
    """Of an object in JSON the fields that name a number count, not its date or id."""
    phone = {"number": "415-555-1234", "verified": "2020-01-01", "id": 12345678}
    rows = [{"id": str(n), "name": f"Ann Lee{n}", "phone": f"415-555-1{n:03}"} for n in range(40)]
    text = "".join(json.dumps(row) + "\n" for row in [*rows, {"id": "x", "name": "Bo Oz", "phone": [phone]}])
    (tmp_path / "crm.jsonl").write_text(text)
    found = read_people([tmp_path / "crm.jsonl"], PeopleOptions(id_columns=("id",)))
    assert found.records.column("phones").to_pylist()[-1] == ["+14155551234"]
