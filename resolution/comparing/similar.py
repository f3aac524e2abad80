"""Whether two values are a typing error apart: by their gists first, then sign by sign."""

from typing import Final

from resolution.comparing.gist import LETTERS, LONGEST, surely_far
from resolution.comparing.strings import osa_distance
from resolution.compiled import inner
from resolution.encode.codes import Codes
from resolution.encode.lines import letters_apart, short_length

MOST_TRIED: Final = 4
"""Places or values of one record that are tried."""
LONG_VALUE: Final = 12
SHORT_VALUE: Final = 4


@inner
def similar(codes: Codes, a: int, b: int) -> bool:
    """One edit apart, two from LONG_VALUE signs on; of fewer than SHORT_VALUE signs none."""
    left, right = codes.gist[a], codes.gist[b]
    shorter = min(left >> LETTERS & LONGEST, right >> LETTERS & LONGEST)
    limit = most_edits(shorter)
    if shorter < SHORT_VALUE or surely_far(left, right, limit):
        return False
    start = codes.start
    return osa_distance(codes.chars, start[a], start[a + 1], start[b], start[b + 1], limit) <= limit


@inner
def most_edits(shorter: int) -> int:
    """By how many edits similar values may differ, by the signs of the shorter one."""
    return 1 + (shorter >= LONG_VALUE)


@inner
def surely_unlike(a: int, b: int) -> bool:
    """Whether two values are not similar, by what their gists in the records' lines tell; without a branch."""
    one, other = short_length(a), short_length(b)
    shorter = min(one, other)
    limit = most_edits(shorter)
    return (shorter < SHORT_VALUE) | (abs(one - other) > limit) | (letters_apart(a, b) > 2 * limit)
