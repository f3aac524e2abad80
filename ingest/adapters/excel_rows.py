"""Workbooks as rows of text: the first sheet that has rows below a header."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import fastexcel
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from core.errors import BadInputError
from ingest.adapters.arrow_rows import ROWS
from ingest.adapters.contract import Chunk

ENDINGS: Final = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
MIDNIGHT: Final = r"^([0-9]{4}-[0-9]{2}-[0-9]{2}) 00:00:00$"
"""A day without a time."""
NO_DAY: Final = r"^1899-12-3[01] ([0-9]{2}:[0-9]{2}:[0-9]{2})$"
"""A time without a day: sheets count days from here."""
HEADER_ROWS: Final = 1


def read_excel(path: Path) -> Iterator[Chunk]:
    """Read the first sheet with rows, in chunks of bounded size; empty rows are left out, and lines are the sheet's.

    Memory: the sheet, of at most 1,048,576 rows.

    Raises:
        BadInputError: it is no workbook, cannot be opened without a password, or has no columns.
    """
    sheet = _sheet(path)
    rows = pa.table({name: _plain(column) for name, column in zip(sheet.column_names, sheet.columns, strict=True)})
    lines = pa.array(np.arange(HEADER_ROWS + 1, HEADER_ROWS + 1 + rows.num_rows))
    said = _said(rows)
    rows, lines = rows.filter(said), lines.filter(said)
    for begin in range(0, max(rows.num_rows, 1), ROWS):
        yield Chunk(rows=rows.slice(begin, ROWS).combine_chunks(), lines=lines.slice(begin, ROWS))


def other_sheets(path: Path) -> tuple[str, ...]:
    """The sheets of a workbook that have rows and are not read."""
    book = _book(path)
    return tuple(_with_rows(book))[1:] if len(book.sheet_names) > 1 else ()


def _book(path: Path) -> fastexcel.ExcelReader:
    try:
        return fastexcel.read_excel(path)
    except fastexcel.FastExcelError as error:
        raise BadInputError(
            f"{path.name} is no workbook that can be read.",
            remedy="Save it without a password, or as CSV.",
            file=path.name,
        ) from error


def _with_rows(book: fastexcel.ExcelReader) -> Iterator[str]:
    """The sheets with rows below a header."""
    for name in book.sheet_names:
        if book.load_sheet(name, dtypes="string", n_rows=1).height:
            yield name


def _sheet(path: Path) -> pa.RecordBatch:
    """All of the sheet that is read, as text."""
    book = _book(path)
    if not book.sheet_names:
        raise BadInputError(f"{path.name} has no sheets.", remedy="Give a workbook with rows.", file=path.name)
    name = next(_with_rows(book), book.sheet_names[0])
    return book.load_sheet(name, dtypes="string").to_arrow()


def _plain(column: pa.Array) -> pa.Array:
    """Days without the midnight that a sheet has with them, and times without its first day."""
    texts = column.cast(pa.string())
    for written in (MIDNIGHT, NO_DAY):
        if pc.any(pc.match_substring_regex(texts, written)).as_py():
            texts = pc.replace_substring_regex(texts, written, r"\1")
    return texts


def _said(rows: pa.Table) -> pa.Array:
    """Which rows have any value."""
    said = pa.array(np.zeros(rows.num_rows, np.bool_))
    for column in rows.columns:
        said = pc.or_(said, pc.is_valid(column).combine_chunks())
    return said
