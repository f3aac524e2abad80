"""Reading people without configuration: any file becomes records, and no word of a name is lost or said twice."""

import os
import time
from pathlib import Path
from typing import cast

import pyarrow as pa
import pyarrow.csv as pacsv
import pytest

from core.errors import BadInputError
from ingest import PeopleOptions, read_people, read_rows
from ingest.row_ids import BLANK, REPEATED

OPTIONS = PeopleOptions(id_columns=("id",))


def written(folder: Path, name: str, *lines: str) -> Path:
    """A CSV file."""
    path = folder / name
    path.write_text("\n".join(lines) + "\n")
    return path


def records(path: Path, options: PeopleOptions = OPTIONS) -> list[dict[str, object]]:
    """The records of one file."""
    rows: list[dict[str, object]] = read_people([path], options).records.to_pylist()
    return rows


def test_full_names_and_their_parts_say_each_word_once(tmp_path: Path) -> None:
    """What a full name says beyond the given and the family name becomes a middle name."""
    head = "id,full_name,first_name,surname"
    path = written(
        tmp_path, "x.csv", head, "1,Henry John Oram,henry,oram", "2,Lynd,lynd,", "3,Ann of Worcester,ann,worcester"
    )
    found = [(row["given_name"], row["middle_name"], row["family_name"]) for row in records(path)]
    assert found == [("henry", "john", "oram"), ("lynd", None, None), ("ann", "of", "worcester")]


def test_parts_of_birth_dates_are_put_together(tmp_path: Path) -> None:
    """A part that is not known is 00, or left out at the end."""
    rows = ("1,9,11,1961", "2,,4,1970", "3,,,1980", "4,7,,1990", "5,,,")
    path = written(tmp_path, "x.csv", "id,dob_day,dob_mon,dob_year", *rows)
    assert [row["birth_date"] for row in records(path)] == ["1961-11-09", "1970-04", "1980", "1990-00-07", None]


def test_each_source_decides_how_its_dates_read(tmp_path: Path) -> None:
    """The same digits are another day in a source that writes the day first."""
    rows = [f"{number},us,12/{number}/1980" for number in range(13, 29)]
    rows += [f"{number},eu,{number}/12/1980" for number in range(113, 129)]
    rows = [row.replace(",eu,1", ",eu,") for row in rows] + ["a,us,03/04/1990", "b,eu,03/04/1990"]
    options = PeopleOptions(id_columns=("id",), source_column="source")
    found = {
        row["source_key"]: row["birth_date"]
        for row in records(written(tmp_path, "x.csv", "id,source,dob", *rows), options)
    }
    assert (found["a"], found["b"], found["13"], found["113"]) == (
        "1990-03-04",
        "1990-04-03",
        "1980-12-13",
        "1980-12-13",
    )


def test_the_first_of_january_may_mean_a_year(tmp_path: Path) -> None:
    """Where it is far too common to be a birthday, only the year is evidence."""
    rows = [f"{number},{1850 + number}-01-01" for number in range(40)]
    rows += [f"{number},{1850 + number}-07-{number % 28 + 1:02}" for number in range(40, 80)]
    found = [row["birth_date"] for row in records(written(tmp_path, "x.csv", "id,dob", *rows))]
    assert (found[0], found[50]) == ("1850", "1900-07-23")


def test_several_places_are_several_addresses(tmp_path: Path) -> None:
    """Home and work stand apart; a line said twice is one; where somebody was born is no address but a trait."""
    head = "id,home_address,home_city,work_address,work_city,birth_place,address_again"
    born = ["Paris", "Lyon"]
    rows = [f'{n},{n} Oak Street,Boston,{n + 1} Hill Road,Denver,{born[n % 2]},"{n}, Oak Street"' for n in range(1, 40)]
    (first, *_) = records(written(tmp_path, "x.csv", head, *rows))
    addresses = cast("list[dict[str, object]]", first["addresses"])
    assert [(one["line"], one["city"]) for one in addresses] == [
        ("1 oak street", "boston"),
        ("2 hill road", "denver"),
    ]
    assert first["categories"] == [("birth_place", "lyon")]


def test_ids_are_evidence_of_nothing_and_unique(tmp_path: Path) -> None:
    """The id names the record and is kept nowhere else; a column that is no id is refused by line and name."""
    path = written(tmp_path, "x.csv", "id,name", "A1,Ann Lee", "A2,Bob Ray")
    (first, _) = records(path)
    assert (first["record_id"], first["source"], first["identifiers"]) == ("x:A1", "x", None)
    with pytest.raises(BadInputError, match=r"y\.csv: line 2 has the id of a later row, and so it is with 1 of 2 rows"):
        records(written(tmp_path, "y.csv", "id,name", "A1,Ann", "A1,Bob"))
    with pytest.raises(BadInputError, match=r"z\.csv: line 3 has no id"):
        records(written(tmp_path, "z.csv", "id,name", "A1,Ann", ",Bob"))
    with pytest.raises(BadInputError, match="has none of the id columns key"):
        records(path, PeopleOptions(id_columns=("key",)))


def test_a_row_without_an_id_of_its_own_is_set_aside(tmp_path: Path) -> None:
    """Told with its line, while all others are read: a blank id, and one that a later row has, which counts."""
    rows = [f"A{number},Ann Lee{number}" for number in range(60)]
    path = written(tmp_path, "x.csv", "id,name", ",Bob", "A7,Cid", *rows)
    read = read_people([path], OPTIONS)
    assert sorted(read.records.column("source_key").to_pylist()) == sorted(f"A{number}" for number in range(60))
    assert "cid" not in read.records.column("given_name").to_pylist()
    told = [(one["file"], one["line"], one["field"], one["value"], one["kept"]) for one in read.rejects.to_pylist()]
    assert told == [("x.csv", 2, "id", None, False), ("x.csv", 3, "id", "A7", False)]
    assert read.rejects.column("reason").to_pylist() == [BLANK, REPEATED]


def test_files_of_one_source_may_not_share_ids(tmp_path: Path) -> None:
    """It is said how many come again."""
    (tmp_path / "other").mkdir()
    files = [written(folder, "x.csv", "id,name", "A1,Ann", "A2,Bob") for folder in (tmp_path, tmp_path / "other")]
    with pytest.raises(BadInputError, match="Two files of the source x have the same ids: 2 come again"):
        read_people(files, OPTIONS)


def test_a_file_of_which_no_row_can_be_read_is_said_with_the_reason(tmp_path: Path) -> None:
    """The first line that failed, and why, in words and as facts; others beside it do not hide it."""
    good = written(tmp_path, "good.csv", "id,name,dob", "A1,Ann Lee,1990-05-17")
    bad = written(tmp_path, "bad.csv", "id;name;dob", "1;Ann", "2;Bob;1980;x")
    with pytest.raises(
        BadInputError, match=r"No row of bad\.csv .*line 2: The row has 2 cells, the header 3"
    ) as caught:
        read_people([good, bad], OPTIONS)
    assert (caught.value.facts["file"], caught.value.facts["line"]) == ("bad.csv", 2)
    assert "header" in caught.value.remedy


def test_a_file_of_which_some_row_can_be_read_is_read(tmp_path: Path) -> None:
    """Its other rows are told as rejects; a file of column names alone has nothing wrong."""
    some = written(tmp_path, "some.csv", "id,name,dob", "1,Ann", "2,Bob Ray,1980-01-02")
    none = written(tmp_path, "none.csv", "id,name,dob")
    found = read_people([some, none], OPTIONS)
    assert found.records.column("record_id").to_pylist() == ["some:2"]
    assert found.rejects.column("line").to_pylist() == [2]


def test_each_file_uses_the_first_id_it_has(tmp_path: Path) -> None:
    """Files of one question may name their keys differently; without one, rows are counted from 0."""
    left, right = written(tmp_path, "l.csv", "a_id,name", "1,Ann"), written(tmp_path, "r.csv", "b_id,name", "1,Bob")
    people = read_people([left, right], PeopleOptions(id_columns=("a_id", "b_id")))
    assert people.records.column("record_id").to_pylist() == ["l:1", "r:1"]
    assert read_people([left], PeopleOptions()).records.column("record_id").to_pylist() == ["l:0"]


def test_a_file_without_its_id_is_told_which_of_its_columns_could_be(tmp_path: Path) -> None:
    """Of that file alone: those that name each of its rows, the ones called a number before all others."""
    left = written(tmp_path, "l.csv", "a_id,name", "1,Ann", "2,Bob")
    right = written(tmp_path, "r.csv", "b_id,name,group no", "1,Ann,7", "2,Bob,7")
    with pytest.raises(BadInputError, match=r"r\.csv has none of the id columns a_id\.") as caught:
        read_people([left, right], PeopleOptions(id_columns=("a_id",)))
    assert caught.value.remedy == (
        "Did you mean 'b_id'? Columns that could be the id of r.csv: b_id. Each file takes the first --id it has."
    )
    with pytest.raises(BadInputError, match="has the group no of a later row") as caught:
        read_people([right], PeopleOptions(id_columns=("group no",)))
    assert "another column of r.csv with --id (b_id)" in caught.value.remedy


def test_a_file_of_which_no_column_could_be_the_id_is_told_so(tmp_path: Path) -> None:
    """Names come twice in it, and a number is missing."""
    path = written(tmp_path, "x.csv", "no,name", "1,Ann", ",Ann")
    with pytest.raises(BadInputError, match="none of the id columns key") as caught:
        read_people([path], PeopleOptions(id_columns=("key",)))
    assert caught.value.remedy.startswith("No column of x.csv has a value of its own in every row")


def test_a_file_may_be_called_something_else(tmp_path: Path) -> None:
    """A table is compared with itself, or with one whose column says the source, under a name of its own."""
    path = written(tmp_path, "x.csv", "id,system,name", "1,crm,Ann Lee")
    options = PeopleOptions(id_columns=("id",), source_column="system")
    people = read_people([path, path], options, called={1: "?"})
    assert people.records.column("record_id").to_pylist() == ["crm:1", "?:1"]


def test_a_named_column_that_no_file_has_is_a_mistake(tmp_path: Path) -> None:
    """Options that name nothing are refused by name; what is ignored is kept nowhere."""
    path = written(tmp_path, "x.csv", "id,name,ssn", *(f"{n},Ann Lee,{n}23-45-678{n}" for n in range(1, 9)))
    for options in (PeopleOptions(ignore=("x",)), PeopleOptions(source_column="x"), PeopleOptions(map={"x": "email"})):
        with pytest.raises(BadInputError, match="no file has a column 'x'"):
            records(path, options)
    assert records(path)[0]["identifiers"] is not None
    assert records(path, PeopleOptions(id_columns=("id",), ignore=("ssn",)))[0]["identifiers"] is None


def test_row_order_and_threads_do_not_show(tmp_path: Path) -> None:
    """Every row is read the same wherever it stands."""
    rows = [f"{n},Name{n} Lee,0{n % 9 + 1}/{n % 28 + 1:02}/19{n % 90 + 10},n{n}@x.org" for n in range(300)]
    one = records(written(tmp_path, "x.csv", "id,name,dob,email", *rows))
    other = records(written(tmp_path, "x.csv", "id,name,dob,email", *reversed(rows)))
    assert one == other[::-1]


@pytest.mark.slow
def test_a_million_records_are_read_quickly() -> None:
    """A million rows of eight systems take well under a minute."""
    if "C360_DATA" not in os.environ:
        pytest.skip("C360_DATA is not set")
    path = Path(os.environ["C360_DATA"]) / "customers_1m" / "records.parquet"
    started = time.process_time()
    people = read_people([path], PeopleOptions(id_columns=("record_id",), source_column="source"))
    assert time.process_time() - started < 60
    filled = {
        name: 1 - people.records.column(name).null_count / 1_000_000 for name in ("emails", "phones", "birth_date")
    }
    assert filled == pytest.approx({"emails": 0.692, "phones": 0.721, "birth_date": 0.462}, abs=0.01)


def test_rows_in_memory_are_read_as_a_file(tmp_path: Path) -> None:
    """The same rows give the same records, whether they come in a file or not."""
    path = written(tmp_path, "shop.csv", "id,first_name,surname,dob", "1,Ada,Byron,1815-12-10", "2,Ann,,1990")
    rows = pacsv.read_csv(path, convert_options=pacsv.ConvertOptions(column_types={"id": "string", "dob": "string"}))
    assert read_rows({"shop": rows}, OPTIONS).records.equals(read_people([path], OPTIONS).records)


def test_groups_and_ages_of_two_files_are_one_whatever_they_are_called(tmp_path: Path) -> None:
    """Columns that no row has both of and that share their values are compared with each other; so are ages."""
    firms = [f"Firm {letter}" for letter in "abcdefghijklmnop"]
    one = [f"{n},Ann Lee{n},{firms[n % 16]},{n % 60 + 18}" for n in range(160)]
    other = [f"x{n},Bo Ray{n},{firms[n % 16].upper()},{n % 60 + 18}" for n in range(160)]
    files = [
        written(tmp_path, "a.csv", "id,name,company,age", *one),
        written(tmp_path, "b.csv", "id,name,Account.Title,Alter", *other),
    ]
    rows = read_people(files, PeopleOptions(id_columns=("id",), map={"Account.Title": "category"})).records
    named = [dict(cast(list[tuple[str, str]], row)) for row in rows.column("categories").to_pylist()]
    assert {tuple(row) for row in named} == {("company", "age")}


def test_the_number_of_a_house_without_a_street_is_compared_by_itself(tmp_path: Path) -> None:
    """As on the roll of a village; beside a street it is part of the address."""
    rows = [f"{n},Ann Lee{n},{n % 40 + 1}/{n % 3}" for n in range(200)]
    plain = records(written(tmp_path, "roll.csv", "id,name,house_no", *rows))
    assert plain[7]["categories"] == [("house_number", "8/1")]
    street = [f"{row},{['Oak', 'Elm', 'Fir', 'Ash'][n % 4]} Street" for n, row in enumerate(rows)]
    placed = records(written(tmp_path, "town.csv", "id,name,house_no,street", *street))
    assert "house_number" not in str(placed[7]["categories"])


def test_ages_of_one_file_are_read_beside_birth_dates_of_another(tmp_path: Path) -> None:
    """A record without a birth date keeps its age."""
    born = [f"{n},Ann Lee{n},{1930 + n % 70}-0{n % 9 + 1}-11" for n in range(60)]
    aged = [f"{n},Ann Lee{n},{n * n % 61 + 18}" for n in range(60)]
    files = [written(tmp_path, "a.csv", "id,name,dob", *born), written(tmp_path, "b.csv", "id,name,age", *aged)]
    rows = read_people(files, OPTIONS).records.slice(60, 1).to_pylist()
    assert [(row["birth_date"], row["categories"]) for row in rows] == [(None, [("age", "18")])]


def test_headers_that_differ_in_capitals_alone_are_one_group(tmp_path: Path) -> None:
    """A record has no group twice: the first column that says something counts."""
    rows = [f"{n},Ann Lee{n},{'abc'[n % 3]}x,{'defgh'[n % 5]}y" for n in range(150)]
    path = written(tmp_path, "a.csv", "id,name,Job,job", *rows)
    assert records(path)[0]["categories"] == [("job", "ax")]


def test_names_of_two_people_are_told() -> None:
    """By column and number of rows, without the names."""
    table = pa.table({"id": ["1", "2"], "name": ["Otto & Frida Lund", "Anna Berg"]})
    found = read_rows({"crm": table}, PeopleOptions(id_columns=("id",)))
    assert found.remarks == ("name: 1 rows name two people; each is read as the first.",)
    assert found.records.column("family_name").to_pylist() == ["lund", "berg"]


DAYS = ["1984-02-31", "1990-05-17", "1979-13-05", "2000-02-29"]


def dated(rows: int, entered: int, names: int) -> pa.Table:
    """People of whom some have one date, and these so many names."""
    born = [f"{1930 + n % 70}-{1 + n % 12:02}-{1 + n % 28:02}" for n in range(rows - entered)]
    name = [f"{'bcdfghklmn'[n % 10]}{'aeiou'[n // 10 % 5]}{'rstvwz'[n // 50 % 6]}o" for n in range(max(rows, names))]
    return pa.table(
        {
            "id": [str(n) for n in range(rows)],
            "first name": [*(name[n % names] for n in range(entered)), *name[entered:rows]],
            "birth date": [*["1985-06-15"] * entered, *born],
        }
    )


def test_a_date_that_far_too_many_have_stands_for_none() -> None:
    """It is not read, and told; the other dates count."""
    found = read_rows({"crm": dated(400, 60, 60)}, PeopleOptions(id_columns=("id",)))
    assert found.records.column("birth_date").null_count == 60
    assert found.remarks == ("birth date: 60 rows have 1985-06-15: no date is meant, and none is read.",)


def test_days_that_no_calendar_has_are_told() -> None:
    """They are typing errors of real ones: compared as they stand, and counted."""
    people = pa.table({"id": list("abcd"), "name": ["Ana Po", "Ben Li", "Cy Oz", "Di Ra"], "birth date": DAYS})
    found = read_rows({"crm": people}, PeopleOptions(id_columns=("id",)))
    assert found.records.column("birth_date").null_count == 0
    assert found.remarks == ("birth date: 2 rows have a day that no calendar has; it is compared as it stands.",)


@pytest.mark.parametrize(("entered", "names"), [(20, 20), (60, 4)])
def test_a_date_of_few_rows_or_of_few_people_counts(entered: int, names: int) -> None:
    """One person who comes sixty times has a birthday still."""
    found = read_rows({"crm": dated(400, entered, names)}, PeopleOptions(id_columns=("id",)))
    assert found.records.column("birth_date").null_count == 0


def test_a_file_without_rows_is_told(tmp_path: Path) -> None:
    """It may be the wrong one; the others are read."""
    full = written(tmp_path, "full.csv", "id,name,phone", "1,Ana Po,030 1234567")
    empty = written(tmp_path, "empty.csv", "id,name,phone")
    found = read_people([full, empty], OPTIONS)
    assert (found.records.num_rows, found.remarks) == (1, ("empty.csv has a header and no rows.",))


def test_a_file_named_twice_is_refused(tmp_path: Path) -> None:
    """Under another name of its folder too; but somebody may be looked for in the file he stands in."""
    path = written(tmp_path, "full.csv", "id,name,phone", "1,Ana Po,030 1234567")
    with pytest.raises(BadInputError, match="is named twice"):
        read_people([path, tmp_path / "." / "full.csv"], OPTIONS)
    assert read_people([path, path], OPTIONS, called={1: "query"}).records.num_rows == 2


def test_digits_of_every_script_are_the_same() -> None:
    """Telephones in Burmese digits, and houses in Devanagari, are read as in ours."""
    burmese, indian = (str.maketrans("0123456789", digits) for digits in ("၀၁၂၃၄၅၆၇၈၉", "०१२३४५६७८९"))
    plain = [f"0997{row * 79190:07}" for row in range(1, 61)]
    written = [number.translate(burmese) if row % 2 else number for row, number in enumerate(plain)]
    streets = [f"{row} Mill Lane".translate(indian) for row in range(1, 61)]
    table = pa.table({"id": [str(row) for row in range(60)], "phone": written, "address": streets})
    found = read_rows({"a": table}, PeopleOptions(id_columns=("id",))).records
    assert [phone[-10:] for (phone,) in found.column("phones").to_pylist()] == [number[-10:] for number in plain]
    houses = [address["house_number"] for (address,) in found.column("addresses").to_pylist()]
    assert houses == [str(row) for row in range(1, 61)]


def test_two_dates_that_far_too_many_have_stand_for_none() -> None:
    """One program enters the beginning of 1970 and the next that of 2000; the years are not read of either."""
    born = [f"{1930 + n % 70}-{1 + n % 12:02}-{2 + n % 27:02}" for n in range(500)]
    rows = [*["1970-01-01"] * 50, *["2000-01-01"] * 90, *born]
    table = pa.table(
        {"id": [str(n) for n in range(len(rows))], "last name": [f"B{n:03}o" for n in range(len(rows))], "dob": rows}
    )
    found = read_rows({"crm": table}, PeopleOptions(id_columns=("id",)))
    assert found.records.column("birth_date").to_pylist() == [*[None] * 140, *born]
    assert found.remarks == ("dob: 140 rows have 1970-01-01, 2000-01-01: no date is meant, and none is read.",)


def letters(number: int) -> str:
    """A number in letters."""
    return "".join(chr(ord(digit) + 49) for digit in f"{number:04}")


@pytest.mark.parametrize(("names", "lost"), [(1, 0), (200, 200)])
def test_a_telephone_in_many_rows_of_one_person_is_his(names: int, lost: int) -> None:
    """It is no clinic's: one name stands in most of its rows."""
    rows = 6000
    table = pa.table(
        {
            "id": [str(n) for n in range(rows)],
            "first name": [f"B{letters(n % names)}o" if n < 200 else f"C{letters(n)}a" for n in range(rows)],
            "phone": [f"+4670123{1000 if n < 200 else 2000 + n}" for n in range(rows)],
        }
    )
    phones = read_rows({"crm": table}, PeopleOptions(id_columns=("id",))).records.column("phones")
    assert phones.null_count == lost


def test_a_country_code_before_a_hyphen_needs_no_plus() -> None:
    """86-139… says the country of the numbers beside it."""
    numbers = [*(f"86-139{10000000 + n}" for n in range(40)), *(f"138{12345639 + n}" for n in range(40))]
    table = pa.table({"id": [str(n) for n in range(80)], "phone": numbers})
    phones = read_rows({"crm": table}, PeopleOptions(id_columns=("id",))).records.column("phones").to_pylist()
    assert phones[0] == ["+8613910000000"]
    assert phones[-1] == ["+8613812345678"]
    areas = pa.table({"id": [str(n) for n in range(80)], "phone": [f"31-9{80000000 + n}" for n in range(80)]})
    phones = read_rows({"crm": areas}, PeopleOptions(id_columns=("id",))).records.column("phones").to_pylist()
    assert phones[0] == ["31980000000"]  # an area of Brazil, not the country code of the Netherlands
