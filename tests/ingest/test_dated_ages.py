"""Ages in rows that say when they were true."""

import random
from typing import cast

import pyarrow as pa
import pytest

from ingest import PeopleOptions, read_rows

LAST = 2020


def stays(people: int, *, counted_in: int | None = None) -> pa.Table:
    """Three stays of each man, with the day and the age he had then, or in this one year."""
    draw = random.Random(6)
    rows = list[tuple[str, str, str, str]]()
    for man in range(people):
        born = draw.randint(1930, 1990)
        name = f"{'bcdfgh'[man % 6]}{'aeiou'[man // 6 % 5]}{'rstvwz'[man // 30 % 6]}o {'klmnpr'[man % 6]}uder"
        for stay, year in enumerate((draw.randint(2000, 2008), draw.randint(2009, 2018), LAST)):
            day = f"{year}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
            rows.append((f"{man}-{stay}", name, str((counted_in or year) - born), day))
    return pa.table(list(map(list, zip(*rows, strict=True))), names=["id", "name", "age", "booked"])


def ages(table: pa.Table) -> list[str | None]:
    """The age that each row is read to have."""
    read = read_rows({"jail": table}, PeopleOptions(id_columns=("id",))).records
    rows = cast("list[list[tuple[str, str]] | None]", read.column("categories").to_pylist())
    return [dict(row or ()).get("age") for row in rows]


def test_ages_of_dated_rows_are_counted_to_the_last_year() -> None:
    """One man's ages at each of his stays become one."""
    table = stays(100)
    last = table.column("age").to_pylist()[2::3]
    assert ages(table) == [age for age in last for _ in range(3)]


def test_the_way_the_day_is_written_does_not_matter() -> None:
    """A day first, a month first or a year first gives the same ages."""
    table = stays(100)
    days = [day.split("-") for day in table.column("booked").to_pylist()]
    for order in ((2, 1, 0), (1, 2, 0)):
        written = pa.array(["/".join(day[part] for part in order) for day in days])
        assert ages(table.set_column(3, "booked", written)) == ages(table)


def test_a_year_is_enough() -> None:
    """Of an election or a census, whatever its column is taken for."""
    table = stays(100)
    years = pa.array([day[:4] for day in table.column("booked").to_pylist()])
    assert ages(table.set_column(3, "round", years)) == ages(table)


def test_ages_that_agree_already_stay() -> None:
    """Where all were true in one year, whatever the rows' days, counting would part them."""
    table = stays(100, counted_in=2015)
    assert ages(table) == table.column("age").to_pylist()


def test_without_days_ages_stay() -> None:
    """Nothing says when they were true."""
    table = stays(100).drop_columns(["booked"])
    assert ages(table) == table.column("age").to_pylist()


@pytest.mark.parametrize(("people", "counted"), [(14, False), (20, True)])
def test_a_few_rows_of_one_name_say_nothing_of_ages(people: int, *, counted: bool) -> None:
    """Fewer than thirty pairs may agree by chance."""
    table = stays(people)
    assert (ages(table) != table.column("age").to_pylist()) == counted


def test_beside_birth_dates_ages_are_counted_to_one_year_too() -> None:
    """Some rows may have no date: their ages have to be of one day as those of any others."""
    table = stays(100)
    born = [f"{1930 + row % 61}-03-05" if row % 5 == 0 else "" for row in range(table.num_rows)]
    dated = table.append_column("birth date", pa.array(born))
    read = read_rows({"jail": dated}, PeopleOptions(id_columns=("id",))).records
    assert read.column("birth_date").null_count == 240
    assert ages(dated) == ages(table)


def test_a_row_without_a_day_has_no_age_among_those_that_have_one() -> None:
    """Its age was true at a time that nobody knows."""
    table = stays(100)
    days = ["", *table.column("booked").to_pylist()[1:]]
    found = ages(table.set_column(3, "booked", pa.array(days)))
    assert (found[0], found[1:]) == (None, ages(table)[1:])


def register(people: int, *, off: int = 0) -> tuple[pa.Table, pa.Table]:
    """A roll with names, ages and days, each man once; and a list of the same men with years of birth."""
    draw = random.Random(8)
    roll, pensions = list[tuple[str, str, str, str]](), list[tuple[str, str, str, str]]()
    for man in range(people):
        born, year = draw.randint(1805, 1845), draw.randint(1861, 1865)
        given, family = (
            f"{'bcdfgh'[man % 6]}{'aeiou'[man // 6 % 5]}ro",
            f"{'klmnpr'[man // 30 % 6]}uder{'stvw'[man % 4]}",
        )
        roll.append(
            (f"r{man}", f"{family.title()}, {given.title()} Quincy", str(year - born), f"{year}-05-{1 + man % 28:02}")
        )
        pensions.append((f"p{man}", f"{given} quincy", family, str(born + off)))
    return (
        pa.table(list(map(list, zip(*roll, strict=True))), names=["id", "name", "age", "enlisted"]),
        pa.table(list(map(list, zip(*pensions, strict=True))), names=["id", "first name", "last name", "birth year"]),
    )


@pytest.mark.parametrize(("off", "counted"), [(0, True), (1, True), (20, False)])
def test_ages_and_days_are_read_by_years_of_birth_said_elsewhere(off: int, *, counted: bool) -> None:
    """Each man's age is counted to the last year where another file's years of birth follow from it, or nearly."""
    roll, pensions = register(150, off=off)
    options = PeopleOptions(id_columns=("id",))
    read = read_rows({"roll": roll, "pensions": pensions}, options).records.slice(0, 150)
    rows = cast("list[list[tuple[str, str]] | None]", read.column("categories").to_pylist())
    found = [int(dict(row or ())["age"]) for row in rows]
    born = [
        int(day[:4]) - int(age) for age, day in zip(roll["age"].to_pylist(), roll["enlisted"].to_pylist(), strict=True)
    ]
    assert ({age + year for age, year in zip(found, born, strict=True)} == {1865}) == counted
