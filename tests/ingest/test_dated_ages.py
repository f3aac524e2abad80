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


def births(table: pa.Table) -> list[str | None]:
    """The two years of birth that each row is read to leave open."""
    return said_of(table, "birth_years")


def ages(table: pa.Table) -> list[str | None]:
    """The age that each row is still read to have."""
    return said_of(table, "age")


def said_of(table: pa.Table, category: str) -> list[str | None]:
    """A category of each row."""
    read = read_rows({"jail": table}, PeopleOptions(id_columns=("id",))).records
    rows = cast("list[list[tuple[str, str]] | None]", read.column("categories").to_pylist())
    return [dict(row or ()).get(category) for row in rows]


def open_years(table: pa.Table) -> list[str]:
    """What follows from the days and the ages."""
    days, told = table.column("booked").to_pylist(), table.column("age").to_pylist()
    born = [int(day[:4]) - int(age) for day, age in zip(days, told, strict=True)]
    return [f"{year - 1}/{year}" for year in born]


def test_ages_of_dated_rows_leave_two_years_of_birth_open() -> None:
    """One man's ages at each of his stays tell the same years."""
    table = stays(100)
    assert births(table) == open_years(table)
    assert ages(table) == [None] * table.num_rows


def test_what_was_made_of_ages_is_said() -> None:
    """The remark names the column and how many ages, and there is none where ages stay."""
    read, stayed = (
        read_rows({"jail": table}, PeopleOptions(id_columns=("id",))).remarks
        for table in (stays(100), stays(100, counted_in=2015))
    )
    assert read == ("age: 300 ages are read by the day of their row, and compared as years of birth.",)
    assert stayed == ()


def test_the_way_the_day_is_written_does_not_matter() -> None:
    """A day first, a month first or a year first gives the same births."""
    table = stays(100)
    days = [day.split("-") for day in table.column("booked").to_pylist()]
    for order in ((2, 1, 0), (1, 2, 0)):
        written = pa.array(["/".join(day[part] for part in order) for day in days])
        assert births(table.set_column(3, "booked", written)) == open_years(table)


def test_a_month_or_a_year_is_enough() -> None:
    """Of a voyage, an election or a census, whatever its column is taken for."""
    table = stays(100)
    for header, signs in (("round", 4), ("sailed", 7)):
        cut = pa.array([day[:signs] for day in table.column("booked").to_pylist()])
        assert births(table.set_column(3, header, cut)) == open_years(table)


def test_ages_that_agree_already_stay() -> None:
    """Where all were true in one year, whatever the rows' days, reading them by the days would part them."""
    table = stays(100, counted_in=2015)
    assert ages(table) == table.column("age").to_pylist()


def test_without_days_ages_stay() -> None:
    """Nothing says when they were true."""
    table = stays(100).drop_columns(["booked"])
    assert ages(table) == table.column("age").to_pylist()


def once(header: str) -> pa.Table:
    """Each man with one stay, whose day has another name."""
    table = stays(100)
    return table.take(pa.array(range(0, table.num_rows, 3))).rename_columns(["id", "name", "age", header])


@pytest.mark.parametrize("header", ["booked", "Date", "visit_date", "Abfahrt", "data zgonu", "admission dt"])
def test_where_nobody_comes_twice_an_age_was_true_on_the_day_of_a_visit(header: str) -> None:
    """A passenger list: no row tells it, the header does."""
    assert births(once(header)) == open_years(once(header).rename_columns(["id", "name", "age", "booked"]))


@pytest.mark.parametrize("header", ["signup_date", "created", "member since", "expiry date", "Ablaufdatum", "hired on"])
def test_beside_other_days_ages_stay_where_no_row_tells_more(header: str) -> None:
    """Who signed up long ago may have told his age today."""
    assert ages(once(header)) == once(header).column("age").to_pylist()


def test_of_two_days_that_people_may_have_been_asked_on_none_is_chosen() -> None:
    """Without rows that tell which, either may be wrong."""
    table = once("admitted").append_column("test date", once("admitted").column("admitted"))
    assert ages(table) == table.column("age").to_pylist()


def test_a_few_days_do_not_speak_for_a_whole_source() -> None:
    """The ages of those who have not died yet stay."""
    days = [day if row < 4 else "" for row, day in enumerate(once("died").column("died").to_pylist())]
    table = once("died").set_column(3, "died", pa.array(days))
    assert ages(table) == table.column("age").to_pylist()


def test_rows_without_days_say_nothing_of_those_that_have_them() -> None:
    """A second list, whose ages agree by name as they stand, leaves those of the first to their days."""
    first = once("visit date")
    again = pa.table(
        {
            "id": [f"x{row}" for row in range(60)],
            "name": ["dara kuder"] * 60,
            "age": [str(30 + row % 2) for row in range(60)],
        }
    )
    read = read_rows({"visits": first, "list": again}, PeopleOptions(id_columns=("id",))).records
    rows = cast("list[list[tuple[str, str]] | None]", read.column("categories").to_pylist())
    assert all("birth_years" in dict(row or ()) for row in rows[:100])
    assert all("age" in dict(row or ()) for row in rows[100:])


def test_a_column_that_is_called_as_the_made_one_stays() -> None:
    """Nothing is lost, and nothing breaks."""
    table = stays(100)
    assert births(table.append_column("age as years of birth", table.column("age"))) == open_years(table)


def test_what_is_no_age_tells_no_birth() -> None:
    """999 stands for unknown, and a day of 2109 or of another calendar for a slip."""
    table = stays(100)
    told = ["999", *table.column("age").to_pylist()[1:]]
    days = table.column("booked").to_pylist()
    days[1:3] = ["2109-01-01", "1402-05-06"]
    found = births(table.set_column(2, "age", pa.array(told)).set_column(3, "booked", pa.array(days)))
    assert found == [None, None, None, *open_years(table)[3:]]


@pytest.mark.parametrize(
    "header", ["Age (months)", "age_months", "ageInMonths", "Alter in Monaten", "Age(m)", "age_days"]
)
def test_ages_that_are_not_counted_in_years_stay(header: str) -> None:
    """Months from a day of which the year alone is looked at would tell the year of the day."""
    table = stays(100).rename_columns(["id", "name", header, "booked"])
    read = read_rows({"jail": table}, PeopleOptions(id_columns=("id",), map={header: "age"})).records
    rows = cast("list[list[tuple[str, str]] | None]", read.column("categories").to_pylist())
    assert [dict(row or ()).get("age") for row in rows] == table.column(header).to_pylist()


def test_days_under_two_headers_are_one_column() -> None:
    """Two registers of one table call the day differently; a row has the one or the other."""
    table = stays(100)
    days = table.column("booked").to_pylist()
    halves = [[day if row % 2 == half else "" for row, day in enumerate(days)] for half in (0, 1)]
    parted = table.drop_columns(["booked"]).append_column("admitted", pa.array(halves[0]))
    assert births(parted.append_column("sailing date", pa.array(halves[1]))) == open_years(table)


def test_beside_birth_dates_ages_tell_births_too() -> None:
    """Some rows may have no date."""
    table = stays(100)
    born = [f"{1930 + row % 61}-03-05" if row % 5 == 0 else "" for row in range(table.num_rows)]
    dated = table.append_column("birth date", pa.array(born))
    read = read_rows({"jail": dated}, PeopleOptions(id_columns=("id",))).records
    assert read.column("birth_date").null_count == 240
    assert births(dated) == open_years(table)


def test_a_row_without_a_day_has_no_age_among_those_that_have_one() -> None:
    """Its age was true at a time that nobody knows."""
    table = stays(100)
    without = table.set_column(3, "booked", pa.array(["", *table.column("booked").to_pylist()[1:]]))
    assert births(without) == [None, *open_years(table)[1:]]
    assert ages(without) == [None] * table.num_rows


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


@pytest.mark.parametrize(("off", "told"), [(0, True), (1, True), (20, False)])
def test_ages_and_days_are_read_by_years_of_birth_said_elsewhere(off: int, *, told: bool) -> None:
    """Ages are read by the days unless another file's years of birth are others: then they stay."""
    roll, pensions = register(150, off=off)
    options = PeopleOptions(id_columns=("id",))
    read = read_rows({"roll": roll, "pensions": pensions}, options).records.slice(0, 150)
    rows = cast("list[list[tuple[str, str]] | None]", read.column("categories").to_pylist())
    assert {next(iter(dict(row or ()).keys() & {"age", "birth_years"})) for row in rows} == {
        "birth_years" if told else "age"
    }
