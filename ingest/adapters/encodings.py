"""How a text file is encoded: told by its byte order mark, by what its settings say, or by its bytes; decoded to UTF-8.

Nothing is decoded with a sign of doubt: bytes that stand for nothing come out as bytes that are not UTF-8, so that
their row is rejected, and a file whose encoding can only be guessed is read by guess only where the caller says so.
"""

import codecs
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

import numpy as np

from core.errors import BadInputError
from ingest.adapters.contract import Reject
from ingest.adapters.guess import guess_encoding

PIECE: Final = 4 << 20
HEAD: Final = 64 << 10
BINARY_SHARE: Final = 0.02
BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
UTF8: Final = frozenset({"utf-8", "utf-8-sig", "ascii"})
PLAIN: Final = frozenset({*UTF8, "utf-16"})
"""What a file says of itself: nobody has to name these."""
GUESS: Final = "cp1252"
REMEDY: Final = "Else save it as UTF-8, or name its encoding (cp1252, cp1251, gb18030, utf-16 …)"
MARKED: Final = "c360.marked"
DOUBT: Final = re.compile("[\udc00-\udcff]")


def _mark(error: UnicodeError) -> tuple[str, int]:
    """Put lone surrogates, which no UTF-8 has, where bytes stand for nothing."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(MARKED, _mark)


def encoding_of(path: Path, said: str | None = None, *, guess: bool = True, expected: Collection[str] = ()) -> str:
    """Tell how a text file is encoded.

    Args:
        path: the file.
        said: what its settings say; a byte order mark is believed before them.
        guess: whether to take the likeliest encoding where the bytes are not UTF-8 and nothing else is said.
        expected: names of columns of which the file has one, when they are known: they tell guesses apart.

    Returns:
        A codec name. UTF-8 also where a few bytes are damaged among more signs of several bytes.

    Raises:
        BadInputError: there is no such encoding, the file holds bytes that no text has, or it is not UTF-8 and nothing
            may be guessed: the error names the line and the byte.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    for mark, encoding in BOMS:
        if head.startswith(mark):
            return encoding
    if said is not None:
        return _checked(said, path)
    wide = _without_mark(head)
    if wide is not None:
        return wide
    _refuse_binary(head, path)
    if _is_utf8(path):
        return "utf-8"
    found = guess_encoding(path, expected) or GUESS
    if not guess:
        raise _not_utf8(path, found)
    return found


def decoded(path: Path, encoding: str) -> Iterator[bytes]:
    """Give a file's text as UTF-8 without byte order mark, in pieces of at most a few megabytes.

    What stands for nothing in the encoding is left, or made, bytes that are not UTF-8.
    """
    codec = codecs.lookup(encoding).name
    with path.open("rb") as file:
        if codec in UTF8:
            first = file.read(PIECE).removeprefix(codecs.BOM_UTF8)
            while first:
                yield first
                first = file.read(PIECE)
            return
        decoder = codecs.getincrementaldecoder(encoding)(errors=MARKED)
        try:
            while piece := file.read(PIECE):
                yield decoder.decode(piece).encode("utf-8", "surrogatepass")
            yield decoder.decode(b"", final=True).encode("utf-8", "surrogatepass")
        except UnicodeError as error:
            raise BadInputError(
                f"{path.name} is not {encoding}.",
                remedy="Name another encoding, or none: most are found by themselves.",
                file=path.name,
            ) from error


def damaged(text: bytes, line: int, encoding: str) -> Reject:
    """Reject a row that `decoded` could not decode, or that holds a NUL; bytes are shown as hexadecimal."""
    try:
        shown = DOUBT.sub(lambda sign: f"\\x{ord(sign[0]) & 255:02x}", text.decode("utf-8", "surrogatepass"))
    except UnicodeDecodeError:
        shown = text.decode("utf-8", errors="backslashreplace")
    name = "UTF-8" if encoding in UTF8 else encoding
    return Reject(
        line=line,
        value=shown.replace("\0", "\\x00").strip(),
        reason="There is a NUL in the row." if b"\0" in text else f"Not {name}: set the source's encoding.",
    )


def _checked(encoding: str, path: Path) -> str:
    try:
        "".encode(encoding)
    except LookupError as error:
        raise BadInputError(
            f"There is no encoding '{encoding}'.",
            remedy="Use utf-8, cp1252, cp1251, gb18030, utf-16 or another that Python knows.",
            file=path.name,
        ) from error
    return encoding


def _without_mark(head: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte of mostly Latin text is zero."""
    even, odd = (head[start::2].count(0) / max(len(head) // 2, 1) for start in (0, 1))
    least, most = sorted((even, odd))
    if most < 2 * BINARY_SHARE or least > BINARY_SHARE or most < 0.5:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


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
        while piece := file.read(PIECE):
            text = decoder.decode(piece)
            if text.isascii():
                continue
            codes = np.frombuffer(text.encode("utf-32-le", errors="surrogatepass"), np.uint32)
            escaped = int(((codes >= 0xDC80) & (codes <= 0xDCFF)).sum())
            bad += escaped
            good += int((codes > 127).sum()) - escaped
    return bad == 0 or good > bad


def _not_utf8(path: Path, found: str) -> BadInputError:
    """Name the first byte that is not UTF-8: its line and its place in the file, both from 1."""
    line, byte = 1, 0
    with path.open("rb") as file:
        for text in file:
            try:
                text.decode("utf-8")
            except UnicodeDecodeError as error:
                byte += error.start + 1
                break
            line, byte = line + 1, byte + len(text)
    return BadInputError(
        f"{path.name} is not UTF-8: see line {line}, byte {byte} of the file.",
        remedy=f'It looks like {found}: if so, say encoding = "{found}" in its source of c360.toml. {REMEDY}.',
        file=path.name,
        line=line,
        byte=byte,
    )
