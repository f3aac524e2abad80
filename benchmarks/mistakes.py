"""What goes wrong when people are written down: mistakes in columns of text, each made where a mask says so."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.str_]
Mask = NDArray[np.bool_]

WIDTH: Final = 40
"""The most signs of a text that is mistyped."""
SOUNDS: Final = (("ph", "f"), ("ck", "k"), ("tz", "z"), ("che", "she"), ("y", "ie"), ("ca", "ka"), ("v", "f"))
SHAPES: Final = (("m", "rn"), ("li", "h"), ("l", "i"), ("d", "cl"), ("o", "c"), ("e", "c"))
SHORT_STREETS: Final = ((" Street", " St"), (" Road", " Rd"), (" Lane", " Ln"), (" Avenue", " Ave"))


def misheard(text: Words, hit: Mask) -> Words:
    """Spelled as it sounds: Ralph, Ralf."""
    return _first_rewritten(text, hit, SOUNDS)


def misread(text: Words, hit: Mask) -> Words:
    """Letters taken for others that look alike, as by a scanner: Emma, Ernma."""
    return _first_rewritten(text, hit, SHAPES)


def abbreviated(text: Words, hit: Mask) -> Words:
    """Kinds of streets in short: 5 Hill Road, 5 Hill Rd."""
    return _first_rewritten(text, hit, SHORT_STREETS)


def nicknamed(text: Words, hit: Mask) -> Words:
    """A short form of a name, always the same of one name: Robina, Roby."""
    return np.where(hit, np.char.add(text.astype("U3"), "y"), text)


def double_barrelled(text: Words, other: Words, hit: Mask) -> Words:
    """Two names as one: Hall, Hall-Reed."""
    return np.where(hit, np.char.add(np.char.add(text, "-"), other), text)


def month_first(dates: Words, hit: Mask) -> Words:
    """Days and months of ISO dates exchanged, where both can be."""
    year, month, day = (_slice(dates, *place) for place in ((0, 4), (5, 7), (8, 10)))
    exchanged = np.char.add(np.char.add(np.char.add(np.char.add(year, "-"), day), "-"), month)
    return np.where(hit & (day <= "12"), exchanged, dates)


def first_of_january(dates: Words, hit: Mask) -> Words:
    """The first of January of the year, as is written where only that is known."""
    return np.where(hit, np.char.add(_slice(dates, 0, 4), "-01-01"), dates)


def spaced(digits: Words, hit: Mask) -> Words:
    """A telephone number in groups."""
    return np.where(hit, np.char.add(np.char.add(_slice(digits, 0, 5), " "), _slice(digits, 5, 11)), digits)


def mistyped(draw: np.random.Generator, text: Words, hit: Mask, signs: str) -> Words:
    """One sign replaced by one of these, left out, doubled or exchanged with the next."""
    rows = np.flatnonzero(hit)
    signs_of = np.ascontiguousarray(text[rows].astype(f"U{WIDTH}")).view(np.uint32).reshape(-1, WIDTH)
    length = np.maximum((signs_of > 0).sum(axis=1), 2)
    at = (draw.random(len(rows)) * (length - 1)).astype(np.int64)
    kind = draw.integers(0, 4, len(rows))
    place = np.tile(np.arange(WIDTH), (len(rows), 1))
    place += ((kind == 1)[:, None] & (place >= at[:, None])).astype(np.int64)
    place -= ((kind == 2)[:, None] & (place > at[:, None])).astype(np.int64)
    swap = np.flatnonzero(kind == 3)
    place[swap, at[swap]], place[swap, at[swap] + 1] = at[swap] + 1, at[swap]
    typed = np.take_along_axis(signs_of, np.minimum(place, WIDTH - 1), axis=1)
    other = np.flatnonzero(kind == 0)
    letters = np.array([ord(sign) for sign in signs], np.uint32)
    typed[other, at[other]] = letters[draw.integers(0, len(letters), len(other))]
    found = text.astype(f"U{WIDTH}")
    found[rows] = np.ascontiguousarray(typed).view(f"U{WIDTH}")[:, 0]
    return found


def _first_rewritten(text: Words, hit: Mask, pairs: tuple[tuple[str, str], ...]) -> Words:
    """The first of the pairs that a text has, rewritten once in it."""
    rows = np.flatnonzero(hit)
    found, waiting = text.astype(f"U{WIDTH}"), text[rows]
    changed = np.zeros(len(rows), np.bool_)
    for old, new in pairs:
        now = ~changed & (np.char.find(waiting, old) >= 0)
        if now.any():
            found[rows[now]] = np.char.replace(waiting[now], old, new, count=1)
        changed |= now
    return found


def _slice(text: Words, begin: int, end: int) -> Words:
    """Some signs of every text."""
    signs = np.ascontiguousarray(text).view(np.uint32).reshape(len(text), -1)
    return np.ascontiguousarray(signs[:, begin:end]).view(f"U{end - begin}")[:, 0]
