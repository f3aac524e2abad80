"""Compiled loops over the letters of strings, end to end in UTF-8 as Arrow holds them."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.compiled import kernel

ASCII: Final = 128
DROPPED, GAP, SPACE = 255, 254, 32
"""What a letter may turn to in `rewrite` beside a letter: nothing, or a space between what stands before and after."""
LARGE: Final = 1 << 16
PRIVATE_USE, PRIVATE_SIGNS = 0xE000, 6400
"""Code points that have no meaning of their own: the first, and how many."""


@kernel
def rewrite(
    letters: NDArray[np.uint8], start: NDArray[np.int32], turned: NDArray[np.uint8]
) -> tuple[NDArray[np.uint8], NDArray[np.int32], NDArray[np.bool_]]:
    """Rewrite strings letter by letter.

    Args:
        letters: UTF-8 of all strings.
        start: shape (strings + 1,). Where each begins.
        turned: shape (ASCII,). What each letter turns to: a letter, DROPPED, or GAP.

    Returns:
        Letters and starts of the new strings; and which strings hold letters beyond ASCII: those are left empty.
    """
    count = len(start) - 1
    written = np.empty(max(start[count] - start[0], 1), np.uint8)
    begins, foreign = np.zeros(count + 1, np.int32), np.zeros(count, np.bool_)
    used = 0
    for at in range(count):
        first, gap = used, False
        for place in range(start[at], start[at + 1]):
            letter = letters[place]
            if letter >= ASCII:
                foreign[at] = True
                used = first
                break
            new = turned[letter]
            if new == GAP:
                gap = used > first
            elif new != DROPPED:
                if gap:
                    written[used] = SPACE
                    used += 1
                    gap = False
                written[used] = new
                used += 1
        begins[at + 1] = used
    return written, begins, foreign


@kernel
def before(
    letters: NDArray[np.uint8], start: NDArray[np.int32], sign: int
) -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
    """The part of each string before an ASCII sign, all of it where the sign is not in it: letters and starts."""
    count = len(start) - 1
    written = np.empty(max(start[count] - start[0], 1), np.uint8)
    begins = np.zeros(count + 1, np.int32)
    used = 0
    for at in range(count):
        for place in range(start[at], start[at + 1]):
            if letters[place] == sign:
                break
            written[used] = letters[place]
            used += 1
        begins[at + 1] = used
    return written, begins


@kernel
def decode(letters: NDArray[np.uint8], signs: NDArray[np.uint16]) -> None:
    """Write the signs of valid UTF-8 into an array that has as many places.

    A sign is a code point. What is too large for 16 bits, rare Chinese characters among them, shares the PRIVATE_USE
    ones: two such are the same sign once in so many times.
    """
    at = 0
    for place in range(len(signs)):
        one = np.uint32(letters[at])
        more = 0 if one < 0x80 else 1 if one < 0xE0 else 2 if one < 0xF0 else 3  # UTF-8's own
        if more:
            one &= np.uint32(0x3F >> more)
            for after in range(at + 1, at + more + 1):
                one = one << np.uint32(6) | (np.uint32(letters[after]) & np.uint32(0x3F))
        signs[place] = one if one < LARGE else PRIVATE_USE + one % PRIVATE_SIGNS
        at += more + 1
