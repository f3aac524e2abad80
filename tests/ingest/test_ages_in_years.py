"""Ages as hospitals write them, with a unit, are whole years."""

from pathlib import Path

import pyarrow as pa
import pytest

from ingest import PeopleOptions, read_people
from ingest.read_ages import ages_in_years, with_ages_in_years, with_known_ages


def years(*texts: str | None) -> list[str | None]:
    """The ages of one column."""
    found: list[str | None] = with_ages_in_years(pa.table({"age": list(texts)}), ["age"]).column("age").to_pylist()
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("45Y", "45"),
        ("45 yrs", "45"),
        ("45 Yr.", "45"),
        ("23 Year(s)", "23"),
        ("14Y/3M", "14"),
        ("2Y6M", "2"),
        ("45 yrs 2 mths", "45"),
        ("0Y 5M", "0"),
        ("9 months", "0"),
        ("18 Months", "1"),
        ("9M", "0"),
        ("45 M", "45"),
        ("6 weeks", "0"),
        ("3 d", "0"),
        ("12 años", "12"),
        ("67 лет", "67"),
        ("34歳", "34"),
        ("5か月", "0"),
        ("7 Jahre", "7"),
        ("45", "45"),
        ("45-50", "45-50"),
        ("unknown", "unknown"),
        (None, None),
    ],
)
def test_an_age_is_told_in_whole_years(text: str | None, expected: str | None) -> None:
    """Whatever the unit and the language, beside other ages; what is no age stays as it is."""
    assert years("51", "38 yrs", text)[2] == expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("9 M", "45/M", "32/F", "30 Y F", "3 months"), ["9", "45", "32", "30", "0"]),
        (("32 w", "45 m", "19 m"), ["32", "45", "19"]),
        (("19 M", "30 H"), ["19", "30"]),
        (("19 M", "23 M"), ["19", "23"]),
        (("9M", "18M", "24Y", "3Y"), ["0", "1", "24", "3"]),
    ],
)
def test_an_m_is_a_month_only_where_ages_have_units_and_no_sexes(texts: tuple[str, ...], expected: list[str]) -> None:
    """Beside women, or where no age has a unit, it is a man; in Spanish a woman."""
    assert years(*texts) == expected


@pytest.mark.parametrize("texts", [("38 weeks", "40 weeks"), ("15 days", "3 days"), ("9 months", "12 months")])
def test_what_is_told_in_smaller_units_is_nobodys_age(texts: tuple[str, ...]) -> None:
    """Pregnancies, deliveries and loans stay as they are."""
    assert years(*texts) == list(texts)


def test_other_ages_stay_as_they_are(tmp_path: Path) -> None:
    """Of accounts and groups; what the user says is nobody's age is none, and what he says is one is read."""
    file = tmp_path / "x.csv"
    rows = [f"{place},Anna Lund{place},{place % 40 + 20} years,{place % 40 + 20}Y" for place in range(60)]
    file.write_text("id,name,account age,foo\n" + "\n".join(rows) + "\n")
    people = read_people([file], PeopleOptions(id_columns=("id",), map={"foo": "age", "account age": "category"}))
    held = people.records.column("categories").to_pylist()
    assert "27 years" in str(held)
    assert "27Y" not in str(held)


def test_parts_of_a_source_read_ages_as_its_whole_column_does() -> None:
    """What an M is in an age, a part without women could not tell."""
    whole = pa.chunked_array([["9 M", "12 M"], ["32 F", "40 Y", "41"]])
    known = {"age": ages_in_years(whole)}
    part = with_known_ages(pa.table({"age": ["9 M", "41", None]}), known)
    assert part.column("age").to_pylist() == ["9", "41", None]


def test_columns_over_dictionaries_stay_so() -> None:
    """Each distinct age is read once."""
    table = pa.table({"age": pa.array(["45Y", "45Y", "9M"]).dictionary_encode()})
    found = with_ages_in_years(table, ["age"]).column("age")
    assert pa.types.is_dictionary(found.type)
    assert found.to_pylist() == ["45", "45", "0"]


def test_ages_with_units_are_read_as_ages(tmp_path: Path) -> None:
    """Years of birth follow from them and the day of the visit; other columns with such values stay."""
    names = ["Anna Lund", "Otto Lund", "Eva Berg", "Jan Berg", "Ida Holm"] * 10
    ages = [20 + place * 7 % 30 for place in range(len(names))]
    visits = zip(names, ages, strict=True)
    rows = [f"{at},{name},{age}Y,{age}Y,2023-0{1 + at % 9}-11" for at, (name, age) in enumerate(visits)]
    file = tmp_path / "visits.csv"
    file.write_text("id,name,age,dose,visit date\n" + "\n".join(rows) + "\n")
    people = read_people([file], PeopleOptions(id_columns=("id",)))
    kinds = {one.column: one.kind for one in people.kinds}
    assert kinds["age"] == "age"
    assert kinds["dose"] != "age"
