"""Columns of strings rewritten by their letters: ASCII, which most strings are, by tables, all else by Arrow.

What a table says of ASCII must be what the slower way says of it.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from resolution.encode.spelling import ASCII, DROPPED, before, rewrite

LETTERS_AND_DIGITS: Final = "abcdefghijklmnopqrstuvwxyz0123456789"


def turned(*, dropped: str = "", rest: int | None = None) -> NDArray[np.uint8]:
    """What each ASCII letter turns to, for `spelling.rewrite`: its lower case, unless it is dropped.

    Args:
        dropped: letters that go.
        rest: what becomes of all but letters and digits; None leaves them as they are.
    """
    lower = [chr(letter).lower() for letter in range(ASCII)]
    table = np.array([ord(letter) for letter in lower], np.uint8)
    if rest is not None:
        table[[letter not in LETTERS_AND_DIGITS for letter in lower]] = rest
    table[[ord(letter) for letter in dropped]] = DROPPED
    return table


def spelled(text: pa.Array, table: NDArray[np.uint8], otherwise: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """Rewrite a column by a table.

    Args:
        text: the column.
        table: as of `turned`.
        otherwise: rewrites strings with letters beyond ASCII, and columns with nulls.
    """
    if text.null_count or text.type != pa.string():
        return otherwise(text)
    written, begins, foreign = rewrite(*letters_of(text), table)
    quick = _strings(written, begins)
    if not foreign.any():
        return quick
    mask = pa.array(foreign)
    whole: pa.Array = pc.replace_with_mask(quick, mask, otherwise(text.filter(mask)))
    return whole


def before_sign(text: pa.Array, sign: str) -> pa.Array:
    """What stands before an ASCII sign in each string of a column without nulls; the whole string where it has none."""
    return _strings(*before(*letters_of(text), ord(sign)))


def letters_of(text: pa.Array) -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
    """What a column of type string holds, as it lies in memory.

    Returns:
        UTF-8 of its strings, and of what stands before and after them where the column is a slice; and where each
        string begins, shape (strings + 1,).
    """
    _, starts, signs = text.buffers()
    start = np.frombuffer(memoryview(starts or b""), np.int32)[text.offset : text.offset + len(text) + 1]
    return np.frombuffer(memoryview(signs or b""), np.uint8), start if len(start) else np.zeros(1, np.int32)


def _strings(letters: NDArray[np.uint8], start: NDArray[np.int32]) -> pa.Array:
    """A column of strings of its letters and where each begins."""
    return pa.Array.from_buffers(pa.string(), len(start) - 1, [None, pa.py_buffer(start), pa.py_buffer(letters)])
