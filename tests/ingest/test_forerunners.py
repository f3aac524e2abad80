"""First names that stand before the name somebody is called by."""

import pyarrow as pa
import pytest

from ingest import PeopleOptions, read_rows

GIVEN = ("Faruk", "Belal", "Ripon", "Sujan", "Karim", "Babul", "Anwar", "Selim", "Rahim", "Shahidul")
FAMILY = ("Rahman", "Howlader", "Bhuiyan", "Sikder", "Gazi", "Majumder", "Hossain", "Mridha", "Talukder", "Sarker")


def names(first: str) -> list[str]:
    """Whole names of a hundred people, those of every other one behind a first name."""
    return [
        f"{first} {given} {family}" if at % 2 else f"{given} {family}"
        for given in GIVEN
        for at, family in enumerate(FAMILY)
    ]


def read(column: list[str], header: str = "full name") -> list[tuple[str | None, ...]]:
    """Given, middle and family name of each row."""
    table = pa.table({"id": [str(row) for row in range(len(column))], header: column})
    records = read_rows({"list": table}, PeopleOptions(id_columns=("id",))).records
    return list(
        zip(*(records.column(f"{part}_name").to_pylist() for part in ("given", "middle", "family")), strict=True)
    )


@pytest.mark.parametrize(("first", "moved"), [("Md", "md"), ("Mohd.", "mohd"), ("Ma.", "ma")])
def test_what_stands_behind_a_short_first_name_is_the_given_name(first: str, moved: str) -> None:
    """Brothers are not alike for being Md both; nothing of the name is lost."""
    assert read(names(first))[1] == ("faruk", moved, "howlader")
    assert read(names(first))[0] == ("faruk", None, "rahman")


def test_beside_short_forms_the_long_ones_are_taken_alike() -> None:
    """Md Faruk and Mohammad Faruk are one name."""
    assert read([*names("Md"), "Mohammad Faruk Rahman"])[-1] == ("faruk", "mohammad", "rahman")


def test_without_short_forms_long_ones_stay() -> None:
    """Where the father's name follows, Mohammed is the son."""
    assert read([*names("Nurul"), "Mohammad Faruk Rahman"])[-1] == ("mohammad", "faruk", "rahman")


def test_particles_are_no_given_names() -> None:
    """María del Carmen is called Carmen; whoever is Maria alone stays so."""
    given = [name.rpartition(" ")[0] for name in names("Ma.")]
    found = read([*given, "Maria del Carmen", "Maria"], "first name")
    assert found[-2][:2] == ("carmen", "maria del")
    assert found[-1][:2] == ("maria", None)


def test_a_column_of_first_names_is_read_so_too() -> None:
    """Family names stand in a column of their own."""
    given = [name.rpartition(" ")[0] for name in names("Md.")]
    assert read(given, "first name")[1][:2] == ("faruk", "md")
    assert read([*given, "Md"], "first name")[-1][:2] == ("md", None)


@pytest.mark.parametrize("few", [["Ma Ho Yin", "Ma Li Na"], ["Ma. Teresa Cruz"], ["Md John Roy", "Md John Das"]])
def test_a_few_such_names_move_nothing(few: list[str]) -> None:
    """Ma is a family of China, and MD a degree: it takes several names behind a short form."""
    assert read([*few, "Maria Elena Garcia", "Mohammad Faruk Rahman"])[-2:] == [
        ("maria", "elena", "garcia"),
        ("mohammad", "faruk", "rahman"),
    ]


def test_an_initial_is_no_given_name() -> None:
    """Ma. J. Ruiz stays Ma."""
    given = [name.rpartition(" ")[0] for name in names("Ma.")]
    assert read([*given, "Ma. J."], "first name")[-1][:2] == ("ma", "j")
