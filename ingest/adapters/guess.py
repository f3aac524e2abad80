"""Which encoding a text that is not UTF-8 is likely in: what its signs look like, and what its first line then says.

charset-normalizer tells which encodings make sense of the bytes; among these our own evidence decides: columns whose
names are known, headers that mean something, signs that no word holds. Nothing is decoded for use here.
"""

import codecs
import re
import unicodedata
from collections.abc import Collection
from itertools import pairwise
from pathlib import Path
from typing import Final

from charset_normalizer import CharsetMatch, from_bytes

from ingest.kinds.header import read_header

GUESSES: Final = (
    "cp1252", "cp1250", "cp1254", "cp1257", "cp1258", "cp1251", "cp1253", "cp1255", "cp1256", "cp874",
    "gb18030", "cp932", "cp949", "big5hkscs", "euc_jp", "koi8_r", "koi8_u", "iso8859_2", "iso8859_5", "iso8859_7",
    "cp866", "cp850", "cp852", "mac_roman",
)  # fmt: skip
"""Encodings that tables are still exported in; of two that read a file alike the earlier is taken."""
CORES: Final = {"gb18030": "gb2312", "cp932": "shift_jis", "cp949": "euc_kr", "big5hkscs": "big5"}
"""The older standards within some of them, whose signs are most of what anybody writes."""
SAMPLE: Final = 64 << 10
FIRST_LINE: Final = 64 << 10
COARSE: Final = 20
FINE: Final = 100
LANGUAGES: Final = 10
"""Nearer than one in so many, two readings look equally good: by their signs, and by the languages these may be."""
CELL: Final = re.compile(r'[^,;|\t"{}:\r\n]+')
WORD: Final = re.compile(r"[^\W\d_]+")


def guess_encoding(path: Path, expected: Collection[str] = ()) -> str | None:
    """Guess how a text is encoded.

    Args:
        path: a text file that is not UTF-8.
        expected: names of columns of which the file has one, when they are known.

    Returns:
        A codec name of GUESSES, None where none of them makes sense of it. Cost: one pass, and a second or less.
    """
    first, sample = _sample(path)
    found = from_bytes(sample, cp_isolation=list(GUESSES), enable_fallback=False)
    alike = {name: match for match in found for name in match.could_be_from_charset}
    likely = [name for name in GUESSES if name in alike]
    return min(likely, key=lambda name: _doubt(name, alike[name], first, expected), default=None)


def _sample(path: Path) -> tuple[bytes, bytes]:
    """The first line, and the first lines that are not plain ASCII."""
    lines: list[bytes] = []
    size = 0
    with path.open("rb") as file:
        first = file.readline(FIRST_LINE)
        file.seek(0)
        while size < SAMPLE and (line := file.readline(FIRST_LINE)):
            if not line.isascii():
                lines.append(line)
                size += len(line)
    return first, b"".join(lines)


def _doubt(name: str, match: CharsetMatch, first: bytes, expected: Collection[str]) -> tuple[int, ...]:
    """What speaks against an encoding, the strongest first; smaller is likelier."""
    cells = [cell.strip() for cell in CELL.findall(codecs.decode(first, name, "replace"))]
    known = sum(not cell.isascii() and bool(read_header(cell).kinds) for cell in cells)
    text = codecs.decode(match.raw, name, "replace")
    odd = match.chaos + _oddness(text) + _rareness(text, CORES.get(name, name))
    named = not set(expected).isdisjoint(cells)
    return -named, round(COARSE * odd), -known, round(FINE * odd), -round(LANGUAGES * match.coherence)


def _oddness(text: str) -> float:
    """Of the signs beyond ASCII, the share that no word holds: marks of trade, capitals after small letters."""
    beyond = [sign for sign in text if not sign.isascii()]
    strange = sum(unicodedata.category(sign)[0] not in "LM" for sign in beyond)
    mixed: int = sum(
        one.islower() and other.isupper() and not (one + other).isascii()
        for word in WORD.findall(text)
        for one, other in pairwise(word)
    )
    return (strange + mixed) / max(len(beyond), 1)


def _rareness(text: str, core: str) -> float:
    """The share of the signs beyond ASCII that an encoding does not have, or spells in parts as EUC-KR does."""
    beyond = [sign for sign in text if not sign.isascii()]
    return sum(not 0 < len(sign.encode(core, "ignore")) <= 2 for sign in beyond) / max(len(beyond), 1)
