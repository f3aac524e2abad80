"""Quotes that somebody forgot: they cost their own row and no other, and cells of several lines stay what they are."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.adapters import blocks as cut_blocks
from ingest.adapters import row_ends as cutting
from ingest.adapters.files import read_chunks
from ingest.adapters.row_ends import Shape, row_ends

HEAD = "id,name,city\n"
Found = tuple[list[str], list[tuple[int, str]]]


def read(path: Path, text: str) -> Found:
    """The keys that are read, and the line and reason of every reject."""
    path.write_text(text, newline="")
    chunks = list(read_chunks(path))
    keys = [str(key) for chunk in chunks for key in chunk.rows.column("id").to_pylist()]
    return keys, [(one.line, one.reason) for chunk in chunks for one in chunk.rejects]


@pytest.mark.parametrize(
    "after",
    [
        "3,Cy,Bonn\n4,Di,Kiel\n",
        '3,"Roe, Cy",Bonn\n4,Di,Kiel\n',
        '3,Cy,Bonn\n4,TV 6",Kiel\n',
        '3,"Cy",Bonn\n4,"Di ""D""","Kiel"\n',
        '3,"two\nlines",Bonn\n4,Di,Kiel',
        '3,"",Bonn\n4,"",Kiel\n',
    ],
)
def test_a_forgotten_quote_costs_only_its_row(tmp_path: Path, after: str) -> None:
    """Whatever stands in the rows that follow, they are read, and the row is named with its line and text."""
    keys, rejects = read(tmp_path / "x.csv", f'{HEAD}1,Al,Ulm\n2,"Lee, Bo,Hof\n{after}')
    assert keys == ["1", "3", "4"]
    assert rejects == [(3, "A quote is not closed.")]


@pytest.mark.parametrize(
    "cell",
    ["12 Main St\nBonn,NW", "Dear Ann,\nthanks, Bo, for that\nbye, Cy, then", 'a\n"b", c\n\nd', "\n", "1,2\n3"],
)
def test_cells_of_several_lines_stay_whole(tmp_path: Path, cell: str) -> None:
    """Addresses and letters with commas and quotes in them are one cell, in any column."""
    rows = [["1", cell, "Ulm"], ["2", "Bo", cell], ["3", "Cy", "Hof"]]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([HEAD.strip().split(","), *rows])
    path = tmp_path / "x.csv"
    path.write_text(text.getvalue(), newline="")
    chunks = list(read_chunks(path))
    assert [list(row.values()) for chunk in chunks for row in chunk.rows.to_pylist()] == rows
    assert not any(chunk.rejects for chunk in chunks)


def test_what_is_set_aside_together_says_up_to_where(tmp_path: Path) -> None:
    """A letter cut short is one reject, not one for each of its lines; a row too wide says where it ends."""
    letter = "Dear Ann,\nthank you\nfor all\n"
    _, rejects = read(tmp_path / "x.csv", f'{HEAD}1,"{letter}",Ulm,more\n2,"{letter}')
    assert rejects == [
        (2, "The row has 4 cells, the header 3. It runs up to line 5."),
        (6, "The file ends inside quotes: it was cut short, or a quote is missing. Set aside up to line 8."),
    ]


def test_forgotten_quotes_are_found_in_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """An open quote is waited for no longer than a row may be; then reading goes on with the next line."""
    monkeypatch.setattr(cutting, "ROW_LIMIT", 1000)
    rows = [f"{number},Al,Ulm\n" for number in range(500)]
    rows[100] = '100,"Al,Ulm\n'
    pieces = [piece.encode() for piece in rows]
    found = row_ends(b"".join(pieces), Shape(separator=",", width=3), last=False)
    assert list(found.spoilt) == [100]
    assert len(found.ends) == 500


def test_an_open_quote_may_be_closed_later() -> None:
    """Of a text that goes on, a row whose quote is open is not given yet, and nothing is said of it."""
    found = row_ends(b'1,Al,Ulm\n2,"Bo\nhas two lines', Shape(separator=",", width=3), last=False)
    assert (found.ends.tolist(), found.spoilt) == ([9], {})


TEXT = st.text('ab,"\n;', max_size=6)
ROWS = st.lists(st.tuples(TEXT, st.sampled_from(["x", "y,z", '"'])), min_size=1, max_size=6)


@given(before=ROWS, after=ROWS)
def test_no_row_beside_a_broken_one_is_lost(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> None:
    """Rows of any content around a row with a quote too few are found where they are."""
    pieces = [_written(number, *row) for number, row in enumerate((*before, ("", ""), *after))]
    pieces[len(before)] = f'{len(before)},"Lee,Ulm\n'
    data = "".join(pieces).encode()
    found = row_ends(data, Shape(separator=",", width=3), last=True)
    starts = [0, *found.ends.tolist()]
    rows = [data[start:end].decode() for start, end in zip(starts, found.ends.tolist(), strict=False)]
    assert rows == pieces
    assert list(found.spoilt) == [len(before)]


LONG = st.lists(st.sampled_from(["x", " y", '"', "\n", "zz"]), max_size=150).map("".join)


@given(cells=st.lists(LONG, min_size=1, max_size=8), size=st.integers(1, 300))
def test_overlong_rows_are_told_and_no_other_is_lost(cells: list[str], size: int) -> None:
    """Wherever the file is cut into pieces, each row is read whole, or is too long and a reject of its own line."""
    rows = [_written(number, cell, "x") for number, cell in enumerate(cells)]
    data = "".join(rows).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting, "ROW_LIMIT", 60)
        patch.setattr(cut_blocks, "ROW_LIMIT", 60)
        pieces = [data[at : at + size] for at in range(0, len(data), size)]
        blocks = list(cut_blocks.cut(pieces, Shape(separator=",", width=3)))
    lines = [1 + sum(row.count("\n") for row in rows[:number]) for number in range(len(rows))]
    rejected = {one.line for block in blocks for one in block.rejects}
    assert sum(len(block.rejects) for block in blocks) == len(rejected)
    assert {line for line, row in zip(lines, rows, strict=True) if len(row) > 60} >= rejected
    kept = [row for line, row in zip(lines, rows, strict=True) if line not in rejected]
    assert b"".join(block.data for block in blocks).decode() == "".join(kept)


def _written(number: int, *cells: str) -> str:
    """A row as Python writes it."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow([number, *cells])
    return text.getvalue()
