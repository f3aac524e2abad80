"""Birth dates that stand in national numbers: every country's way, and numbers that hold no births."""

import random
from collections.abc import Callable
from datetime import date

import pyarrow as pa
import pytest

from ingest import PeopleOptions, read_rows

ROWS = 60
LETTERS = "ABCDEHLMPRST"


def days(people: int = ROWS, seed: int = 3) -> list[tuple[int, int, int]]:
    """Births of seventy years."""
    draw = random.Random(seed)
    return [(draw.randrange(1935, 2005), draw.randrange(1, 13), draw.randrange(1, 29)) for _ in range(people)]


def written(form: str, year: int, month: int, day: int, row: int) -> str:
    """A number by a form with the parts of the day, a sign for the century, and what no day says."""
    late = year >= 2000
    return form.format(
        y=year % 100, Y=year, m=month, d=day, n=row, letter=LETTERS[month - 1], finnish="A" if late else "-",
        third=("6" if late else "4") if row % 2 else ("5" if late else "3"),
        korean=("4" if late else "2") if row % 2 else ("3" if late else "1"),
        balkan="0" if late else "9", iceland="0" if late else "9", latvian="2" if late else "1",
        romanian="6" if late else "2", egyptian="3" if late else "2", polish=month + (20 if late else 0),
        bulgarian=month + (40 if late else 0), czech=month + (50 if row % 2 else 0), guest=day + (40 if row % 2 else 0),
        number=date(2000, month, day).timetuple().tm_yday + (500 if row % 2 else 0),
    )  # fmt: skip


FORMS = {
    "Chinese": "110105{Y}{m:02}{d:02}0{n:02}X",
    "Italian": "RSSMRA{y:02}{letter}{guest:02}A5{n:02}S",
    "Mexican": "HEGG{y:02}{m:02}{d:02}MVZRRL{n:02}",
    "Finnish": "{d:02}{m:02}{y:02}{finnish}3{n:02}T",
    "German": "65{d:02}{m:02}{y:02}C0{n:02}",
    "Indonesian": "317123{guest:02}{m:02}{y:02}00{n:02}",
    "Egyptian": "{egyptian}{y:02}{m:02}{d:02}01234{n:02}",
    "Korean": "{y:02}{m:02}{d:02}-{korean}0123{n:02}",
    "Korean, masked": "{y:02}{m:02}{d:02}-{korean}******",
    "South African": "{y:02}{m:02}{d:02}98760{n:02}",
    "Romanian": "{romanian}{y:02}{m:02}{d:02}4011{n:02}",
    "Yugoslav": "{d:02}{m:02}{balkan}{y:02}5000{n:02}",
    "Kazakh": "{y:02}{m:02}{d:02}{third}001{n:02}",
    "Swedish": "{y:02}{m:02}{d:02}-12{n:02}",
    "Swedish with the century": "{Y}{m:02}{d:02}-12{n:02}",
    "Malaysian": "{y:02}{m:02}{d:02}-14-98{n:02}",
    "Baltic": "{third}{y:02}{m:02}{d:02}01{n:02}",
    "Latvian": "{d:02}{m:02}{y:02}-{latvian}23{n:02}",
    "Norwegian": "{d:02}{m:02}{y:02}456{n:02}",
    "Belgian": "{y:02}.{m:02}.{d:02}-123.{n:02}",
    "Polish": "{y:02}{polish:02}{d:02}123{n:02}",
    "Czech": "{y:02}{czech:02}{d:02}/12{n:02}",
    "Bulgarian": "{y:02}{bulgarian:02}{d:02}12{n:02}",
    "Icelandic": "{d:02}{m:02}{y:02}-1{n:02}{iceland}",
    "Sri Lankan": "{y:02}{number:03}12{n:02}V",
    "Sri Lankan of today": "{Y}{number:03}012{n:02}",
    "Danish without a stroke": "{d:02}{m:02}{y:02}12{n:02}",
    "Swedish without a stroke": "{y:02}{m:02}{d:02}12{n:02}",
    "Danish": "{d:02}{m:02}{y:02}-12{n:02}",
}


def births(numbers: list[str], header: str = "national id", **columns: list[str]) -> list[str | None]:
    """The births that people with these numbers have."""
    table = pa.table({"id": [str(row) for row in range(len(numbers))], header: numbers, **columns})
    return read_rows({"people": table}, PeopleOptions(id_columns=("id",))).records.column("birth_date").to_pylist()


@pytest.mark.parametrize("country", FORMS)
def test_numbers_of_a_country_tell_the_birth(country: str) -> None:
    """Whatever order, century and sex they are written with, and however few there are."""
    for people, seed in ((25, 1), (60, 2), (60, 3), (400, 4)):
        born = days(people, seed)
        numbers = [written(FORMS[country], *day, 10 + row % 90) for row, day in enumerate(born)]
        assert births(numbers) == [f"{year}-{month:02}-{day:02}" for year, month, day in born]


def test_a_birth_date_counts_before_the_number() -> None:
    """The number tells the birth only where the date is missing; the reader is told of it."""
    numbers = [written(FORMS["Polish"], *day, row) for row, day in enumerate(days(), start=10)]
    told = [f"19{row:02}-02-03" if row % 2 else "" for row in range(10, 10 + ROWS)]
    found = births(numbers, "pesel", dob=told)
    assert found[1::2] == told[1::2]
    assert found[::2] == [f"{year}-{month:02}-{day:02}" for year, month, day in days()[::2]]


OTHERS: tuple[Callable[[int, random.Random], str], ...] = (
    lambda row, draw: f"{draw.randrange(14, 24)}{draw.randrange(1, 13):02}{draw.randrange(1, 29):02}12{row % 90 + 10}",
    lambda _, draw: str(draw.randrange(10**9, 10**10)),
    lambda row, _: f"10101{row:05}",
    lambda row, _: f"{850120000 + 577 * row}",
    lambda row, draw: f"2019{draw.randrange(1, 366):03}0{row:04}",
    lambda _, draw: f"07{draw.randrange(10**7, 10**8)}",
    lambda row, draw: f"{draw.randrange(10, 24)}{draw.randrange(1, 366):03}{row:04}",
)


@pytest.mark.parametrize("number", OTHERS)
@pytest.mark.parametrize("header", ["national id", "nic", "account number", "order no"])
def test_other_numbers_are_no_births(number: Callable[[int, random.Random], str], header: str) -> None:
    """Of visits, by chance, of branches, in sequence, of telephones: they span no lives, or hold no days."""
    draw = random.Random(4)
    assert births([number(row, draw) for row in range(400)], header) == [None] * 400


def test_the_new_column_never_takes_anothers_name() -> None:
    """A table may have one that is called as it would be."""
    numbers = [written(FORMS["Finnish"], *day, 10 + row) for row, day in enumerate(days())]
    found = births(numbers, "hetu", **{"hetu (birth)": ["x", "y"] * (ROWS // 2)})
    assert None not in found
