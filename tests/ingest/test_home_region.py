"""Telephone numbers without a country code: the numbers that have one say whose they are."""

import pyarrow as pa
import pytest

from ingest import PeopleOptions, read_rows

SWEDISH = [f"+46 70 123 4{n} 6{n % 10}" for n in range(10, 40)]
GERMAN = [f"0049 170 12345{n}" for n in range(10, 40)]


def read(*sources: list[str], region: str | None = None) -> list[list[str] | None]:
    """The numbers of each source's last row."""
    tables = {
        f"s{place}": pa.table({"id": [str(n) for n in range(len(phones))], "phone": phones})
        for place, phones in enumerate(sources)
    }
    records = read_rows(tables, PeopleOptions(id_columns=("id",), default_region=region)).records
    ends = [sum(len(one) for one in sources[: place + 1]) - 1 for place in range(len(sources))]
    found: list[list[str] | None] = records.column("phones").take(ends).to_pylist()
    return found


def test_most_numbers_with_a_code_say_the_country() -> None:
    """Of a source, and of one that says nothing beside it."""
    assert read([*SWEDISH, "070-123 99 88"]) == [["+46701239988"]]
    assert read([*SWEDISH, "070-123 99 88"], ["08-123 456 78"]) == [["+46701239988"], ["+46812345678"]]
    assert read([*GERMAN, "0171/1234567"]) == [["+491711234567"]]


@pytest.mark.parametrize(
    "sources",
    [
        ([*SWEDISH[:19], "070-123 99 88"],),
        ([*SWEDISH[:1] * 60, "070-123 99 88"],),
        ([*SWEDISH, *GERMAN, "070-123 99 88"],),
        ([*GERMAN, "+49 170 1234599"], [*SWEDISH, "070-123 99 88"]),
    ],
)
def test_few_numbers_or_several_countries_say_nothing(sources: tuple[list[str], ...]) -> None:
    """The same number many times is one; sources that disagree, or are of two minds, leave the US."""
    assert read(*sources)[-1] == ["+10701239988"]


def test_a_region_that_is_given_wins() -> None:
    """Whatever the numbers say."""
    assert read([*SWEDISH, "(415) 555-1004"], region="US") == [["+14155551004"]]


def test_numbers_from_abroad_say_nothing_of_those_at_home() -> None:
    """Where the code is written because the number is foreign, numbers without one are no numbers of that country."""
    at_home = [f"(415) 555-1{n:03}" for n in range(200)]
    abroad = [f"+44 20 7946 0{n:03}" for n in range(30)]
    assert read([*abroad, *at_home]) == [["+14155551199"]]


def test_numbers_of_a_country_that_nobody_knows_are_the_same_without_their_zero() -> None:
    """Where most begin with one, none is of North America: a sheet may have lost it."""
    plain = [f"0912{n:07}" for n in range(30)]
    assert read([*plain, "9123450781"], [*plain, "09123450781"]) == [["9123450781"], ["9123450781"]]
