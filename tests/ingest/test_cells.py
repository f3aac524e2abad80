"""Cells too long to be values cost their row in every format, alike, and are always told."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ingest import SourceSettings
from ingest.adapters.cells import long_csv_cell, long_json_cell
from ingest.adapters.files import read_chunks
from tests.ingest.workshop import Workshop

Rows = Sequence[tuple[str, str, str]]
HEAD = ("id", "first", "note")
HUGE = "x" * (100 << 20)
LONG = "x" * (3 << 20)
PEOPLE = SourceSettings(key="id", fields={"first": "given_name"})


def objects(rows: Rows) -> Iterator[str]:
    """The rows as JSON."""
    return (json.dumps(dict(zip(HEAD, row, strict=True))) for row in rows)


def write_sqlite(path: Path, rows: Rows) -> None:
    """A table of the rows."""
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE people (id TEXT, first TEXT, note TEXT)")
        database.executemany("INSERT INTO people VALUES (?, ?, ?)", rows)


WRITERS: dict[str, Callable[[Path, Rows], object]] = {
    "csv": lambda path, rows: path.write_text("\n".join(",".join(row) for row in [HEAD, *rows]) + "\n"),
    "jsonl": lambda path, rows: path.write_text("\n".join(objects(rows)) + "\n"),
    "json": lambda path, rows: path.write_text("[" + ", ".join(objects(rows)) + "]\n"),
    "parquet": lambda path, rows: pq.write_table(
        pa.table([pa.array(column) for column in zip(*rows, strict=True)], names=HEAD), path
    ),
    "sql": write_sqlite,
}


def source(root: Path, kind: str, rows: Rows) -> tuple[SourceSettings, str]:
    """Write the rows in a format; the source that reads them, and what it calls its file."""
    path = root / f"people.{kind}"
    WRITERS[kind](path, rows)
    if kind != "sql":
        return msgspec.structs.replace(PEOPLE, path=path.name), path.name
    return msgspec.structs.replace(PEOPLE, type="sql", url=f"sqlite:///{path.name}", table="people"), "people"


def five(note: str) -> Rows:
    """Five people, of whom the third has that note."""
    return [(str(number), "Ann", note if number == 3 else "") for number in range(1, 6)]


@pytest.mark.parametrize("kind", WRITERS)
def test_a_huge_cell_costs_its_row_and_is_told(workshop: Workshop, kind: str) -> None:
    """Of five people one has a cell of 100 MB: four records, and a reject by file, line and field, its value short."""
    settings, file = source(workshop.root, kind, five(HUGE))
    workshop.run(people=settings)
    assert workshop.ask("SELECT source_key FROM records ORDER BY ALL") == [("1",), ("2",), ("4",), ("5",)]
    line = 4 if kind == "csv" else 3
    why = "The row is longer than 16 MB." if kind in {"csv", "jsonl", "json"} else "The cell is longer than 1 MB."
    assert workshop.ask("SELECT file, line, field, reason FROM rejects") == [(file, line, "note", why)]
    assert workshop.ask("SELECT length(value) BETWEEN 1 AND 200 FROM rejects") == [(True,)]


@pytest.mark.parametrize("kind", WRITERS)
def test_a_long_cell_is_treated_alike_in_every_format(workshop: Workshop, kind: str) -> None:
    """A cell of 3 MB is no value wherever it stands: the same reason, the same field, the same rows left."""
    settings, _ = source(workshop.root, kind, five(LONG))
    assert workshop.run(people=settings).counts == {"people.rows": 4, "people.rejects": 1}
    assert workshop.ask("SELECT field, value, reason FROM rejects") == [
        ("note", "x" * 200, "The cell is longer than 1 MB.")
    ]


@pytest.mark.parametrize("kind", ["csv", "jsonl", "json"])
def test_rows_after_a_huge_one_keep_their_line(tmp_path: Path, kind: str) -> None:
    """Two huge rows beside each other and one at the end are three rejects; what stands between keeps its number."""
    huge = "x" * (20 << 20)
    rows = [("1", "A", ""), ("2", "B", huge), ("3", "C", huge), ("4", "D", ""), ("5", "E", huge)]
    path = tmp_path / f"x.{kind}"
    WRITERS[kind](path, rows)
    chunks = list(read_chunks(path))
    first = 2 if kind == "csv" else 1
    read = [line for chunk in chunks for line in chunk.lines.to_pylist()]
    rejected = [one.line for chunk in chunks for one in chunk.rejects]
    assert (read, rejected) == ([first, first + 3], [first + 1, first + 2, first + 4])
    assert max(chunk.rows.nbytes for chunk in chunks) < 1 << 20


@pytest.mark.parametrize("words", ["lorem ipsum", "lorem, ipsum, dolor", 'a ""quoted"", word'])
def test_a_huge_cell_of_many_lines_makes_no_rows(tmp_path: Path, words: str) -> None:
    """Lines inside its quotes are no rows, whatever is in them; the reject says up to which line it runs."""
    lines = (20 << 20) // len(words)
    path = tmp_path / "x.csv"
    path.write_text('id,first,note\n1,Ann,\n2,Ann,"' + f"{words}\n" * lines + '"\n3,Ann,\n')
    chunks = list(read_chunks(path))
    assert [line for chunk in chunks for line in chunk.lines.to_pylist()] == [2, lines + 4]
    (reject,) = [one for chunk in chunks for one in chunk.rejects]
    assert (reject.line, reject.field) == (3, "note")
    assert reject.reason == f"The row is longer than 16 MB. Set aside up to line {lines + 3}."


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (b'{"a": {"b": "' + b"x" * (2 << 20), "a.b"),
        (b'{"a": "\\"}", "b": {"c": 1}, "d": [{"e": 1}, "' + b"x" * (2 << 20), "d"),
        (b'{"a": "b", "c": [' + b"1, " * (1 << 20), "c"),
        (b'"' + b"x" * (2 << 20), None),
    ],
)
def test_the_field_of_a_json_row_that_is_too_long_is_found(text: bytes, field: str | None) -> None:
    """From the beginning of the row alone, under the name its column would have had."""
    assert long_json_cell(text)[0] == field


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (b'1,"a, ""b""",' + b"x" * (2 << 20), "c"),
        (b'1,"' + b"x," * (1 << 20), "b"),
        (b"1," * (1 << 20), None),
    ],
)
def test_the_field_of_a_csv_row_that_is_too_long_is_found(text: bytes, field: str | None) -> None:
    """Separators inside quotes separate nothing; a row with too many short cells has no such field."""
    assert long_csv_cell(text, names=("a", "b", "c"), separator=b",")[0] == field
