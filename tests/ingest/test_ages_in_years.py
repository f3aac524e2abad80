"""Ages as hospitals write them, with a unit, are whole years."""

from pathlib import Path

import pyarrow as pa
import pytest

from ingest import PeopleOptions, read_people
from ingest.read_ages import with_ages_in_years


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
    """Whatever the unit and the language; what is no age stays as it is."""
    assert years(text) == [expected]


def test_an_m_beside_women_is_a_man() -> None:
    """Where a column tells ages and sexes in one, nine and a man is nine years, and no month."""
    assert years("9 M", "45/M", "32/F", "30 Y F", "3 months") == ["9", "45", "32", "30", "0"]


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
