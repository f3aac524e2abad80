"""CSV: separators found by looking, every cell text, rows that do not fit rejected with their line.

Source: RFC 4180, with the liberties that exports take.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from core.errors import BadInputError
from ingest.adapters.blocks import NO_PLACES, Block, cut, without
from ingest.adapters.cells import long_csv_cell
from ingest.adapters.contract import Chunk, Reject, column_names
from ingest.adapters.encodings import HEAD, damaged, decoded
from ingest.adapters.row_ends import LINE_END, RETURN, Shape, first_row

SEPARATORS: Final = (",", ";", "\t", "|")
TRIED_ROWS: Final = 50
FEWEST_ROWS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """What is known of a file once its first rows were read.

    Attributes:
        names: of the columns.
        written: how many of them its rows have: fewer than all where the last are seldom written, or never.
        separator: between cells.
        encoding: a codec name.
    """

    names: tuple[str, ...]
    written: int
    separator: str
    encoding: str


def read_csv(path: Path, encoding: str, *, separator: str | None = None) -> Iterator[Chunk]:
    """Read a CSV file in chunks of bounded size.

    Args:
        path: the file.
        encoding: a codec name.
        separator: one sign; found by looking when not given.

    Raises:
        BadInputError: two columns have one name, the column names have no end, or the separator is no single sign.
    """
    pieces = _line_ends(decoded(path, encoding))
    first = next(pieces, b"")
    if not first.strip():
        yield _nothing()
        return
    mark = _one_sign(separator, path) or find_separator(first[:HEAD])
    names, body, line = _header(first, mark, path)
    names += _unnamed(body[:HEAD], mark, len(names))
    written = _written(body[:HEAD], mark, len(names))
    names = names[:written] if len(body) < HEAD else names  # nothing comes that could have the others
    file = _File(names=tuple(names), written=written, separator=mark, encoding=encoding)
    yield _parse(Block(data=b"", ends=NO_PLACES, first_lines=NO_PLACES), file)
    long_cell = partial(long_csv_cell, names=names, separator=mark.encode())
    for block in cut(chain([body], pieces), Shape(separator=mark, width=written), line=line, long_cell=long_cell):
        yield _parse(block, file)


def _line_ends(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The text of an old Macintosh, whose lines end with a carriage return, as others write it."""
    first = next(pieces, b"")
    old = b"\r" in first and b"\n" not in first
    for piece in chain([first], pieces):
        yield piece.replace(b"\r", b"\n") if old else piece


def _one_sign(separator: str | None, path: Path) -> str | None:
    if separator is None or (len(separator) == 1 and separator.isascii() and separator not in '"\r\n'):
        return separator
    raise BadInputError(
        f"'{separator}' cannot separate the cells of {path.name}.",
        remedy='Use one sign, such as "," or ";" or "\\t".',
        file=path.name,
    )


def find_separator(data: bytes) -> str:
    """The separator that cuts the first rows into the same number of cells, more than one; comma when none does."""
    lines = _readable(data).splitlines()[:TRIED_ROWS]
    best = (0.0, 0, ",")
    for sign in SEPARATORS:
        widths = [len(row) for row in csv.reader(lines, delimiter=sign) if row]
        if widths and widths[0] > 1:
            agreeing = sum(width == widths[0] for width in widths) / len(widths)
            best = max(best, (agreeing, widths[0], sign))
    return best[2]


def _nothing() -> Chunk:
    reject = Reject(line=1, reason="The file is empty: not even column names.")
    return Chunk(rows=pa.table({}), lines=pa.array([], pa.int64()), rejects=(reject,))


def _header(text: bytes, separator: str, path: Path) -> tuple[list[str], bytes, int]:
    """The names of the columns, what follows them, and its line."""
    rest = text.lstrip(b"\r\n")
    line = text[: len(text) - len(rest)].count(b"\n") + 1
    ended = rest if b"\n" in rest else rest + b"\n"
    end, tidy = first_row(ended, 0, separator.encode())
    if end < 0 or not tidy:
        raise BadInputError(
            f"{path.name}: the column names, in line {line}, have a quote that is not closed.",
            remedy="Close it.",
            file=path.name,
            line=line,
        )
    cells = next(csv.reader([_readable(ended[:end]).rstrip("\r\n")], delimiter=separator), list[str]())
    return column_names(cells, path), ended[end:], line + ended[:end].count(b"\n")


def _readable(text: bytes) -> str:
    return text.decode("utf-8", errors="backslashreplace")


def _unnamed(data: bytes, separator: str, width: int) -> list[str]:
    """Names for the blank cells that a separator at the end of most rows makes."""
    lines = _readable(data).splitlines()[:TRIED_ROWS]
    extra = [row[width:] for row in csv.reader(lines, delimiter=separator) if row]
    blank = [len(cells) for cells in extra if cells and not any(cells)]
    more = max(set(blank), key=lambda size: (blank.count(size), size), default=0)
    return [f"column_{width + number + 1}" for number in range(more)] if 2 * blank.count(more) > len(extra) else []


def _written(data: bytes, separator: str, width: int) -> int:
    """How many of the header's columns rows have: fewer than all where the last are not written.

    A long file shows that by many rows, the last of which is left out: it may be cut off. Rows that come later may have
    the others.
    """
    rows = [row for row in csv.reader(io.StringIO(_readable(data)), delimiter=separator) if row]
    cut_off = len(data) == HEAD
    widths = {len(row) for row in (rows[:-1] if cut_off else rows)}
    told = len(widths) == 1 and (not cut_off or len(rows) > FEWEST_ROWS)
    return min(widths) if told and 1 < min(widths) < width else width


def _parse(block: Block, file: _File) -> Chunk:
    """Parse the whole rows of a block."""
    data, ends, lines, rejects = _decodable(block, file.encoding)
    filled = _filled_up(data, ends, file) if file.written < len(file.names) and data else data
    table, kept, ragged = _table(filled or b"", lines, file)
    if filled is None or table.num_rows != len(kept):
        table, kept, ragged = _row_by_row(data, ends, lines, file)
    return Chunk(rows=table, lines=pa.array(kept, pa.int64()), rejects=(*block.rejects, *rejects, *ragged))


def _decodable(block: Block, encoding: str) -> tuple[bytes, np.ndarray, np.ndarray, list[Reject]]:
    """Leave out rows that are not in the file's encoding or hold a NUL, and blank ones."""
    starts = np.concatenate([np.zeros(1, np.int64), block.ends[:-1]]) if len(block.ends) else block.ends
    kept = np.ones(len(block.ends), bool)
    rejects: list[Reject] = []
    if b"\0" in block.data or not _is_text(block.data):
        for row, (start, end) in enumerate(zip(starts, block.ends, strict=True)):
            text = block.data[int(start) : int(end)]
            if b"\0" in text or not _is_text(text):
                kept[row] = False
                rejects.append(damaged(text, int(block.first_lines[row]), encoding))
    signs = np.frombuffer(block.data, np.uint8)
    blank = np.add.reduceat(~np.isin(signs, (10, 13, 32)), starts) == 0 if len(starts) else ~kept
    kept &= ~blank
    if kept.all():
        return block.data, block.ends, block.first_lines, rejects
    sizes = (block.ends - starts)[kept]
    return without(block.data, starts, block.ends, kept), np.cumsum(sizes), block.first_lines[kept], rejects


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _table(data: bytes, lines: np.ndarray, file: _File) -> tuple[pa.Table, np.ndarray, list[Reject]]:
    """Parse with Arrow, rejecting rows of another width."""
    names = file.names
    if not data:
        return pa.table({name: pa.array([], pa.string()) for name in names}), lines[:0], []
    bad: list[int] = []
    ragged: list[Reject] = []

    def note(row: pacsv.InvalidRow) -> str:
        number = int(row.number or 0) - 1
        bad.append(number)
        if number < len(lines):
            ragged.append(_ragged(int(lines[number]), row.actual_columns, row.expected_columns, row.text or ""))
        return "skip"

    table = _of_width(data, names, file.separator, note)
    return table, np.delete(lines, [number for number in bad if number < len(lines)]), ragged


def _of_width(data: bytes, names: Sequence[str], separator: str, note: Callable[[pacsv.InvalidRow], str]) -> pa.Table:
    """The rows with as many cells as there are names; `note` hears of the others."""
    table: pa.Table = pacsv.read_csv(
        io.BytesIO(data),
        read_options=pacsv.ReadOptions(column_names=list(names), use_threads=False, block_size=len(data) + 1),
        parse_options=pacsv.ParseOptions(
            delimiter=separator, newlines_in_values=True, invalid_row_handler=note, ignore_empty_lines=False
        ),
        convert_options=pacsv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, quoted_strings_can_be_null=False
        ),
    )
    return table


def _filled_up(data: bytes, ends: np.ndarray, file: _File) -> bytes | None:
    """The rows of a file whose last columns are seldom written, with blank cells where they are not.

    None where Arrow cuts rows elsewhere.
    """
    cells: list[tuple[int, int]] = []

    def note(row: pacsv.InvalidRow) -> str:
        cells.append((int(row.number or 0) - 1, row.actual_columns))
        return "skip"

    table = _of_width(data, file.names[: file.written], file.separator, note)
    if table.num_rows + len(cells) != len(ends):
        return None
    more = np.full(len(ends), len(file.names) - file.written)
    for row, width in cells:
        more[row] = max(len(file.names) - width, 0) if width > file.written else 0
    signs = np.frombuffer(data, np.uint8)
    at = ends - (signs[ends - 1] == LINE_END)
    at -= signs[at - 1] == RETURN
    return np.insert(signs, np.repeat(at, more), ord(file.separator)).tobytes()


def _ragged(line: int, cells: int, width: int, text: str) -> Reject:
    until = line + text.rstrip("\r\n").count("\n")
    runs = f" It runs up to line {until}." if until > line else ""
    return Reject(line=line, value=text.strip() or None, reason=f"The row has {cells} cells, the header {width}.{runs}")


def _row_by_row(
    data: bytes, ends: np.ndarray, lines: np.ndarray, file: _File
) -> tuple[pa.Table, np.ndarray, list[Reject]]:
    """Parse rows that Arrow cuts elsewhere, because a carriage return stands in them."""
    good: list[list[str]] = []
    at: list[int] = []
    rejects: list[Reject] = []
    start = 0
    for end, line in zip(ends.tolist(), lines.tolist(), strict=True):
        text = data[start:end].decode()
        start = end
        try:
            cells = next(csv.reader([text.rstrip("\r\n")], delimiter=file.separator), list[str]())
        except csv.Error:
            rejects.append(Reject(line=line, value=text.strip(), reason="A carriage return stands inside the row."))
            continue
        if file.written <= len(cells) <= len(file.names):
            good.append(cells + [""] * (len(file.names) - len(cells)))
            at.append(line)
        else:
            rejects.append(_ragged(line, len(cells), len(file.names), text))
    arrays = [pa.array([cells[place] for cells in good], pa.string()) for place in range(len(file.names))]
    return pa.table(arrays, names=list(file.names)), np.array(at, np.int64), rejects
