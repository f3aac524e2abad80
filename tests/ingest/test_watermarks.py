"""Watermarks: what did not change is not read again, and what comes of it is what reading everything would give."""

import dataclasses
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from ingest import SourceSettings
from ingest.clean.dates import Order
from ingest.events.batches import EventMapping
from ingest.marks import digest_of
from tests.ingest.workshop import Workshop

FILES = SourceSettings(path="p*.csv", key="id", version="v", fields={"last": "family_name", "born": "birth_date"})
TABLE = SourceSettings(
    type="sql",
    url="sqlite:///p.db",
    table="p",
    key="id",
    observed_at="seen",
    deleted="gone",
    fields={"last": "family_name"},
)
HEAD = "id,v,last,born\n"
SAID = "SELECT source_key, family_name, deleted_at IS NOT NULL FROM records ORDER BY 1"
Row = tuple[str, str | None, str, str]


def rows_read(workshop: Workshop) -> int:
    """Rows that the last run read."""
    assert workshop.last is not None
    return sum(count for name, count in workshop.last.counts.items() if name.endswith(".rows"))


def test_files_that_did_not_change_are_not_read_again(workshop: Workshop) -> None:
    """A second run reads nothing, a new file only itself, a changed one only itself; nothing else is lost by it."""
    workshop.write("p1.csv", HEAD + "1,1,Lee,1980-01-02\n2,1,Ray,1981-01-02\nbad\n")
    first = workshop.run(p=FILES)
    before = workshop.bytes()
    assert workshop.run(p=FILES).fingerprint == first.fingerprint
    assert (rows_read(workshop), workshop.bytes()) == (0, before)
    workshop.write("p2.csv", HEAD + "3,1,Fox,1982-01-02\n1,2,Moor,1980-01-02\n")
    assert workshop.run(p=FILES).fingerprint != first.fingerprint
    assert rows_read(workshop) == 2
    assert workshop.ask(SAID) == [("1", "moor", False), ("2", "ray", False), ("3", "fox", False)]
    workshop.write("p2.csv", HEAD + "3,2,Fuchs,1982-01-02\n")
    workshop.run(p=FILES)
    assert (rows_read(workshop), workshop.ask(SAID)[2]) == (1, ("3", "fuchs", False))
    assert workshop.ask("SELECT file, line FROM rejects") == [("p1.csv", 4)]


@pytest.mark.parametrize("change", [{"version": None}, {"mode": "mirror"}, {"fields": {"last": "given_name"}}])
def test_a_source_is_read_whole_where_a_part_would_not_do(workshop: Workshop, change: dict[str, object]) -> None:
    """Without versions, in a mirror, or under other settings, one changed file means all of them."""
    workshop.write("p1.csv", HEAD + "1,1,Lee,\n")
    workshop.write("p2.csv", HEAD + "2,1,Ray,\n")
    workshop.run(p=FILES if "fields" in change else replace(FILES, **change))
    workshop.write("p2.csv", HEAD + "2,2,Roy,\n")
    workshop.run(p=replace(FILES, **change))
    assert rows_read(workshop) == 2


def test_an_unchanged_mirror_deletes_nobody(workshop: Workshop) -> None:
    """What is not read is not absent; what is no longer in a file that changed is."""
    mirror = replace(FILES, mode="mirror")
    workshop.write("p1.csv", HEAD + "1,1,Lee,\n2,1,Ray,\n")
    workshop.run(p=mirror)
    workshop.run(p=mirror)
    assert workshop.ask(SAID) == [("1", "lee", False), ("2", "ray", False)]
    workshop.write("p1.csv", HEAD + "1,1,Lee,\n")
    workshop.run(p=mirror)
    assert workshop.ask(SAID) == [("1", "lee", False), ("2", "ray", True)]


def test_new_rows_that_read_another_way_have_everything_read_again(workshop: Workshop) -> None:
    """The order of dates is decided for the whole source, as if it had been read at once."""
    workshop.write("p1.csv", HEAD + "1,1,Lee,03/04/1980\n")
    workshop.run(p=FILES)
    workshop.write("p2.csv", HEAD + "2,1,Ray,25/04/1981\n")
    workshop.run(p=FILES)
    assert workshop.ask("SELECT birth_date FROM records ORDER BY source_key") == [("1980-04-03",), ("1981-04-25",)]


def test_one_new_row_is_read_by_the_rules_of_the_whole(workshop: Workshop) -> None:
    """Names that begin with the family name and six digits that are a date stay so, though one row cannot tell it."""
    settings = replace(FILES, fields={"last": "full_name", "born": "birth_date"})
    pairs = [(family, given) for family in ("ALVORD", "BEXLEY", "CROMBIE") for given in ("JOHN", "MARY", "ROBERT")]
    names = [f"{family} {given} {letter}" for family, given in pairs for letter in "ABCDEFG"]
    rows = [f"{n},1,{name},{13 + n % 15}{1 + n % 12:02}{50 + n % 40}\n" for n, name in enumerate(names)]
    workshop.write("p1.csv", HEAD + "".join(rows))
    workshop.run(p=settings)
    workshop.write("p2.csv", HEAD + "900,1,Bexley Mary B,050607\n")
    workshop.run(p=settings)
    asked = "SELECT given_name, middle_name, family_name, birth_date FROM records ORDER BY source_key"
    read_on = workshop.ask(asked)
    assert ("mary", "b", "bexley", "2007-06-05") in read_on
    workshop.forget()
    workshop.run(p=settings)
    assert workshop.ask(asked) == read_on


@pytest.mark.parametrize(
    "other", [Order(day_first=True), Order(year_last=True), Order(serial=True), Order(packed="dmy")]
)
def test_whatever_a_column_of_times_taught_is_compared(other: Order) -> None:
    """Events are read anew where any part of how their instants read has changed."""
    settings = SourceSettings(path="e.csv", content="events")
    first = EventMapping(name="e", settings=settings, who_is_source=False, order=Order(), region="US")
    assert digest_of(dataclasses.replace(first, order=other).taught()) != digest_of(first.taught())


def put(root: Path, *rows: Row) -> None:
    """Make the table hold these rows."""
    with closing(sqlite3.connect(root / "p.db")) as database, database:
        database.execute("CREATE TABLE IF NOT EXISTS p (id TEXT, seen TEXT, gone TEXT, last TEXT)")
        database.execute("DELETE FROM p")
        database.executemany("INSERT INTO p VALUES (?, ?, ?, ?)", rows)


LEE: Row = ("1", "2020-01-01", "", "Lee")
RAY: Row = ("2", "2020-01-05", "", "Ray")
CHANGES: dict[str, tuple[tuple[Row, ...], int]] = {
    "nothing": ((LEE, RAY), 0),
    "a later row": ((LEE, RAY, ("3", "2020-01-06", "", "Fox")), 1),
    "a later change": (((*LEE[:1], "2020-01-06", "", "Moor"), RAY), 2),
    "a row as late as the last": ((LEE, RAY, ("3", "2020-01-05", "", "Fox")), 3),
    "a row that comes late": ((LEE, RAY, ("3", "2019-01-01", "", "Fox")), 3),
    "a row marked deleted": ((LEE, ("2", "2020-01-06", "yes", "Ray")), 2),
    "a mark without a time": ((LEE, ("2", "2020-01-05", "yes", "Ray")), 2),
    "a row without a time": ((LEE, RAY, ("3", None, "", "Fox")), 3),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_table_is_read_on_and_stays_right(workshop: Workshop, change: str) -> None:
    """Whatever changed below or above the watermark, the records are those of a table read whole each time."""
    settings = replace(TABLE, mode="mirror" if "later" in change else "full")
    rows, read = CHANGES[change]
    put(workshop.root, LEE, RAY)
    workshop.run(p=settings)
    put(workshop.root, *rows)
    workshop.run(p=settings)
    assert rows_read(workshop) == read
    on = workshop.ask(SAID)
    workshop.forget()
    put(workshop.root, LEE, RAY)
    workshop.run(p=replace(settings, observed_at=None, deleted="gone"))
    put(workshop.root, *rows)
    workshop.run(p=replace(settings, observed_at=None, deleted="gone"))
    assert workshop.ask(SAID) == on


def test_a_row_that_is_gone_is_deleted_in_a_mirror(workshop: Workshop) -> None:
    """The keys below the watermark tell that it is gone, though no later row does."""
    put(workshop.root, LEE, RAY)
    workshop.run(p=replace(TABLE, mode="mirror"))
    put(workshop.root, RAY)
    workshop.run(p=replace(TABLE, mode="mirror"))
    assert workshop.ask(SAID) == [("1", "lee", True), ("2", "ray", False)]


def test_numbers_are_compared_as_numbers(workshop: Workshop) -> None:
    """Version 10 lies past version 9, in a table as in a query."""
    with closing(sqlite3.connect(workshop.root / "p.db")) as database, database:
        database.execute("CREATE TABLE p (id TEXT, v INTEGER, last TEXT)")
        database.execute("INSERT INTO p VALUES ('1', 9, 'Lee')")
    by_table = SourceSettings(
        type="sql", url="sqlite:///p.db", table="p", key="id", version="v", fields={"last": "family_name"}
    )
    by_query = replace(by_table, table=None, query="SELECT id, v + 0 AS v, last FROM p")
    workshop.run(p=by_table, q=by_query)
    with closing(sqlite3.connect(workshop.root / "p.db")) as database, database:
        database.execute("INSERT INTO p VALUES ('2', 10, 'Ray')")
    workshop.run(p=by_table, q=by_query)
    assert workshop.last is not None
    assert (workshop.last.counts["p.rows"], workshop.last.counts["q.rows"]) == (1, 1)
    assert workshop.ask("SELECT count(*) FROM records") == [(4,)]


def test_reading_on_gives_what_reading_at_once_gives(workshops: Callable[[], Workshop]) -> None:
    """Three files over three runs are the records of three files in one run, but for when they came."""
    files = {f"p{n}.csv": HEAD + f"{n},1,Lee{n},1980-01-0{n}\n1,{n},Moor{n},1980-01-01\n" for n in (1, 2, 3)}
    on, at_once = workshops(), workshops()
    for name, text in files.items():
        on.write(name, text)
        on.run(p=FILES)
        at_once.write(name, text)
    at_once.run(p=FILES)
    said = "SELECT * EXCLUDE (ingested_at) FROM records ORDER BY record_id"
    assert on.ask(said) == at_once.ask(said)
