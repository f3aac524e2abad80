"""The objects of a JSON array, in blocks: where each ends is found without parsing, and only a few pieces are held.

Brackets and commas are counted with NumPy, those inside strings left out. What stands between two commas may still be
anything; whoever reads a block says whether it is an object.

Source: RFC 8259.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.errors import BadInputError
from ingest.adapters.blocks import NO_PLACES, Block
from ingest.adapters.cells import long_json_cell, long_row
from ingest.adapters.contract import Reject
from ingest.adapters.row_ends import QUOTE, ROW_LIMIT

BLANK: Final = 32
COMMA: Final = 44
BACKSLASH: Final = 92
COUNTED: Final = np.zeros(256, bool)
COUNTED[[QUOTE, COMMA, *b"[]{}"]] = True
DEEPER: Final = np.zeros(256, np.int8)
DEEPER[[*b"[{"]] = 1
DEEPER[[*b"]}"]] = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a text was left: how many brackets are open, whether inside a string, whether after its backslash."""

    depth: int = 1
    inside: bool = False
    escaped: bool = False


def element_ends(signs: NDArray[np.uint8], place: Place) -> tuple[NDArray[np.int64], Place]:
    """Find the commas, and the closing bracket, that end the elements of an array.

    Args:
        signs: shape (bytes,): a stretch of the array.
        place: where it begins.

    Returns:
        Places in the stretch, and where it was left: at depth 0 when the array is over; nothing behind its end counts.
    """
    plain, escaped = _without_escaped(signs, escaped=place.escaped)
    places = np.flatnonzero(COUNTED[plain])
    found = plain[places]
    quotes = np.cumsum(found == QUOTE, dtype=np.int64) + place.inside
    outside = quotes % 2 == 0
    depth = place.depth + np.cumsum(np.where(outside, DEEPER[found], 0), dtype=np.int64)
    over = np.flatnonzero(depth <= 0)[:1]
    commas = np.flatnonzero((found == COMMA) & outside & (depth == 1))
    ends = np.concatenate([commas[commas < over[0]], over]) if len(over) else commas
    inside, open_ = (int(quotes[-1]) % 2 == 1, int(depth[-1])) if len(places) else (place.inside, place.depth)
    return places[ends], Place(depth=0 if len(over) else open_, inside=inside, escaped=escaped)


def _without_escaped(signs: NDArray[np.uint8], *, escaped: bool) -> tuple[NDArray[np.uint8], bool]:
    """Blank the signs that a backslash stands before, and say whether the next stretch begins with one."""
    slashes = np.flatnonzero(signs == BACKSLASH)
    if not len(slashes) and not escaped:
        return signs, False
    slashes = slashes[1:] if escaped and len(slashes) and slashes[0] == 0 else slashes
    begins = np.diff(slashes, prepend=-2) != 1
    nth = np.arange(len(slashes)) - np.maximum.accumulate(np.where(begins, np.arange(len(slashes)), 0))
    after = slashes[nth % 2 == 0] + 1
    plain = signs.copy()
    plain[after[after < len(signs)]] = BLANK
    plain[:1] = BLANK if escaped else plain[:1]
    return plain, bool(len(after)) and int(after[-1]) == len(signs)


def cut_array(pieces: Iterable[bytes], name: str) -> Iterator[Block]:
    """Cut the text of an array into blocks of whole elements, numbered from 1 where other blocks have lines.

    Args:
        pieces: the text, as UTF-8.
        name: of the file, for errors.

    Raises:
        BadInputError: it is no array, does not end, or does not end with the array.
    """
    begun, cutter = False, _Cutter()
    for piece in pieces:
        rest = piece if begun else piece.lstrip()
        if not begun and rest:
            if rest[:1] != b"[":
                raise _no_array(name, "it does not begin with a bracket")
            begun, rest = True, rest[1:]
        block, after = cutter.feed(rest)
        if after.strip():
            raise _no_array(name, "something follows its closing bracket")
        if len(block.ends) or block.rejects:
            yield block
    if begun and cutter.place.depth:
        raise _no_array(name, "its closing bracket is missing")


def _no_array(name: str, why: str) -> BadInputError:
    return BadInputError(
        f"{name} is no JSON array: {why}.",
        remedy="If the file was cut short, fetch it again; if it holds one object a line, name it .jsonl.",
        file=name,
    )


class _Cutter:
    """Holds what stands after the last whole element, and knows its number."""

    def __init__(self) -> None:
        self.place = Place()
        self._held = b""
        self._number = 1
        self._skipping = False

    def feed(self, piece: bytes) -> tuple[Block, bytes]:
        """Take more of the array; give the elements that are whole, and what follows its end."""
        if self.place.depth == 0:
            return self._whole(b"", NO_PLACES), piece
        signs = np.frombuffer(piece, np.uint8)
        ends, self.place = element_ends(signs, self.place)
        until = int(ends[-1]) + 1 if len(ends) else 0
        rest, after = (b"", piece[until:]) if self.place.depth == 0 else (piece[until:], b"")
        blanked = signs[:until].copy()
        blanked[ends] = BLANK
        block = self._whole(blanked.tobytes(), ends + 1)
        self._held = (b"" if len(ends) else self._held) + (b"" if self._skipping else rest)
        return self._bounded(block), after

    def _whole(self, data: bytes, ends: NDArray[np.int64]) -> Block:
        if not len(ends):
            return Block(data=b"", ends=NO_PLACES, first_lines=NO_PLACES)
        numbers = np.arange(self._number, self._number + len(ends))
        self._number += len(ends)
        if self._skipping:
            self._skipping = False
            data, ends, numbers = data[int(ends[0]) :], ends[1:] - ends[0], numbers[1:]
            return Block(data=data, ends=ends, first_lines=numbers)
        return Block(data=self._held + data, ends=ends + len(self._held), first_lines=numbers)

    def _bounded(self, block: Block) -> Block:
        """Let go of an element that is too long; the rest of it is passed over."""
        if len(self._held) <= ROW_LIMIT:
            return block
        reject: Reject = long_row(self._held, self._number, long_json_cell)
        self._held, self._skipping = b"", True
        return Block(data=block.data, ends=block.ends, first_lines=block.first_lines, rejects=(*block.rejects, reject))
