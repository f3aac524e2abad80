"""One line of memory a record: all that comparing asks of most pairs, side by side.

A pair of records is compared thousands of times faster than memory answers at random places, so what most comparisons
need stands together in two or three cache lines: the first name tokens, the date, the traits, the first place, and the
first value of every kind with its gist. A record that holds more says so, and is then read in full.
"""

from itertools import repeat
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lake.workers import cuts, in_threads
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
    MONTH_AT,
    MORE_PLACES,
    MORE_TOKENS,
    MORE_VALUES,
    POSTCODE,
    SLOT_BITS,
    TOKENS,
    VALUE_WORDS,
    YEAR_AT,
    Codes,
)
from resolution.machine import bits_set

CACHE_LINE: Final = 64
WORDS: Final = CACHE_LINE // 4
SHORT_LETTERS: Final = 26
"""Letter bits of a value's gist in a line; six bits of length follow."""
CLASSES: Final = 13
"""Into so many classes the signs of what is no e-mail fall: each digit has its own."""
LONGEST: Final = 63
UNASKED, PLAIN, MAIL = range(3)


class Whole(NamedTuple):
    """What a record has just one of: in its line, and nowhere else.

    Attributes:
        date: shape (n, 3). Year, month, day; 0 where unknown. Impossible parts are kept.
        trait: shape (n, 2). Sex and suffix.
    """

    date: NDArray[np.int32]
    trait: NDArray[np.int32]


def pack_lines(codes: Codes, whole: Whole) -> NDArray[np.int32]:
    """The line of every record.

    Returns:
        Shape (n, words), words a multiple of a cache line, each row at the beginning of one.
    """
    kinds, n = len(codes.value_start), len(codes.source)
    words = -(-(AT_VALUE + VALUE_WORDS * kinds) // WORDS) * WORDS
    room = np.zeros((n + 1) * words, np.int32)
    first = -room.ctypes.data % CACHE_LINE // 4
    line = room[first : first + n * words].reshape(n, words)
    brief = _briefs(codes)
    in_threads(_fill, repeat(codes), repeat(whole), repeat(brief), cuts(n), repeat(line))
    return line


def _briefs(codes: Codes) -> NDArray[np.int32]:
    """What `short_gist` says of every string that a line asks about, in the order of memory; 0 for all others.

    Returns:
        Shape (p + 1, 2). The last is no string.
    """
    asked = np.zeros(len(codes.start), np.uint8)
    asked[codes.place[:, POSTCODE]] = asked[codes.place[:, CITY]] = asked[codes.value] = PLAIN
    asked[codes.value[codes.user >= 0]] = MAIL
    asked[-1] = UNASKED
    brief = np.zeros((len(asked), 2), np.int32)
    in_threads(_brief, repeat(codes), repeat(asked), cuts(len(asked) - 1), repeat(brief))
    return brief


@bare
def _brief(codes: Codes, asked: NDArray[np.uint8], strings: tuple[int, int], brief: NDArray[np.int32]) -> None:
    """As `_briefs`, for the strings from the first to the one after the last."""
    chars, start = codes.chars, codes.start
    for string in range(strings[0], strings[1]):
        if asked[string] != UNASKED:
            begin, end = int(start[string]), int(start[string + 1])
            brief[string, 0], brief[string, 1] = short_gist(chars, begin, end, asked[string] == MAIL)


@bare
def _fill(codes: Codes, whole: Whole, brief: NDArray[np.int32], rows: tuple[int, int], line: NDArray[np.int32]) -> None:
    """Fill the lines of some rows, from the first to the one after the last."""
    token, slot, date, trait, source = codes.token, codes.slot, whole.date, whole.trait, codes.source
    place_start, place, value_start, value, user = (
        codes.place_start,
        codes.place,
        codes.value_start,
        codes.value,
        codes.user,
    )
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
        at[AT_POSTCODE], at[AT_CITY] = brief[at[AT_PLACE + POSTCODE], 0], brief[at[AT_PLACE + CITY], 0]
        for kind in range(value_start.shape[0]):
            word = AT_VALUE + VALUE_WORDS * kind
            begin, end = value_start[kind, row], value_start[kind, row + 1]
            if end > begin + 1:
                more |= MORE_VALUES
            at[word], at[word + 2] = -1, -1
            if end > begin:
                one = value[begin]
                at[word], at[word + 1] = one, brief[one, 0]
                at[word + 2] = user[begin] if user[begin] >= 0 else brief[one, 1]
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
    return (year << YEAR_AT) | (month << MONTH_AT) | day


@shared
def short_gist(chars: NDArray[np.uint16], begin: int, end: int, mail: bool) -> tuple[int, int]:  # noqa: FBT001
    """A value at a glance: the second and third word of its line.

    The second holds SHORT_LETTERS bits for the signs that the value holds and above them its length, at most LONGEST.
    Digits say little by being there: of all values but e-mails the SHORT_LETTERS bits tell which CLASSES of signs stand
    there once and twice, and the third, below 0 and inverted, which stand there three and four times. Of an e-mail the
    third word is its record's to say: the code of the part before the @.

    Args:
        chars: signs of the pool.
        begin: where the value begins.
        end: where it ends.
        mail: whether it is an e-mail.
    """
    once, twice, thrice, often = 0, 0, 0, 0
    for place in range(begin, end):
        sign = int(chars[place])
        if mail:
            once |= 1 << sign * 7 % SHORT_LETTERS
        else:
            bit = 1 << sign % CLASSES
            often |= thrice & bit
            thrice |= twice & bit
            twice |= once & bit
            once |= bit
    letters = once | twice << CLASSES
    third = ~(thrice | often << CLASSES)
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
