"""Cells too long to be values: which rows hold one, and in which field a row grew too long to be read.

Tables and bytes in, rejects out; every reader's chunks go through `short_cells`, so that one limit holds for all.
"""

import re
from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ingest.adapters.contract import SHOWN, Chunk, Reject
from ingest.adapters.row_ends import ROW_LIMIT, closing_quote

CELL_LIMIT: Final = 1 << 20
LongCell = Callable[[bytes], tuple[str | None, int]]
"""From the beginning of a row that is too long: the field that makes it so, None where none does; where it begins."""
TOKEN: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[{}\[\]:]', re.DOTALL)
LIST: Final = "[]"


def short_cells(chunk: Chunk) -> Chunk:
    """Leave out rows with a cell that is too long to be a value; they become rejects that name the first such field."""
    kept = np.ones(chunk.rows.num_rows, bool)
    rejects: list[Reject] = []
    for name in chunk.rows.column_names:
        column = chunk.rows.column(name)
        for row in _long(column):
            if kept[row]:
                kept[row] = False
                value = pc.utf8_slice_codeunits(column.slice(row, 1), 0, SHOWN)[0].as_py()
                reason = f"The cell is longer than {CELL_LIMIT >> 20} MB."
                line = chunk.lines[row].as_py()
                rejects.append(Reject(line=line, field=name, value=value, reason=reason))
    if not rejects:
        return chunk
    mask = pa.array(kept)
    return Chunk(rows=chunk.rows.filter(mask), lines=chunk.lines.filter(mask), rejects=(*chunk.rejects, *rejects))


def _long(column: pa.ChunkedArray) -> list[int]:
    """The rows of a column whose text is too long."""
    if column.nbytes <= CELL_LIMIT:
        return []
    long = pc.fill_null(pc.greater(pc.binary_length(column), CELL_LIMIT), False)
    rows: list[int] = pc.indices_nonzero(long).to_pylist()
    return rows


def long_row(text: bytes, line: int, long_cell: LongCell) -> Reject:
    """Reject a row that is passed over.

    Args:
        text: its beginning, more than `ROW_LIMIT`.
        line: where it begins.
        long_cell: finds the field.
    """
    field, start = long_cell(text)
    value = text[start : start + SHOWN].decode("utf-8", errors="backslashreplace")
    return Reject(line=line, field=field, value=value, reason=f"The row is longer than {ROW_LIMIT >> 20} MB.")


def no_cell(_text: bytes) -> tuple[None, int]:
    """Of a text without fields."""
    return None, 0


def long_csv_cell(text: bytes, *, names: Sequence[str], separator: bytes) -> tuple[str | None, int]:
    """Find the first long cell of a CSV row."""
    start = 0
    for name in names:
        place = closing_quote(text, start + 1) if text[start : start + 1] == b'"' else start
        end = text.find(separator, place) if place >= 0 else -1
        if (end if end >= 0 else len(text)) - start > CELL_LIMIT:
            return name, start
        if end < 0:
            break
        start = end + len(separator)
    return None, 0


def long_json_cell(text: bytes) -> tuple[str | None, int]:
    """Find the first long string of a JSON object, else the value that has no end; objects inside give dotted names."""
    names: list[str] = []
    said = b""
    for token in TOKEN.finditer(text):
        sign = token[0][:1]
        if sign == b'"':
            said = token[0]
            if len(said) > CELL_LIMIT:
                return _field(names), token.start()
        elif sign == b":" and names:
            names[-1] = said[1:-1].decode("utf-8", errors="backslashreplace")
        elif sign in b"{[":
            names.append("" if sign == b"{" else LIST)
        elif names:
            names.pop()
    return _field(names), 0


def _field(names: Sequence[str]) -> str | None:
    return ".".join(takewhile(lambda name: name and name != LIST, names)) or None
