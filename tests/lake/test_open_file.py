"""One file opened as a table."""

from pathlib import Path

import pytest

from core.errors import BadInputError
from lake.query import open_file

ROWS = 'id,note,more\n1,"two\nlines",a\n2,"three\r\nmore, with a comma",b\n3\n4,d\n'


@pytest.mark.parametrize(("name", "sign"), [("t.csv", ","), ("t.tsv", "\t")])
def test_a_padded_file_may_have_line_breaks_in_quotes(tmp_path: Path, name: str, sign: str) -> None:
    """Short rows are filled up with nulls, and a cell of several lines stays one."""
    path = tmp_path / name
    path.write_bytes(ROWS.replace(",", sign).encode())
    with open_file(path, "found", padded=True) as database:
        rows = database.execute("SELECT id, note, more FROM found").fetchall()
    assert rows == [
        ("1", "two\nlines", "a"),
        ("2", f"three\r\nmore{sign} with a comma", "b"),
        ("3", None, None),
        ("4", "d", None),
    ]


def test_a_padded_file_keeps_the_order_of_its_rows(tmp_path: Path) -> None:
    """However many there are and wherever lines break."""
    path = tmp_path / "t.csv"
    path.write_text("id,note\n" + "".join(f'{n},"a\nb"\n' if n % 2 else f"{n}\n" for n in range(60_000)))
    with open_file(path, "found", padded=True) as database:
        rows = database.execute("SELECT id FROM found").fetchall()
    assert rows == [(str(n),) for n in range(60_000)]


def test_a_row_with_too_many_cells_is_named_by_its_line(tmp_path: Path) -> None:
    """Padding fills up, and cuts nothing off."""
    path = tmp_path / "t.csv"
    path.write_text("id,note\n" + "1,a\n" * 3000 + "2,b,c,d\n" + "3,e\n" * 3000)
    with pytest.raises(BadInputError, match=r"t\.csv, line 3002,"):
        open_file(path, "found", padded=True)
