"""Workbooks: the largest sheet, as text."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from core.errors import BadInputError
from ingest import PeopleOptions, read_people
from ingest.adapters.files import read_chunks, read_file

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
Cell = str | int | float | None
DAY = 1
"""The style of a day; numbers in it are days since 1899-12-30."""


def cell(value: Cell | tuple[float, int]) -> str:
    """A cell as a sheet has it: text, a number, or a number with a style."""
    if value is None:
        return "<c/>"
    if isinstance(value, tuple):
        return f'<c s="{value[1]}"><v>{value[0]}</v></c>'
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f"<c><v>{value}</v></c>"


def workbook(path: Path, **sheets: list[list[Cell | tuple[float, int]]]) -> Path:
    """A workbook with these sheets, as small as the standard allows (ECMA-376)."""
    names = list(sheets)
    with zipfile.ZipFile(path, "w") as parts:
        kinds = "".join(
            f'<Override PartName="/xl/worksheets/sheet{at}.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
            for at in range(len(names))
        )
        parts.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/xl/workbook.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
            '<Override PartName="/xl/styles.xml" '
            f'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>{kinds}</Types>',
        )
        relation = '<Relationship Id="r{0}" Type="{1}/{2}" Target="{3}"/>'.format
        parts.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships">'
            f"{relation(0, OFFICE, 'officeDocument', 'xl/workbook.xml')}</Relationships>",
        )
        targets = "".join(relation(at, OFFICE, "worksheet", f"worksheets/sheet{at}.xml") for at in range(len(names)))
        parts.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships">{targets}'
            f"{relation('s', OFFICE, 'styles', 'styles.xml')}</Relationships>",
        )
        parts.writestr(
            "xl/styles.xml",
            f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
            "</styleSheet>",
        )
        listed = "".join(f'<sheet name="{name}" sheetId="{at + 1}" r:id="r{at}"/>' for at, name in enumerate(names))
        parts.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'
        )
        for at, rows in enumerate(sheets.values()):
            data = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
            parts.writestr(
                f"xl/worksheets/sheet{at}.xml", f'<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData></worksheet>'
            )
    return path


def test_cells_are_text_as_a_reader_sees_them(tmp_path: Path) -> None:
    """Whole numbers have no point, days no midnight, times no day; zeros before a number stay, and blanks are null."""
    rows: list[list[Cell | tuple[float, int]]] = [
        ["id", "born", "zip", "phone", "at"],
        [1, (29254, DAY), "01234", 7012345678, "09:30"],
        [2, "03/04/1981", 1234, None, None],
    ]
    table, _, rejects = read_file(workbook(tmp_path / "x.xlsx", People=rows))
    assert table.to_pylist() == [
        {"id": "1", "born": "1980-02-03", "zip": "01234", "phone": "7012345678", "at": "09:30"},
        {"id": "2", "born": "03/04/1981", "zip": "1234", "phone": None, "at": None},
    ]
    assert rejects.num_rows == 0


def test_empty_rows_are_left_out_and_lines_are_the_sheets(tmp_path: Path) -> None:
    """A blank row between two is no record, and what follows keeps its number."""
    path = workbook(tmp_path / "x.xlsx", A=[["id", "name"], [1, "a"], [None, None], [2, "b"]])
    (chunk,) = read_chunks(path)
    assert chunk.rows.column("name").to_pylist() == ["a", "b"]
    assert chunk.lines.to_pylist() == [2, 4]


def test_the_largest_sheet_is_read_and_the_others_are_told(tmp_path: Path) -> None:
    """A cover of a title and a date stands before it; whoever gives two tables reads which one was left."""
    cover: list[list[Cell | tuple[float, int]]] = [["Visits of 2024"], ["Generated", "2024-05-01"]]
    rows: list[list[Cell | tuple[float, int]]] = [["id", "name"], [1, "a"], [2, "b"]]
    path = workbook(tmp_path / "x.xlsx", Cover=cover, People=rows, More=rows, Empty=[])
    table, _, rejects = read_file(path)
    assert table.to_pylist() == [{"id": "1", "name": "a"}, {"id": "2", "name": "b"}]
    assert [one["reason"] for one in rejects.to_pylist()] == [
        f"The sheet '{name}' is not read: only the largest is." for name in ("Cover", "More")
    ]
    people = read_people([path], PeopleOptions(id_columns=("id",)))
    assert people.records.num_rows == 2
    assert people.rejects.num_rows == 2


def test_a_title_above_the_header_is_set_aside(tmp_path: Path) -> None:
    """The header is the first full row, wherever it stands, and lines are counted from the top of the sheet."""
    rows: list[list[Cell | tuple[float, int]]] = [["People of 2024", None, None], ["id", "name", "town"], [1, "a", "b"]]
    (chunk,) = read_chunks(workbook(tmp_path / "x.xlsx", A=rows))
    assert chunk.rows.to_pylist() == [{"id": "1", "name": "a", "town": "b"}]
    assert chunk.lines.to_pylist() == [3]
    assert [(one.line, one.reason) for one in chunk.rejects] == [(1, "It stands above the header.")]


def test_columns_without_a_name_are_kept_by_their_place(tmp_path: Path) -> None:
    """As those of CSV; blank texts are no values, and rows of nothing else no rows."""
    path = workbook(tmp_path / "x.xlsx", A=[["id", None, "name"], [1, "x", "a"], [None, "", " "]])
    assert read_file(path).rows.to_pylist() == [{"id": "1", "column_2": "x", "name": "a"}]


def test_a_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    """Which of the two is meant nobody can tell."""
    with pytest.raises(BadInputError, match="more than once"):
        read_file(workbook(tmp_path / "x.xlsx", A=[["id", "name", "name"], [1, "a", "b"]]))


def test_a_workbook_without_rows_is_refused(tmp_path: Path) -> None:
    """Be it empty or with a header alone."""
    header: list[list[Cell | tuple[float, int]]] = [["id", "name"]]
    for rows in ([], header):
        with pytest.raises(BadInputError, match="no sheet with a header and rows"):
            read_file(workbook(tmp_path / "x.xlsx", A=rows))


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    """By its name, and with what to do."""
    path = tmp_path / "x.xlsx"
    path.write_text("id,name\n1,a\n")
    with pytest.raises(BadInputError, match=r"x\.xlsx is no workbook") as caught:
        read_file(path)
    assert "CSV" in caught.value.remedy
    damaged = workbook(tmp_path / "y.xlsx", A=[["id"], [1]])
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BadInputError, match=r"y\.xlsx is no workbook"):
        read_file(damaged)
