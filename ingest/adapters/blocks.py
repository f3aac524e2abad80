"""Text files in blocks of whole rows: decoded to UTF-8, cut where no quote is open, never more than a block in memory.

A row longer than `ROW_LIMIT` is passed over without being held. Row ends are found with NumPy; Python looks only at
lines with an odd number of quotes.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np
from numpy.typing import NDArray

from core.errors import BadInputError
from ingest.adapters.contract import Reject

BLOCK: Final = 4 << 20
ROW_LIMIT: Final = 16 << 20
HEAD: Final = 64 << 10
BINARY_SHARE: Final = 0.02
BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


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


def find_encoding(path: Path) -> str:
    """Tell how a text file is encoded, by its byte order mark or its bytes.

    Returns:
        A codec name: UTF-8 when its bytes are, or when it has signs of more than one byte; else Windows-1252.

    Raises:
        BadInputError: the file holds bytes that no text has.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    for mark, encoding in BOMS:
        if head.startswith(mark):
            return encoding
    _refuse_binary(head, path)
    return "utf-8" if _is_utf8(path) else "cp1252"


def _refuse_binary(head: bytes, path: Path) -> None:
    control = np.frombuffer(head, np.uint8)
    odd = int(((control < 9) | ((control > 13) & (control < 32) & (control != 27) & (control != 26))).sum())
    if b"\0" in head or odd > BINARY_SHARE * max(len(head), 1):
        raise BadInputError(
            f"{path.name} is not a text file.",
            remedy="Give CSV, JSON, JSON lines or Parquet; unpack it first if it is compressed.",
            file=path.name,
        )


def _is_utf8(path: Path) -> bool:
    """Whether the bytes are UTF-8, a few damaged ones among many good signs forgiven."""
    good = bad = 0
    decoder = codecs.getincrementaldecoder("utf-8")(errors="surrogateescape")
    with path.open("rb") as file:
        while piece := file.read(BLOCK):
            text = decoder.decode(piece)
            if text.isascii():
                continue
            codes = np.frombuffer(text.encode("utf-32-le", errors="surrogatepass"), np.uint32)
            escaped = int(((codes >= 0xDC80) & (codes <= 0xDCFF)).sum())
            bad += escaped
            good += int((codes > 127).sum()) - escaped
    return bad == 0 or good > bad


def read_blocks(path: Path, encoding: str, *, quoted: bool) -> Iterator[Block]:
    """Cut a file into blocks of whole rows.

    Args:
        path: the file.
        encoding: a codec name.
        quoted: whether a line end inside double quotes belongs to the value (CSV), or every line is a row (JSON lines).

    Raises:
        BadInputError: there is no such encoding.
    """
    cutter = _Cutter(quoted=quoted)
    with path.open("rb") as file:
        for piece in _decoded(file, encoding, path):
            block = cutter.feed(piece)
            if len(block.ends) or block.rejects:
                yield block
    block = cutter.finish()
    if len(block.ends) or block.rejects:
        yield block


def _decoded(file: BinaryIO, encoding: str, path: Path) -> Iterator[bytes]:
    """The file's bytes as UTF-8; bytes that are not, in a file that says it is, stay to be rejected by row."""
    try:
        codec = codecs.lookup(encoding).name
    except LookupError as error:
        raise no_encoding(encoding, path) from error
    if codec in {"utf-8", "ascii"}:
        while piece := file.read(BLOCK):
            yield piece
        return
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    while piece := file.read(BLOCK):
        yield decoder.decode(piece).encode()
    yield decoder.decode(b"", final=True).encode()


def no_encoding(encoding: str, path: Path) -> BadInputError:
    """Say that there is no such encoding."""
    return BadInputError(
        f"There is no encoding '{encoding}'.", remedy="Use utf-8, cp1252, latin-1 or utf-16.", file=path.name
    )


class _Cutter:
    """Holds what stands after the last whole row, and knows the line it begins on."""

    def __init__(self, *, quoted: bool) -> None:
        self._quoted = quoted
        self._held = b""
        self._line = 1
        self._skipping = False

    def feed(self, piece: bytes) -> Block:
        """Take more of the file and give the rows that are whole."""
        if self._skipping:
            piece = self._skip(piece)
        data = self._held + piece
        ends, lines = row_ends(data, quoted=self._quoted)
        return self._cut(data, ends, lines)

    def finish(self) -> Block:
        """Give what is left: a last row without line end, or one that a missing quote keeps open."""
        data, line = self._held, self._line
        self._held = b""
        if not data.strip():
            return Block(data=b"", ends=np.zeros(0, np.int64), first_lines=np.zeros(0, np.int64))
        if self._quoted and _opens(data):
            reject = Reject(line=line, reason="The file ends inside quotes: it was cut short, or a quote is missing.")
            return _rejected(reject)
        return Block(data=data + b"\n", ends=np.array([len(data) + 1]), first_lines=np.array([line]))

    def _cut(self, data: bytes, ends: NDArray[np.int64], lines: NDArray[np.int64]) -> Block:
        end = int(ends[-1]) if len(ends) else 0
        first_lines = self._line + np.concatenate([np.zeros(1, np.int64), np.cumsum(lines)])
        self._held, self._line = data[end:], int(first_lines[-1])
        rejects: tuple[Reject, ...] = ()
        if len(self._held) > ROW_LIMIT:
            rejects = (Reject(line=self._line, reason=f"The row is longer than {ROW_LIMIT >> 20} MB."),)
            self._line += self._held.count(b"\n")
            self._held, self._skipping = b"", True
        return Block(data=data[:end], ends=ends, first_lines=first_lines[:-1], rejects=rejects)

    def _skip(self, piece: bytes) -> bytes:
        """Pass over the rest of an overlong row: up to the next line end."""
        at = piece.find(b"\n")
        if at < 0:
            return b""
        self._skipping = False
        self._line += 1
        return piece[at + 1 :]


def _rejected(reject: Reject) -> Block:
    return Block(data=b"", ends=np.zeros(0, np.int64), first_lines=np.zeros(0, np.int64), rejects=(reject,))


def row_ends(data: bytes, *, quoted: bool) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Find where rows end.

    Returns:
        Shape (rows,): the place after each row's line end; and shape (rows,): lines in each row.
    """
    signs = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(signs == 10) + 1
    if not quoted or b'"' not in data or not len(ends):
        return ends, np.ones(len(ends), np.int64)
    quotes = np.flatnonzero(signs == 34)
    per_line = np.diff(np.searchsorted(quotes, np.concatenate([np.zeros(1, np.int64), ends])))
    whole = np.ones(len(ends), bool)
    opened = -1
    for line in np.flatnonzero(per_line % 2):
        start = int(ends[line - 1]) if line else 0
        if opened >= 0:
            whole[opened:line] = False
            opened = -1
        elif _opens(data[start : int(ends[line])]):
            opened = int(line)
    if opened >= 0:
        whole[opened:] = False
    kept = np.flatnonzero(whole)
    return ends[kept], np.diff(np.concatenate([np.full(1, -1), kept]))


def _opens(line: bytes) -> bool:
    """Whether a line opens a quote that it does not close: one at the beginning of a value."""
    place, inside = 0, False
    while (place := line.find(b'"', place)) >= 0:
        if inside:
            if line[place + 1 : place + 2] == b'"':
                place += 1
            else:
                inside = False
        elif place == 0 or line[place - 1 : place] in b",;\t|\n":
            inside = True
        place += 1
    return inside
