"""Text files in blocks of whole rows, never more than a few pieces in memory.

A row longer than `ROW_LIMIT` is passed over without being held; a row that a missing quote spoils is set aside, and
reading goes on with the next line.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ingest.adapters.cells import LongCell, long_row, no_cell
from ingest.adapters.contract import SHOWN, Reject
from ingest.adapters.row_ends import ROW_LIMIT, Rows, Shape, closing_quote, ends_inside, row_ends

NO_PLACES: Final = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Whole rows of a file.

    Attributes:
        data: UTF-8 (or what stands there instead), each row with its line end.
        ends: shape (rows,): where each row ends in `data`.
        first_lines: shape (rows,): the line each row begins on, from 1.
        rejects: rows passed over.
    """

    data: bytes
    ends: NDArray[np.int64]
    first_lines: NDArray[np.int64]
    rejects: tuple[Reject, ...] = ()


NOTHING: Final = Block(data=b"", ends=NO_PLACES, first_lines=NO_PLACES)


def cut(
    pieces: Iterable[bytes], shape: Shape | None = None, *, line: int = 1, long_cell: LongCell = no_cell
) -> Iterator[Block]:
    """Cut a text into blocks of whole rows.

    Args:
        pieces: the text, beginning where a row does.
        shape: of CSV, where a line end inside double quotes belongs to the value; None where every line is a row.
        line: the number of the first.
        long_cell: finds the field that makes a row too long.
    """
    cutter = _Cutter(shape, line, long_cell)
    for piece in pieces:
        block = cutter.feed(piece)
        if len(block.ends) or block.rejects:
            yield block
    block = cutter.finish()
    if len(block.ends) or block.rejects:
        yield block


class _Cutter:
    """Holds what stands after the last whole row, and knows the line it begins on."""

    def __init__(self, shape: Shape | None, line: int, long_cell: LongCell) -> None:
        self._shape = shape
        self._separator = shape.separator.encode() if shape else b""
        self._long_cell = long_cell
        self._held = b""
        self._line = line
        self._long: Reject | None = None
        self._inside = False

    def feed(self, piece: bytes) -> Block:
        """Take more of the file and give the rows that are whole."""
        piece, rejects = self._skip(piece) if self._long else (piece, ())
        return _with(self._cut(self._held + piece, last=False), rejects)

    def finish(self) -> Block:
        """Give what is left: a last row without line end, or one that a missing quote keeps open."""
        if self._long:
            return _with(NOTHING, (_until(self._long, self._line),))
        if not self._held.strip():
            return NOTHING
        return self._cut(self._held.removesuffix(b"\n") + b"\n", last=True)

    def _cut(self, data: bytes, *, last: bool) -> Block:
        if self._long:
            return NOTHING
        rows = row_ends(data, self._shape, last=last)
        end = int(rows.ends[-1]) if len(rows.ends) else 0
        first_lines = self._line + np.concatenate([np.zeros(1, np.int64), np.cumsum(rows.lines)])
        self._held, self._line = data[end:], int(first_lines[-1])
        if len(self._held) > ROW_LIMIT:
            self._let_go()
        return _kept(data[:end], rows, first_lines[:-1])

    def _let_go(self) -> None:
        """Hold no more of an overlong row than the quotes at its end, whose meaning the next piece says."""
        text = self._held.rstrip(b'"')
        self._long = long_row(self._held, self._line, self._long_cell)
        self._inside = bool(self._separator) and ends_inside(text, self._separator)
        self._line += text.count(b"\n")
        self._held = self._held[len(text) :] if self._inside else b""

    def _skip(self, piece: bytes) -> tuple[bytes, tuple[Reject, ...]]:
        """Pass over the rest of an overlong row: up to where its quotes close, and then to the line end."""
        text = self._held + piece
        start = self._closed(text) if self._inside else 0
        at = text.find(b"\n", start) if start >= 0 else -1
        if self._long is None or at < 0:
            body = text.rstrip(b'"') if self._inside else text
            self._held = text[len(body) :]
            self._line += body.count(b"\n")
            return b"", ()
        reject = _until(self._long, self._line + text.count(b"\n", 0, at))
        self._line += text.count(b"\n", 0, at + 1)
        self._held, self._long, self._inside = b"", None, False
        return text[at + 1 :], (reject,)

    def _closed(self, text: bytes) -> int:
        """Where open quotes close, -1 when they do not: at a quote before a separator or a line end."""
        place = 0
        while (place := closing_quote(text, place) + 1) > 0:
            if text[place : place + 1] in {self._separator, b"\r", b"\n"}:
                self._inside = False
                return place
        return -1


def _with(block: Block, rejects: tuple[Reject, ...]) -> Block:
    """A block and what was passed over before it."""
    return replace(block, rejects=(*rejects, *block.rejects)) if rejects else block


def _until(reject: Reject, line: int) -> Reject:
    """A row that was passed over, with the line it ends on where it has several."""
    return replace(reject, reason=f"{reject.reason} Set aside up to line {line}.") if line > reject.line else reject


def _kept(data: bytes, rows: Rows, first_lines: NDArray[np.int64]) -> Block:
    """The rows without those that are spoilt, which become rejects."""
    if not rows.spoilt:
        return Block(data=data, ends=rows.ends, first_lines=first_lines)
    sizes = np.diff(np.concatenate([np.zeros(1, np.int64), rows.ends]))
    starts = rows.ends - sizes
    whole = np.ones(len(sizes), bool)
    whole[list(rows.spoilt)] = False
    rejects = tuple(
        _spoilt(data[int(starts[row]) : int(rows.ends[row])], int(first_lines[row]), int(rows.lines[row]), reason)
        for row, reason in sorted(rows.spoilt.items())
    )
    return Block(
        data=without(data, starts, rows.ends, whole),
        ends=np.cumsum(sizes[whole]),
        first_lines=first_lines[whole],
        rejects=rejects,
    )


def without(data: bytes, starts: NDArray[np.int64], ends: NDArray[np.int64], kept: NDArray[np.bool_]) -> bytes:
    """The text of the rows that are kept; joined in stretches, so that a few bad rows among many cost little."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], kept, [False]]).astype(np.int8)))
    return b"".join(data[int(starts[a]) : int(ends[b - 1])] for a, b in zip(edges[::2], edges[1::2], strict=True))


def _spoilt(text: bytes, line: int, lines: int, reason: str) -> Reject:
    shown = text[:SHOWN].decode("utf-8", errors="backslashreplace").strip()
    return _until(Reject(line=line, value=shown, reason=reason), line + lines - 1)
