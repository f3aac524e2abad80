"""Compiled string similarity on signs of the pool (`encode.spelling.decode`), equal to rapidfuzz's on these.

Strings are given as (chars, begin, end). Longer strings than LONGEST are compared for equality only.

Source: Damerau (1964), as optimal string alignment; Hyyro (2003), A bit-vector algorithm for computing Levenshtein and
Damerau edit distances.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.compiled import kernel, shared

LONGEST: Final = 64
FAR: Final = 99


@shared
def osa_distance(chars: NDArray[np.uint16], a: int, a_end: int, b: int, b_end: int, limit: int) -> int:
    """Edits (insert, delete, replace, swap of neighbours) from one string to the other, or FAR when above the limit."""
    while a < a_end and b < b_end and chars[a] == chars[b]:
        a += 1
        b += 1
    while a < a_end and b < b_end and chars[a_end - 1] == chars[b_end - 1]:
        a_end -= 1
        b_end -= 1
    m, n = a_end - a, b_end - b
    if abs(m - n) > limit:
        return FAR
    if m == 0 or n == 0:
        return max(m, n)
    if max(m, n) > LONGEST:
        return FAR
    if limit == 1:
        return _one_edit(chars, a, m, b, n)
    return _osa_bits(chars, a, m, b, n, limit)


@kernel
def _one_edit(chars: NDArray[np.uint16], a: int, m: int, b: int, n: int) -> int:
    """With equal ends trimmed, one edit leaves one sign against none or one, or two swapped."""
    if m + n <= 2:
        return 1
    if m == 2 and n == 2 and chars[a] == chars[b + 1] and chars[a + 1] == chars[b]:
        return 1
    return FAR


@kernel
def _osa_bits(chars: NDArray[np.uint16], a: int, m: int, b: int, n: int, limit: int) -> int:
    """The table, one column a step, one bit a row (Hyyro 2003), until the rest could not bring it below the limit."""
    one = np.uint64(1)
    top = one << np.uint64(m - 1)
    vp, vn, d0, old = ~np.uint64(0), np.uint64(0), np.uint64(0), np.uint64(0)
    score = m
    for at in range(b, b + n):
        mask = np.uint64(0)
        for place in range(m):
            if chars[a + place] == chars[at]:
                mask |= one << np.uint64(place)
        swap = ((~d0 & mask) << one) & old
        d0 = (((mask & vp) + vp) ^ vp) | mask | vn | swap
        hp = vn | ~(d0 | vp)
        hn = d0 & vp
        score += (hp & top) != 0
        score -= (hn & top) != 0
        hp = (hp << one) | one
        vp = (hn << one) | ~(d0 | hp)
        vn = hp & d0
        old = mask
        if score - (b + n - 1 - at) > limit:
            return FAR
    return score if score <= limit else FAR


@kernel
def common_prefix(chars: NDArray[np.uint16], a: int, a_end: int, b: int, b_end: int) -> int:
    """Length of the common beginning."""
    length = 0
    while a + length < a_end and b + length < b_end and chars[a + length] == chars[b + length]:
        length += 1
    return length


@kernel
def phonetic(chars: NDArray[np.uint16], begin: int, end: int) -> int:
    """A number that names which sound alike share: first sound, then consonant classes without repeats; 0 for none."""
    code = 0
    last = -1
    kept = 0
    for at in range(begin, end):
        after = int(chars[at + 1]) if at + 1 < end else 0
        before = int(chars[at - 1]) if at > begin else 0
        sound = _sound(int(chars[at]), after, before)
        if sound == last or (sound == 0 and kept > 0):
            last = sound if sound == last else -1
            continue
        last = sound
        kept += 1
        code = code * 17 + sound + 1
        if kept == 7:
            break
    return code


@kernel
def _sound(sign: int, after: int, before: int) -> int:
    """Sound class of an ASCII letter: 0 vowel or silent, 1 … 9 consonants; other signs stand for themselves."""
    if sign < 97 or sign > 122:
        return 16 if sign < 128 else 10 + int(sign % 6)
    # a b c d e f g h i j k l m n o p q r s t u v w x y z
    classes = (0, 1, 3, 4, 0, 2, 3, 0, 0, 8, 3, 5, 6, 6, 0, 1, 3, 7, 9, 4, 0, 2, 0, 3, 0, 9)
    if sign == 112 and after == 104:
        return 2
    if sign == 99 and after in (101, 105, 121):
        return 9
    if sign == 103 and after == 104:
        return 0
    if sign == 107 and after == 110 and before == 0:
        return 6
    return classes[sign - 97]
