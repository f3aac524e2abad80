"""Cells of a place and a day of birth become two columns; cells that only look so stay one."""

import random

import pyarrow as pa
import pytest

from ingest import PeopleOptions, read_rows

ROWS = 80
PLACES = ("Solo", "Jakarta", "Bogor", "Medan")
FORMS = (
    "{place}, {day:02}-{month:02}-{year}",
    "né le {day}/{month}/{year} à {place}",
    "{place} ({year}-{month:02}-{day:02})",
)


def days(first: int = 1935, last: int = 2005) -> list[tuple[int, int, int]]:
    """Eighty days of some years."""
    draw = random.Random(3)
    return [(draw.randrange(first, last), draw.randrange(1, 13), draw.randrange(1, 29)) for _ in range(ROWS)]


def people(header: str, cells: list[str], **columns: list[str]) -> pa.Table:
    """What is read of people with these cells."""
    ids = {"id": [str(row) for row in range(len(cells))]}
    return read_rows({"people": pa.table(ids | {header: cells} | columns)}, PeopleOptions(id_columns=("id",))).records


def written(form: str, each: list[tuple[int, int, int]]) -> list[str]:
    """A cell for each day, in one of the places."""
    return [
        form.format(place=PLACES[row % 4], day=day, month=month, year=year)
        for row, (year, month, day) in enumerate(each)
    ]


@pytest.mark.parametrize("form", FORMS)
def test_a_place_and_a_birth_in_one_cell_are_both_read(form: str) -> None:
    """The place stays a place, whatever words stand around the day."""
    found = people("ttl", written(form, days()))
    assert found.column("birth_date").to_pylist() == [f"{year}-{month:02}-{day:02}" for year, month, day in days()]
    places = [dict(groups)["ttl_place_of_birth"] for groups in found.column("categories").to_pylist()]
    assert all(
        place.endswith(name.lower()) or place.startswith(name.lower())
        for place, name in zip(places, PLACES * 20, strict=True)
    )


def test_a_named_month_beside_a_place_is_read() -> None:
    """As it is said: Solo, 12 Mei 1974."""
    cells = [f"{PLACES[row % 4]}, {day} Mei {year}" for row, (year, _, day) in enumerate(days())]
    assert people("ttl", cells).column("birth_date").to_pylist() == [f"{year}-05-{day:02}" for year, _, day in days()]


@pytest.mark.parametrize(
    ("header", "form", "first"),
    [
        ("note", FORMS[0], 1990),
        ("buried", FORMS[0], 1935),
        ("gestorben", "{day}.{month}.{year} in {place}", 1935),
        ("Married", "{day}/{month}/{year} at {place}", 1935),
        ("Joined", "{month}/{day}/{year} 9:15:00 AM", 1935),
        ("qux", "{year}-{month:02}-{day:02} 09:10:00 UTC", 1935),
        ("where", "Flat {day} Block {year}, {place}", 1935),
        ("scan", "scan_{year}-{month:02}-{day:02}_{place}.pdf", 1935),
    ],
)
def test_other_days_beside_words_are_no_births(header: str, form: str, first: int) -> None:
    """Days of a few years, of death, with a time, in the name of a file."""
    assert people(header, written(form, days(first))).column("birth_date").to_pylist() == [None] * ROWS


def test_a_birth_date_beside_counts_alone() -> None:
    """What stands with a place in another column is of something else."""
    told = [f"{year}-{month:02}-{day:02}" for year, month, day in days(1935, 1980)]
    assert people("qux", written(FORMS[0], days()), **{"date of birth": told}).column("birth_date").to_pylist() == told


def test_the_new_columns_never_take_anothers_name() -> None:
    """A table may have one that is called as it would be."""
    found = people("ttl", written(FORMS[0], days()), **{"ttl date of birth": [""] * ROWS})
    assert None not in found.column("birth_date").to_pylist()
