"""One line of memory a record: all that comparing asks of most pairs, side by side.

A pair of records is compared thousands of times faster than memory answers at random places, so what most comparisons
need stands together in two or three cache lines: the first name tokens, the date, the traits, the first place, and the
first value of every kind with its gist. A record that holds more says so, and is then read in full.
"""

from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.compiled import bare, inner, shared
from resolution.encode.codes import (
    AT_CITY,
    AT_DATE,
    AT_MORE,
    AT_PLACE,
    AT_POSTCODE,
    AT_SEX,
    AT_SLOTS,
    AT_SOURCE,
    AT_SUFFIX,
    AT_VALUE,
    CITY,
    LINE_TOKENS,
    MORE_PLACES,
    MORE_TOKENS,
    MORE_VALUES,
    POSTCODE,
    SLOT_BITS,
    TOKENS,
    VALUE_WORDS,
    Codes,
)
from resolution.machine import bits_set

CACHE_LINE: Final = 64
WORDS: Final = CACHE_LINE // 4
WORKERS: Final = 2
SHORT_LETTERS: Final = 26
"""Letter bits of a value's gist in a line; six bits of length follow."""
CLASSES: Final = 13
"""Into so many classes the signs of what is no e-mail fall: each digit has its own."""
LONGEST: Final = 63


def pack_lines(codes: Codes) -> NDArray[np.int32]:
    """The line of every record.

    Returns:
        Shape (n, words), words a multiple of a cache line, each row at the beginning of one.
    """
    kinds, n = len(codes.value_start), len(codes.source)
    words = -(-(AT_VALUE + VALUE_WORDS * kinds) // WORDS) * WORDS
    room = np.zeros((n + 1) * words, np.int32)
    first = -room.ctypes.data % CACHE_LINE // 4
    line = room[first : first + n * words].reshape(n, words)
    cuts = [(n * part // WORKERS, n * (part + 1) // WORKERS) for part in range(WORKERS)]
    briefs = [np.zeros(len(codes.start), np.int32) for _ in cuts]
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(_fill, repeat(codes), cuts, briefs, repeat(line)))
    return line


@bare
def _fill(codes: Codes, rows: tuple[int, int], brief: NDArray[np.int32], line: NDArray[np.int32]) -> None:
    """Fill the lines of some rows, from the first to the one after the last; `brief` is room, 0 for every string."""
    token, slot, date, trait, source = codes.token, codes.slot, codes.date, codes.trait, codes.source
    place_start, place, chars, start = codes.place_start, codes.place, codes.chars, codes.start
    value_start, value, user = codes.value_start, codes.value, codes.user
    for row in range(rows[0], rows[1]):
        at = line[row]
        more = MORE_TOKENS if token[row, LINE_TOKENS] >= 0 else 0
        for which in range(LINE_TOKENS):
            at[which] = token[row, which]
        at[AT_SLOTS] = _slots(slot[row])
        at[AT_DATE] = packed_date(date[row, 0], date[row, 1], date[row, 2])
        at[AT_SEX], at[AT_SUFFIX], at[AT_SOURCE] = trait[row, 0], trait[row, 1], source[row]
        begin, end = place_start[row], place_start[row + 1]
        if end > begin + 1:
            more |= MORE_PLACES
        for part in range(6):
            at[AT_PLACE + part] = place[begin, part] if end > begin else -1
        for word, part in ((AT_POSTCODE, POSTCODE), (AT_CITY, CITY)):
            one = int(at[AT_PLACE + part])
            if one >= 0 and brief[one] == 0:  # many live in one city: each string is read once
                brief[one] = short_gist(chars, int(start[one]), int(start[one + 1]), -1)[0]
            at[word] = brief[one] if one >= 0 else 0
        for kind in range(value_start.shape[0]):
            word = AT_VALUE + VALUE_WORDS * kind
            begin, end = value_start[kind, row], value_start[kind, row + 1]
            if end > begin + 1:
                more |= MORE_VALUES
            at[word], at[word + 2] = -1, -1
            if end > begin:
                one = int(value[begin])
                at[word] = one
                at[word + 1], at[word + 2] = short_gist(chars, int(start[one]), int(start[one + 1]), int(user[begin]))
        at[AT_MORE] = more


@inner
def _slots(slot: NDArray[np.uint8]) -> int:
    """A record's slot bits in one number: which tokens are given names, then family, then middle names."""
    slots = 0
    for place in range(TOKENS):
        if slot[place] == 0:
            break
        for which in range(3):
            slots |= (int(slot[place]) >> which & 1) << (SLOT_BITS * which + place)
    return slots


@inner
def packed_date(year: int, month: int, day: int) -> int:
    """Year, month and day in one number; 0 where nothing is known."""
    return (year << 14) | (month << 7) | day


@shared
def short_gist(chars: NDArray[np.uint16], begin: int, end: int, user: int) -> tuple[int, int]:
    """A value at a glance: the second and third word of its line.

    The second holds SHORT_LETTERS bits for the signs that the value holds and above them its length, at most LONGEST.
    Of an e-mail the third is the code of its part before the @. Digits say little by being there: of all other values
    the SHORT_LETTERS bits tell which CLASSES of signs stand there once and twice, and the third, below 0 and inverted,
    which stand there three and four times.

    Args:
        chars: signs of the pool.
        begin: where the value begins.
        end: where it ends.
        user: code of an e-mail's part before the @; below 0 for all else.
    """
    once, twice, thrice, often = 0, 0, 0, 0
    for place in range(begin, end):
        sign = int(chars[place])
        if user >= 0:
            once |= 1 << sign * 7 % SHORT_LETTERS
        else:
            bit = 1 << sign % CLASSES
            often |= thrice & bit
            thrice |= twice & bit
            twice |= once & bit
            once |= bit
    third = int(user) if user >= 0 else ~(thrice | often << CLASSES)
    letters = once | twice << CLASSES
    return int(np.int32(np.uint32(min(end - begin, LONGEST) << SHORT_LETTERS | letters))), third


@inner
def short_length(gist: int) -> int:
    """The length that a value's gist tells."""
    return (gist >> SHORT_LETTERS) & LONGEST


@inner
def short_far(a: int, b: int, third_a: int, third_b: int, limit: int) -> bool:
    """Whether two values are more than so many edits apart; False where their gists cannot tell. Without a branch.

    Args:
        a: second word of a value in its line.
        b: the other value's.
        third_a: third word; one edit changes two of the bits of both words, and the length by one.
        third_b: the other value's.
        limit: edits.
    """
    signs = letters_apart(a, b) + (third_a < 0) * bits_set(third_a ^ third_b)
    return (abs(short_length(a) - short_length(b)) > limit) | ((third_a ^ third_b >= 0) & (signs > 2 * limit))


@inner
def letters_apart(a: int, b: int) -> int:
    """In how many of their SHORT_LETTERS bits two gists differ: at most two for an edit."""
    return bits_set((a ^ b) & ((1 << SHORT_LETTERS) - 1))
