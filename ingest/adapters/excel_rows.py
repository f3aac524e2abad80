"""Workbooks as rows of text: the largest visible sheet, for a cover may stand before it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import fastexcel
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from core.errors import BadInputError
from ingest.adapters.arrow_rows import ROWS
from ingest.adapters.contract import Chunk, Reject, column_names

ENDINGS: Final = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
MIDNIGHT: Final = r"^([0-9]{4}-[0-9]{2}-[0-9]{2}) 00:00:00$"
"""A day without a time."""
NO_DAY: Final = r"^1899-12-3[01] ([0-9]{2}:[0-9]{2}:[0-9]{2})$"
"""A time without a day: sheets count days from here."""
NOT_READ: Final = "The sheet '{}' is not read: only the largest is."
ABOVE: Final = "It stands above the header."
VISIBLE: Final = "visible"
LEAST_ROWS: Final = 2
"""A header and a row."""
LOOKED_AT: Final = 20
"""Rows among which the header is looked for: a title may stand above it."""
FULL: Final = 0.5
"""Cells of a header, to each of the fullest row looked at: a title fills one or two."""


def read_excel(path: Path) -> Iterator[Chunk]:
    """Read the largest visible sheet with rows below a header, of several the first, in chunks of bounded size.

    Empty rows are left out, and lines are the sheet's. What stands above the header, and every other visible sheet with
    rows, is a reject that says so.

    Memory: all sheets, of at most 1,048,576 rows each.

    Raises:
        BadInputError: it is no workbook, is damaged, cannot be opened without a password, has no columns, or a column
            stands in it twice.
    """
    try:
        sheet, others = _sheets(path)
    except (fastexcel.FastExcelError, fastexcel.CalamineError) as error:
        raise BadInputError(
            f"{path.name} is no workbook that can be read.",
            remedy="Save it without a password, or as CSV.",
            file=path.name,
        ) from error
    filled = _filled(sheet)
    at = _header_at(filled)
    rejects = [Reject(line=1, reason=NOT_READ.format(name)) for name in others]
    rejects += [Reject(line=row + 1, reason=ABOVE) for row in np.flatnonzero(filled[:at]).tolist()]
    names = column_names([column[at].as_py() for column in sheet.columns], path)
    table = pa.table({name: _plain(column[at + 1 :]) for name, column in zip(names, sheet.columns, strict=True)})
    said = filled[at + 1 :] > 0
    rows, lines = table.filter(pa.array(said)), pa.array(np.flatnonzero(said) + at + 2)
    for begin in range(0, max(rows.num_rows, 1), ROWS):
        part = rows.slice(begin, ROWS).combine_chunks()
        yield Chunk(rows=part, lines=lines.slice(begin, ROWS), rejects=() if begin else rejects)


def _sheets(path: Path) -> tuple[pa.RecordBatch, tuple[str, ...]]:
    """All cells of the sheet that is read, as text, and the names of the other sheets with more than one row."""
    book = fastexcel.read_excel(path)
    sheets = [
        book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string", whitespace_as_null=True)
        for name in book.sheet_names
    ]
    seen = [sheet for sheet in sheets if sheet.visible == VISIBLE and sheet.height >= LEAST_ROWS]
    if not seen:
        raise BadInputError(
            f"{path.name} has no sheet with a header and rows.", remedy="Give a workbook with rows.", file=path.name
        )
    largest = max(seen, key=lambda sheet: sheet.height * sheet.width)
    return largest.to_arrow(), tuple(sheet.name for sheet in seen if sheet is not largest)


def _filled(sheet: pa.RecordBatch) -> NDArray[np.int64]:
    """How many cells of each row say something; shape (rows,)."""
    filled = np.zeros(sheet.num_rows, np.int64)
    for column in sheet.columns:
        filled += pc.fill_null(pc.not_equal(column, ""), False).to_numpy(zero_copy_only=False)
    return filled


def _header_at(filled: NDArray[np.int64]) -> int:
    """The row of the header: the first of those looked at that is not far emptier than the fullest."""
    looked = filled[:LOOKED_AT]
    return int(np.argmax(looked >= FULL * looked.max(initial=0)))


def _plain(column: pa.Array) -> pa.Array:
    """Days without the midnight that a sheet has with them, and times without its first day."""
    texts = column.cast(pa.string())
    for written in (NO_DAY, MIDNIGHT):
        if pc.any(pc.match_substring_regex(texts, written)).as_py():
            texts = pc.replace_substring_regex(texts, written, r"\1")
    return texts
