"""Birth dates of which only the year or the month is known."""

from collections.abc import Sequence

import pyarrow as pa
import pytest

from ingest import PeopleOptions, read_rows

TRUE = [f"{1930 + n % 71}-{1 + n % 12:02}-{1 + n % 28:02}" for n in range(420)]
"""Dates of which none comes often."""


def read(**dates: Sequence[str]) -> tuple[list[list[str | None]], tuple[str, ...]]:
    """The birth dates read of each source, and what is said of them."""
    tables = {
        name: pa.table({"id": [str(n) for n in range(len(some))], "birth date": list(some)})
        for name, some in dates.items()
    }
    found = read_rows(tables, PeopleOptions(id_columns=("id",)))
    sources = found.records.column("source").to_pylist()
    born = found.records.column("birth_date").to_pylist()
    return [[day for day, one in zip(born, sources, strict=True) if one == name] for name in dates], found.remarks


def on(day: str, rows: int) -> list[str]:
    """Dates on one day of many years."""
    return [f"{1940 + n % 60}-{day}" for n in range(rows)]


def test_the_first_of_january_that_far_too_many_have_stands_for_the_year() -> None:
    """It is told how many rows have it; other dates are read whole."""
    (born,), (said,) = read(field=[*TRUE, *on("01-01", 60)])
    rows = 60 + sum(date.endswith("01-01") for date in TRUE)
    assert born[:420] == [date[:4] if date.endswith("01-01") else date for date in TRUE]
    assert born[420:] == [str(year) for year in range(1940, 2000)]
    assert said == f"birth date: {rows} rows have 1 January, far more than can be born then; only the year is read."


def test_a_date_that_stands_for_none_says_nothing_of_its_day() -> None:
    """One date of far too many rows is left to those who look for placeholders; births of that day stay whole."""
    (born,), remarks = read(shop=[*TRUE, *on("01-01", 9), *["1984-01-01"] * 60])
    assert (born[428], [said for said in remarks if "born" in said]) == ("1948-01-01", [])


def test_a_source_without_rows_has_no_days() -> None:
    """A file with nothing below its header is read like any other."""
    assert read(shop=[]) == ([[]], ())


def test_few_dates_are_read_as_they_stand() -> None:
    """One in ten of a small table may well be born on 1 January."""
    (born,), remarks = read(shop=[*TRUE[:43], *on("01-01", 6)])
    assert (born[-1], remarks) == ("1945-01-01", ())


def test_one_person_of_the_first_of_january_keeps_the_day() -> None:
    """However often this one comes, the year is the same."""
    (born,), remarks = read(shop=[*TRUE[:100], *["1971-01-01"] * 12])
    assert (born[-1], remarks) == ("1971-01-01", ())


def test_a_register_alone_has_its_days_rounded() -> None:
    """The days of another source stay; one too small to be judged goes with all together."""
    (field, shop, desk), _ = read(
        field=[*TRUE, *on("01-01", 300)], shop=[*TRUE, "1950-01-01"], desk=["1950-01-01", "1951-02-03"]
    )
    assert (field[-1], shop[-1], desk) == ("1999", "1950-01-01", ["1950", "1951-02-03"])


@pytest.mark.parametrize(("day", "words"), [(1, "the first of a month"), (15, "the 15th of a month")])
def test_a_day_of_the_month_that_far_too_many_have_stands_for_the_month(day: int, words: str) -> None:
    """The first of January among them is of a January like any other's."""
    months = [f"{1940 + n % 60}-{1 + n % 12:02}-{day:02}" for n in range(300)]
    (born,), remarks = read(field=[*TRUE, *months])
    assert born[420:] == [date[:7] for date in months]
    assert len(remarks) == 1
    assert f"have {words}, far more than can be born then; only the year and month are read." in remarks[0]


def test_years_and_months_are_told_apart() -> None:
    """A register may know of some the year, of others the month."""
    months = [f"{1940 + n % 60}-{1 + n % 12:02}-01" for n in range(240)]
    (born,), remarks = read(field=[*TRUE, *months, *on("01-01", 300)])
    assert (born[1], born[421], born[-1], len(remarks)) == (TRUE[1], "1941-02", "1999", 2)
    assert {len(day or "") for day in born[420:660]} == {4, 7}


def test_the_day_is_found_however_dates_are_written() -> None:
    """1 January, where the day comes first."""
    written = ["/".join(reversed(date.split("-"))) for date in [*TRUE, *on("01-01", 60)]]
    (born,), _ = read(field=written)
    assert (born[1], born[-1]) == (TRUE[1], "1999")
