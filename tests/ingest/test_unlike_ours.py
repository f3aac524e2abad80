"""How other countries write what we write too: calendars, letters for the sexes, fathers' names, names in kana."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from ingest import PeopleOptions, SourceSettings, read_rows
from ingest.clean import cleaner
from tests.ingest.test_kinds import kinds_of
from tests.ingest.test_settled import files
from tests.ingest.workshop import Workshop

ROWS = 120
OURS = [f"{1950 + row % 50}-{row % 12 + 1:02}-{row % 27 + 2:02}" for row in range(ROWS)]
Written = Callable[[date], str]


def islamic(day: date) -> tuple[int, int, int]:
    """A day of the arithmetical calendar of the moon, counted on from its first."""
    left, year, month = (day - date(622, 7, 19)).days, 1, 1
    while left >= (days := 355 if (11 * year + 14) % 30 < 11 else 354):
        left, year = left - days, year + 1
    while left >= (days := 30 if month % 2 or (month == 12 and (11 * year + 14) % 30 < 11) else 29):
        left, month = left - days, month + 1
    return year, month, left + 1


def ethiopian(day: date) -> tuple[int, int, int]:
    """A day of twelve months of thirty days and a short one."""
    left, year = (day - date(1900, 9, 11)).days, 1893
    while left >= (days := 366 if year % 4 == 3 else 365):
        left, year = left - days, year + 1
    return year, left // 30 + 1, left % 30 + 1


def births(tables: dict[str, pa.Table]) -> list[str | None]:
    """The birth dates that are read of all rows."""
    return read_rows(tables, PeopleOptions(id_columns=("id",))).records.column("birth_date").to_pylist()


def table(header: str, cells: list[str], first: int = 0) -> pa.Table:
    """Rows with such a column."""
    return pa.table({"id": [str(first + row) for row in range(len(cells))], header: cells})


def days(year: int = 1950, end: int = 2000) -> list[date]:
    """Days of some years."""
    draw = random.Random(5)
    return [date(draw.randrange(year, end), 1, 1) + timedelta(draw.randrange(364)) for _ in range(ROWS)]


@pytest.mark.parametrize(
    ("macro", "theirs", "ours"),
    [
        ("of_islamic", "1445-01-01", "2023-07-19"),
        ("of_islamic", "1400-01-01", "1979-11-21"),
        ("of_islamic", "1400", "1979"),
        ("of_islamic", "1979-11-20", "1979-11-20"),
        ("of_persian", "1400-01-01", "2021-03-21"),
        ("of_persian", "1357-11-22", "1979-02-11"),
        ("of_persian", "1403-12-30", "2025-03-20"),
        ("of_persian", "1360-06-31", "1981-09-22"),
        ("of_ethiopian", "2000-01-01", "2007-09-12"),
        ("of_ethiopian", "1963-13-05", "1971-09-10"),
        ("of_ethiopian", "1952", "1960"),
    ],
)
def test_a_day_of_another_calendar_has_one_of_ours(macro: str, theirs: str, ours: str) -> None:
    """As is known of these days; what is of no year of that calendar stays."""
    with cleaner() as database:
        assert database.execute(f"SELECT {macro}('{theirs}')").fetchone() == (ours,)


def test_every_day_of_a_century_is_found() -> None:
    """By another way of counting."""
    every = [date(1925, 1, 1) + timedelta(11 * step) for step in range(3300)]
    with cleaner() as database:
        for macro, way in (("of_islamic", islamic), ("of_ethiopian", ethiopian)):
            texts = pa.table({"d": ["{:04}-{:02}-{:02}".format(*way(day)) for day in every]})
            database.register("texts", texts)
            found = database.sql(f"SELECT {macro}(d) AS d FROM texts").to_arrow_table().column("d").to_pylist()
            assert found == [day.isoformat() for day in every]


def test_islamic_births_beside_ours_are_read() -> None:
    """In one column, and where the next file has ours; the reader is told."""
    moon = ["{}/{:02}/{:02}".format(*islamic(day)) for day in days()]
    ours = [day.isoformat() for day in days()]
    assert births({"one": table("birth date", [*moon, *ours])}) == [*ours, *ours]
    tables = {"one": table("birth date", moon), "two": table("dob", ours, ROWS)}
    assert births(tables) == [*ours, *ours]
    said = read_rows(tables, PeopleOptions(id_columns=("id",))).remarks
    assert said == ("birth date: dates of the Islamic calendar are read as ours.",)


def test_births_in_two_calendars_side_by_side_are_both_read() -> None:
    """Where one is blank the other tells."""
    ours = [day.isoformat() for day in days()]
    moon = ["{}/{:02}/{:02}".format(*islamic(day)) for day in days()]
    both = table("تاريخ الميلاد", [one if row % 3 else "" for row, one in enumerate(ours)])
    both = both.append_column("تاريخ الميلاد هجري", [[one if row % 3 != 1 else "" for row, one in enumerate(moon)]])
    assert births({"clinic": both}) == ours


def test_births_of_five_hundred_years_ago_stay() -> None:
    """Where nobody of the table was born in our time, and no header is in Arabic letters."""
    old = [day.replace(year=day.year - 640).isoformat() for day in days(1950, 2028) if (day.month, day.day) != (2, 29)]
    assert births({"popes": table("birth date", old)}) == old
    ours = [day.isoformat() for day in days()]
    assert births({"popes": table("birth date", old), "clerks": table("dob", ours, ROWS)}) == [*old, *ours]


def persian(day: date) -> tuple[int, int, int]:
    """A day of six months of 31 days and six of thirty, by the leap years from 1300 on."""
    left, year = (day - date(1921, 3, 21)).days, 1300
    while left >= (length := 366 if year in LEAP else 365):
        left, year = left - length, year + 1
    return (
        (year, left // 31 + 1, left % 31 + 1) if left < 186 else (year, (left - 186) // 30 + 7, (left - 186) % 30 + 1)
    )


LEAP = {
    *(1300, 1304, 1309, 1313, 1317, 1321, 1325, 1329, 1333, 1337, 1342, 1346, 1350, 1354, 1358, 1362, 1366, 1370, 1375),
    *(1379, 1383, 1387, 1391, 1395, 1399, 1403),
}


@pytest.mark.parametrize("form", ["{}/{:02}/{:02}", "{}{:02}{:02}"])
def test_persian_births_are_known_by_themselves(form: str, tmp_path: Path) -> None:
    """By days that ours has not, in one file as in two, in eight digits too, and in a run of a single source."""
    every = [day for shift in range(5) for day in (one + timedelta(17 * shift) for one in days(1940, 2005))]
    theirs, ours = [form.format(*persian(day)) for day in every], [day.isoformat() for day in every]
    assert births({"app": table("birth date", theirs)}) == ours
    assert births({"app": table("birth date", theirs), "clinic": table("dob", theirs, len(theirs))}) == [*ours, *ours]
    workshop = Workshop(root=tmp_path)
    workshop.write("app.csv", "\n".join(["id,born", *(f"p{row},{cell}" for row, cell in enumerate(theirs))]) + "\n")
    workshop.run(app=SourceSettings(path="app.csv", key="id", fields={"born": "birth_date"}))
    assert workshop.ask("SELECT birth_date FROM records WHERE source_key = 'p0'") == [(ours[0],)]
    assert workshop.ask("SELECT count(*) FROM rejects") == [(0,)]


def test_a_genealogy_keeps_its_births() -> None:
    """Where somebody is born in every century, none is read as of another calendar."""
    drawn = random.Random(6)
    old = [f"{drawn.randrange(1300, 1990)}-{drawn.randrange(1, 13):02}-{drawn.randrange(1, 29):02}" for _ in range(400)]
    assert births({"tree": table("birth date", old)}) == old
    ours = [day.isoformat() for day in days()]
    assert births({"tree": table("EC DOB", ours)}) == ours


def test_births_that_a_header_calls_ethiopian_are_read() -> None:
    """They look as ours do, so nothing else can tell."""
    cells = ["{2}/{1}/{0}".format(*ethiopian(day)) for day in days()]
    assert births({"register": table("DOB (EC)", cells)}) == [day.isoformat() for day in days()]


def test_a_run_reads_other_calendars(tmp_path: Path) -> None:
    """As resolve does, also where only a few rows are new."""
    workshop = Workshop(root=tmp_path)
    moon = ["{}/{:02}/{:02}".format(*islamic(day)) for day in days()]
    lines = [f"p{row},{cell}" for row, cell in enumerate([*moon, *(day.isoformat() for day in days())])]
    source = SourceSettings(path="people.csv", key="id", fields={"born": "birth_date"})
    workshop.write("people.csv", "\n".join(["id,born", *lines]) + "\n")
    workshop.run(people=source)
    born = workshop.ask("SELECT birth_date FROM records WHERE source_key = 'p0'")
    assert born == [(days()[0].isoformat(),)]


@pytest.mark.parametrize("cells", [["F"] * 262 + ["N"] * 38, ["M"] * 262 + ["N"] * 38, ["M"] * 90 + ["V"] * 10])
def test_a_letter_for_unknown_is_no_sex(cells: list[str]) -> None:
    """It stands in few rows; and M beside F is a man, whatever a third letter may be."""
    sexes = read_rows({"people": table("sex", cells)}, PeopleOptions(id_columns=("id",))).records.column("sex")
    assert set(sexes.to_pylist()) <= {{"F": "female", "M": "male"}[cells[0]], None}
    both = read_rows({"people": table("sex", ["F", "N", "N", "M"] * 50)}, PeopleOptions(id_columns=("id",))).records
    assert both.column("sex").to_pylist()[:4] == ["female", None, None, "male"]


def test_letters_of_two_files_are_read_apart() -> None:
    """M is a woman in one and a man in the other."""
    spanish, english = table("sexo", ["H", "M"] * 60), table("sexo", ["F", "M"] * 60, 120)
    found = (
        read_rows({"es": spanish, "en": english}, PeopleOptions(id_columns=("id",))).records.column("sex").to_pylist()
    )
    assert found == ["male", "female"] * 60 + ["female", "male"] * 60


@pytest.mark.parametrize(
    ("header", "men", "women"),
    [
        ("sexo", "H", "M"),
        ("geslacht", "M", "V"),
        ("sukupuoli", "M", "N"),
        ("neme", "F", "N"),
        ("jenis kelamin", "L", "P"),
        ("cinsiyet", "E", "K"),
        ("φύλο", "Α", "Θ"),
    ],
)
def test_two_letters_of_a_column_are_read_together(header: str, men: str, women: str) -> None:
    """M is a man beside F, and a woman beside H."""
    cells = [men if row % 3 else women for row in range(ROWS)]
    read = read_rows({"people": table(header, cells)}, PeopleOptions(id_columns=("id",)))
    assert read.records.column("sex").to_pylist() == ["male" if row % 3 else "female" for row in range(ROWS)]


def names(count: int, seed: int) -> list[str]:
    """Words that no list of names knows."""
    draw = random.Random(seed)
    made = [
        f"{a}{b}{c}{d}" for a in "BDGKLMT" for b in "aeiou" for c in ("rh", "ss", "lm", "nk") for d in ("a", "o", "u")
    ]
    return [draw.choice(made) for _ in range(count)]


def test_fathers_names_are_parts_of_whole_names_elsewhere() -> None:
    """Name, father and grandfather of one file stand in one name in the next; a mother's does not."""
    own, father, old = names(ROWS, 1), names(ROWS, 2), names(ROWS, 3)
    parts = {"Name": own, "Father Name": father, "G/Father Name": old, "Mother Name": names(ROWS, 4)}
    found = kinds_of(files(parts, {"client_full_name": [" ".join(row) for row in zip(own, father, old, strict=True)]}))
    assert found == {
        "Name": "given_name", "Father Name": "family_name", "G/Father Name": "middle_name", "Mother Name": "category",
        "client_full_name": "full_name",
    }  # fmt: skip
    assert kinds_of(pa.table(parts))["Father Name"] == "category"
    named = parts | {"Surname": names(ROWS, 5)}
    assert kinds_of(files(named, {"full name": [" ".join(row) for row in zip(own, father, strict=True)]}))[
        "Father Name"
    ] == ("category")


def test_names_in_kana_count_beside_names_in_latin_letters() -> None:
    """Kanji that have kana beside them are left out; guests with Latin names only do not make the kana fewer."""
    kanji = ["山田 太郎", "佐藤 花子", "鈴木 一郎", "高橋 美咲"] * 30
    kana = ["ヤマダ タロウ", "さとう はなこ", "ｽｽﾞｷ ｲﾁﾛｳ", "タカハシ ミサキ"] * 30
    guests = {"予約番号": [f"G{row}" for row in range(ROWS)], "GuestName": ["Ken Mori", "Aya Kato", "Jo Beck"] * 40}
    found = kinds_of(files({"氏名": kanji, "フリガナ": kana}, guests))
    assert (found["氏名"], found["フリガナ"], found["GuestName"]) == ("text", "full_name", "full_name")


def test_dates_under_a_year_of_birth_are_births() -> None:
    """Год рождения, with the whole day in it, and the apostrophe of a header in any form."""
    assert kinds_of(pa.table({"год_рождения": OURS}))["год_рождения"] == "birth_date"
    assert [kinds_of(pa.table({header: names(ROWS, 1)}))[header] for header in ("імʼя", "ім'я", "ім’я")] == [
        "given_name"
    ] * 3


def test_packed_births_beside_whole_ones_are_births() -> None:
    """Where the header says it; half of the rows have six digits."""
    cells = [born if row % 2 else born[2:].replace("-", "") for row, born in enumerate(OURS)]
    assert kinds_of(pa.table({"생년월일": cells}))["생년월일"] == "birth_date"


def test_days_of_months_number_nobody() -> None:
    """17/03 is no identifier."""
    assert (
        kinds_of(pa.table({"qx": [f"{row % 28 + 1:02}/{row % 12 + 1:02}" for row in range(ROWS)]}))["qx"]
        != "identifier"
    )
