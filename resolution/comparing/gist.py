"""The gist of a string in one number, which rules out most comparisons before a character is read.

From the lowest bit: LETTERS bits for the signs it holds, LENGTH bits for how many signs, NICKNAMES bits for the groups
of nicknames it is in, FIRST bits of its first sign, and the rest a hash of its first three. What a gist rules out is
ruled out for certain.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.compiled import inner, kernel
from resolution.machine import bits_set

LETTERS: Final = 37
LENGTH: Final = 6
START_SIGNS: Final = 3
LETTER_BITS: Final = (1 << LETTERS) - 1
LONGEST: Final = (1 << LENGTH) - 1
NICKNAMES: Final = 8
NICKNAMES_AT: Final = LETTERS + LENGTH
NICKNAME_BITS: Final = (1 << NICKNAMES) - 1
FIRST_AT: Final = NICKNAMES_AT + NICKNAMES
FIRST: Final = 7
FIRST_BITS: Final = (1 << FIRST) - 1
MOST_FIRST: Final = 61
"""The prime below what the bits left for the first three signs can hold."""
SHORT_TYPO: Final = 4
"""Tokens of fewer signs are not compared by edits, of so many by one, of more by two."""


@kernel
def gists(chars: NDArray[np.uint16], start: NDArray[np.int64], nickname: NDArray[np.int32]) -> NDArray[np.int64]:
    """The gist of every string; the first ones are name tokens and have a row in `nickname`.

    There is one at least, so that an unknown token, -1, may be asked for.
    """
    found = np.zeros(max(len(start) - 1, 1), np.int64)
    for string in range(len(start) - 1):
        begin, end = start[string], start[string + 1]
        gist = min(end - begin, LONGEST) << LETTERS
        first = 0
        for at in range(begin, end):
            sign = int(chars[at])
            gist |= 1 << (sign * 7 + sign // 37) % LETTERS
            if at < begin + START_SIGNS:
                first = (first * 131 + sign) % MOST_FIRST
        if string < len(nickname):
            for group in nickname[string]:
                gist |= int(group >= 0) << NICKNAMES_AT + group % NICKNAMES
        if end > begin:
            gist |= (int(chars[begin]) & FIRST_BITS) << FIRST_AT
        found[string] = gist | first << FIRST_AT + FIRST
    return found


@inner
def surely_far(a: int, b: int, limit: int) -> bool:
    """Whether two strings are more than so many edits apart: one edit changes the length by one, and two letters."""
    if abs((a >> LETTERS & LONGEST) - (b >> LETTERS & LONGEST)) > limit:
        return True
    return bits_set((a ^ b) & LETTER_BITS) > 2 * limit


@inner
def starts_differ(a: int, b: int) -> bool:
    """Whether the first three signs differ."""
    return (a ^ b) >> FIRST_AT != 0


@inner
def first_differs(a: int, b: int) -> bool:
    """Whether the first sign differs."""
    return (a ^ b) >> FIRST_AT & FIRST_BITS != 0


@inner
def one_sign(a: int) -> bool:
    """Whether the string is a single sign."""
    return a >> LETTERS & LONGEST == 1


@inner
def have_nicknames(a: int, b: int) -> bool:
    """Whether both strings may be in one group of nicknames."""
    return (a & b) >> NICKNAMES_AT & NICKNAME_BITS != 0


@inner
def surely_strange(a: int, b: int) -> bool:
    """Whether two name tokens have nothing to do with each other; without a branch that a processor would guess.

    Tokens are alike when they begin alike, or are one edit apart from SHORT_TYPO signs on, or two when both are longer.
    """
    one, other = a >> LETTERS & LONGEST, b >> LETTERS & LONGEST
    shorter, short = min(one, other), one_sign(a) | one_sign(b)
    edits = (shorter >= SHORT_TYPO) + (shorter > SHORT_TYPO)
    far = (bits_set((a ^ b) & LETTER_BITS) > 2 * edits) | (abs(one - other) > edits) | (edits == 0)
    return (short & first_differs(a, b)) | ((not short) & far & starts_differ(a, b) & (not have_nicknames(a, b)))
