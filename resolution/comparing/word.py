"""A short word in one number, so that how far two are apart is found without reading memory.

Up to WORD_SIGNS signs of ASCII, one a byte, the first in the lowest. Nearly every name is such a word; 0 stands for all
others, which `comparing.strings` compares sign by sign.

Source: Hyyro (2003), A bit-vector algorithm for computing Levenshtein and Damerau edit distances.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.comparing.strings import FAR
from resolution.compiled import inner, kernel
from resolution.machine import highest_bit, lowest_bit

WORD_SIGNS: Final = 8
NO_WORD: Final = 0
LAST_SIGN: Final = 127
EVERY_BYTE: Final = 0x0101010101010101
"""Times this, a sign stands in every byte."""
LOW_BITS: Final = 0x7F7F7F7F7F7F7F7F
"""All bits of every byte but the highest."""
TO_TOP: Final = 0x0102040810204080
"""Times this, the lowest bits of all bytes stand side by side in the highest byte."""


@kernel
def packed_words(chars: NDArray[np.uint16], start: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """The first strings of the pool as words, shape (count,); NO_WORD where one is too long or not ASCII."""
    found = np.zeros(count, np.int64)
    for string in range(count):
        begin, end = start[string], start[string + 1]
        if end - begin > WORD_SIGNS:
            continue
        word = 0
        for at in range(end - 1, begin - 1, -1):
            if chars[at] > LAST_SIGN:
                word = NO_WORD
                break
            word = word << 8 | int(chars[at])
        found[string] = word
    return found


@inner
def word_length(word: int) -> int:
    """How many signs a word has."""
    return (highest_bit(word) >> 3) + 1


@inner
def same_beginning(one: int, other: int) -> int:
    """Length of the common beginning of two different words."""
    return lowest_bit(one ^ other) >> 3


@inner
def word_distance(one: int, other: int, limit: int) -> int:
    """As `strings.osa_distance`, of two different words.

    Args:
        one: a word.
        other: another.
        limit: 1 or 2.
    """
    m, n, same = word_length(one), word_length(other), same_beginning(one, other)
    if abs(m - n) > limit:
        return FAR
    end = 63 - highest_bit(one << 8 * (WORD_SIGNS - m) ^ other << 8 * (WORD_SIGNS - n)) >> 3
    end = min(end, min(m, n) - same)
    m, n = m - same - end, n - same - end
    if m == 0 or n == 0:
        return max(m, n)
    one, other = one >> 8 * same, other >> 8 * same
    if m + n == 2:
        return 1
    if m == 2 and n == 2 and (one ^ other >> 8) & 255 == 0 and (one >> 8 ^ other) & 255 == 0:
        return 1
    return FAR if limit == 1 else _few_edits(one, m, other, n)


@inner
def _few_edits(one: int, m: int, other: int, n: int) -> int:
    """Edits between the first m signs of a word and the first n of another, or FAR when above 2."""
    top, rows = 1 << m - 1, (1 << m) - 1
    vp, vn, d0, old, score = -1, 0, 0, 0, m
    for at in range(n):
        unlike = one ^ (other >> 8 * at & 255) * EVERY_BYTE
        ends = ~((unlike & LOW_BITS) + LOW_BITS | unlike | LOW_BITS)
        mask = ((ends >> 7 & EVERY_BYTE) * TO_TOP >> 56) & rows
        swap = (~d0 & mask) << 1 & old
        d0 = ((mask & vp) + vp ^ vp) | mask | vn | swap
        hp, hn = vn | ~(d0 | vp), d0 & vp
        score += int(hp & top != 0) - int(hn & top != 0)
        hp = hp << 1 | 1
        vp, vn = hn << 1 | ~(d0 | hp), hp & d0
        old = mask
        if score - (n - 1 - at) > 2:
            return FAR
    return score
