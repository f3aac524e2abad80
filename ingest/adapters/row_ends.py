"""Where rows of a text end, and which of them a missing quote spoils. Bytes in, places out.

A line end inside quotes belongs to its cell. But a quote that somebody forgot swallows the rows after it: so a cell of
several lines is believed only when its quote closes as it should and the lines in it are not rows of their own.
Row ends are found with NumPy; Python looks only at lines whose quotes are not plainly in order.

Source: RFC 4180, read as Arrow's reader reads it: a quote opens a cell only at its beginning.
"""

import csv
import re
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

ROW_LIMIT: Final = 16 << 20
LOOKED_AT: Final = 200
QUOTE: Final = 34
LINE_END: Final = 10
RETURN: Final = 13
UNCLOSED: Final = "A quote is not closed."
CUT_SHORT: Final = "The file ends inside quotes: it was cut short, or a quote is missing."
FEW: Final = 3
"""Lines that must look like rows where the first cell of a row is no more than words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a row looks like: the sign between its cells, and their number."""

    separator: str
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Whole rows of a text.

    Attributes:
        ends: shape (rows,): the place after each row's line end.
        lines: shape (rows,): lines in each row.
        spoilt: by row, why it is to be set aside.
    """

    ends: NDArray[np.int64]
    lines: NDArray[np.int64]
    spoilt: dict[int, str] = field(default_factory=dict[int, str])


def row_ends(data: bytes, shape: Shape | None, *, last: bool) -> Rows:
    """Find where rows end.

    Args:
        data: begins where a row does.
        shape: of CSV; None where every line is a row.
        last: whether nothing comes after; an open quote is waited for otherwise, beyond 16 MB if no rows follow it.
    """
    signs = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(signs == LINE_END) + 1
    if shape is None or b'"' not in data or not len(ends):
        return Rows(ends=ends, lines=np.ones(len(ends), np.int64))
    whole = np.ones(len(ends), bool)
    spoilt: dict[int, str] = {}
    past = 0
    for line in _untidy_lines(signs, ends, ord(shape.separator)).tolist():
        start = int(ends[line - 1]) if line else 0
        if line < past:
            continue
        end, tidy = first_row(data, start, shape.separator.encode())
        if end < 0 and tidy and not last and len(data) - start <= ROW_LIMIT:
            whole[line:] = False
            break
        until = len(ends) - 1 if end < 0 else int(np.searchsorted(ends, end))
        if not tidy or _swallows(data, start, int(ends[until]), shape, closed=end >= 0):
            spoilt[line] = UNCLOSED
        elif end < 0 and not last:
            whole[line:] = False
            break
        elif end < 0:
            spoilt[until] = CUT_SHORT
            whole[line:until] = False
            past = until + 1
        else:
            whole[line:until] = False
            past = until + 1
    kept = np.flatnonzero(whole)
    return Rows(
        ends=ends[kept],
        lines=np.diff(np.concatenate([np.full(1, -1), kept])),
        spoilt={row: spoilt[line] for row, line in enumerate(kept.tolist()) if line in spoilt} if spoilt else {},
    )


def _untidy_lines(signs: NDArray[np.uint8], ends: NDArray[np.int64], separator: int) -> NDArray[np.int64]:
    """Lines with an odd number of quotes, or with one that neither begins nor ends a cell nor is doubled."""
    quotes = np.flatnonzero(signs == QUOTE)
    quotes = quotes[quotes < ends[-1]]
    per_line = np.diff(np.searchsorted(quotes, np.concatenate([np.zeros(1, np.int64), ends])))
    firsts = np.cumsum(per_line) - per_line
    odd = (np.arange(len(quotes)) - np.repeat(firsts, per_line)) % 2 == 1
    beside = np.where(odd, signs[quotes + 1], np.where(quotes > 0, signs[quotes - 1], LINE_END))
    tidy = (beside == separator) | (beside == LINE_END) | (beside == QUOTE) | (odd & (beside == RETURN))
    untidy = np.bincount(np.repeat(np.arange(len(ends)), per_line)[~tidy], minlength=len(ends))
    return np.flatnonzero((per_line % 2 == 1) | (untidy > 0))


def first_row(data: bytes, start: int, separator: bytes) -> tuple[int, bool]:
    """Where the row that begins here ends, -1 when the text ends first; and whether its long cells are in order.

    The quote of a cell of several lines has to close before a separator or a line end.
    """
    place, line_end = start, data.find(b"\n", start)
    while True:
        quote = data.find(b'"', place)
        if quote < 0 or -1 < line_end < quote:
            return (line_end + 1 if line_end >= 0 else -1), True
        place = quote + 1
        if quote > start and data[quote - 1 : quote] != separator:
            continue
        closing = closing_quote(data, place)
        if closing < 0:
            return -1, True
        place = closing + 1
        if -1 < line_end < closing:
            if data[place : place + 1] not in {separator, b"\r", b"\n", b""}:
                return -1, False
            line_end = data.find(b"\n", place)


def ends_inside(data: bytes, separator: bytes) -> bool:
    """Whether the row that begins here is cut inside a quoted cell."""
    place = 0
    while (quote := data.find(b'"', place)) >= 0:
        place = quote + 1
        if quote and data[quote - 1 : quote] != separator:
            continue
        place = closing_quote(data, place) + 1
        if not place:
            return True
    return False


def closing_quote(data: bytes, place: int) -> int:
    """The next quote that is not doubled, -1 when there is none."""
    while (place := data.find(b'"', place)) >= 0:
        if data[place + 1 : place + 2] != b'"':
            return place
        place += 2
    return -1


def _swallows(data: bytes, start: int, end: int, shape: Shape, *, closed: bool) -> bool:
    """Whether a row of several lines is one with a quote too few, and the rows it swallowed."""
    separator = shape.separator.encode()
    begun = data.find(b"\n", start) + 1
    first = data[start:begun]
    full = first.count(separator) + 1 >= shape.width
    fits = closed and len(_cells(data[start:end], shape)) == shape.width
    if fits and not full:
        return False
    rows = [row for row in _rows_within(data, begun, end, separator) if row.strip()]
    alike = sum(_is_row(row, shape) for row in rows)
    if not fits:
        return 2 * alike >= len(rows) > 0
    begins = {_kind_of_start(row, separator) for row in (first, *rows)}
    needed = 1 if any(b"9" in one for one in begins) else FEW
    return alike == len(rows) >= needed and len(begins) == 1


def _rows_within(data: bytes, start: int, end: int, separator: bytes) -> list[bytes]:
    """The first rows that begin in a stretch, when reading begins anew there; a row without end is its line."""
    rows: list[bytes] = []
    while start < end and len(rows) < LOOKED_AT:
        until, tidy = first_row(data, start, separator)
        if until < 0 or not tidy:
            until = data.find(b"\n", start) + 1
        rows.append(data[start:until])
        start = until
    return rows


def _is_row(row: bytes, shape: Shape) -> bool:
    """Whether a row has as many cells as it should have, none of them after the blank of a sentence."""
    if row.count(shape.separator.encode()) + 1 < shape.width:
        return False
    cells = _cells(row, shape)
    return len(cells) == shape.width and not any(cell.startswith(" ") for cell in cells[1:])


def _cells(text: bytes, shape: Shape) -> list[str]:
    lines = [text.decode("latin-1").rstrip("\r\n")]
    try:
        return next(csv.reader(lines, delimiter=shape.separator), list[str]())
    except csv.Error:
        return []


def _kind_of_start(row: bytes, separator: bytes) -> bytes:
    """The first cell as it is written, digits as 9 and words as a."""
    first = row.split(separator, 1)[0]
    return re.sub(rb"[A-Za-z\x80-\xff]+(?:[ .'-]+[A-Za-z\x80-\xff]+)*", b"a", re.sub(rb"\d+", b"9", first))
