"""Compiled comparison of dates, places and sets of values.

A place is one field: its level is the strongest agreement of street, number, postcode and city together. Where a
record holds several places or values, the best pair counts.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.borrow import lowest_bit
from resolution.comparing.gist import LETTERS, LONGEST, surely_far
from resolution.comparing.levels import VALUE_FIELDS
from resolution.comparing.strings import osa_distance
from resolution.compiled import inner, kernel
from resolution.encode.codes import (
    ADDRESS,
    AT_DATE,
    AT_MORE,
    AT_PLACE,
    AT_VALUE,
    CITY,
    FROM_NAMES,
    MORE_PLACES,
    MORE_VALUES,
    NUMBER,
    POSTCODE,
    PREFIX,
    STREET,
    VALUE_WORDS,
    Codes,
)
from resolution.encode.lines import short_far, short_length

MOST_TRIED: Final = 4
"""Places or values of one record that are tried."""
NEAR_YEARS: Final = 2
AT_ONCE: Final = 32
"""Kinds of values whose presence is asked for at once."""
LONG_VALUE: Final = 12
SHORT_VALUE: Final = 4


@inner
def digits_differ(a: int, b: int, places: int) -> int:
    """How many decimal digits differ; two swapped neighbours count as one."""
    different, first_a, first_b, gap = 0, -1, -1, -9
    for place in range(places):
        if a % 10 != b % 10:
            if different == 1 and gap == place - 1 and a % 10 == first_b and b % 10 == first_a:
                first_a = -1
            else:
                different += 1
                first_a, first_b, gap = a % 10, b % 10, place
        a //= 10
        b //= 10
    return different


@inner
def date_level(one: int, other: int) -> int:  # noqa: PLR0911 (one return a level)
    """Compare two packed dates: levels of `levels.DATE_LEVELS`, from 1; 0 where a side is unknown."""
    if one == 0 or other == 0:
        return 0
    a, b = _unpacked(one), _unpacked(other)
    if a[0] == 0 or b[0] == 0:
        return _yearless(a, b)
    if _partial(a) or _partial(b):
        return _partial_level(a, b)
    year, month, day = a[0] == b[0], a[1] == b[1], a[2] == b[2]
    if year and month and day:
        return 9
    if year and a[1] == b[2] and a[2] == b[1]:
        return 8
    if year + month + day == 2:
        nearly = (
            digits_differ(a[0], b[0], 4) <= 1
            and digits_differ(a[1], b[1], 2) <= 1
            and digits_differ(a[2], b[2], 2) <= 1
        )
        return 7 if nearly else 6
    if year:
        return 4
    if (month or day) and digits_differ(a[0], b[0], 4) <= 1:
        return 3
    return 2 if month or abs(a[0] - b[0]) <= NEAR_YEARS else 1


@inner
def _unpacked(date: int) -> tuple[int, int, int]:
    return date >> 14, date >> 7 & 127, date & 127


@inner
def _partial(date: tuple[int, int, int]) -> bool:
    return date[1] == 0 or date[2] == 0


@inner
def _partial_level(a: tuple[int, int, int], b: tuple[int, int, int]) -> int:
    """At least one side lacks its day or month."""
    month_differs = a[1] > 0 and b[1] > 0 and a[1] != b[1]
    if a[0] == b[0]:
        return 4 if month_differs else 5
    return 2 if abs(a[0] - b[0]) <= NEAR_YEARS else 1


@inner
def _yearless(a: tuple[int, int, int], b: tuple[int, int, int]) -> int:
    """At least one side lacks its year: day and month alone say little but may differ."""
    if a[1] == 0 or b[1] == 0 or a[2] == 0 or b[2] == 0:
        return 0
    return 6 if a[1] == b[1] and a[2] == b[2] else 1


@inner
def compare_dates(
    codes: Codes, left: int, right: int, level: NDArray[np.uint8], rarity: NDArray[np.float32], field: int
) -> None:
    """Set level and rarity of the birth date."""
    level[field] = date_level(codes.line[left, AT_DATE], codes.line[right, AT_DATE])
    if level[field] == 9 or level[field] == 8:
        rarity[field] = codes.date_rarity[left, 0]
    elif level[field] == 5 or level[field] == 4:
        rarity[field] = codes.date_rarity[left, 1]


@inner
def similar(codes: Codes, a: int, b: int) -> bool:
    """One edit apart, two from LONG_VALUE signs on."""
    left, right = codes.gist[a], codes.gist[b]
    shorter = min(left >> LETTERS & LONGEST, right >> LETTERS & LONGEST)
    limit = 2 if shorter >= LONG_VALUE else 1
    if shorter < SHORT_VALUE or surely_far(left, right, limit):
        return False
    start = codes.start
    return osa_distance(codes.chars, start[a], start[a + 1], start[b], start[b + 1], limit) <= limit


@inner
def compare_places(
    codes: Codes, left: int, right: int, level: NDArray[np.uint8], rarity: NDArray[np.float32], field: int
) -> None:
    """Set level and rarity of the place: the best pair of places."""
    level[field] = 0
    if not (codes.line[left, AT_MORE] | codes.line[right, AT_MORE]) & MORE_PLACES:
        one, other = codes.line[left, AT_PLACE:AT_VALUE], codes.line[right, AT_PLACE:AT_VALUE]
        found, of = _place_level(codes, one, other)
        level[field] = found
        if of >= 0:
            rarity[field] = codes.rarity[of]
        return
    a, b = codes.place_start[left], codes.place_start[right]
    for i in range(a, min(codes.place_start[left + 1], a + MOST_TRIED)):
        for j in range(b, min(codes.place_start[right + 1], b + MOST_TRIED)):
            found, of = _place_level(codes, codes.place[i], codes.place[j])
            share = codes.rarity[of] if of >= 0 else np.float32(0)
            if found > level[field] or (found == level[field] and share < rarity[field]):
                level[field] = found
                rarity[field] = share


@inner
def _both(a: NDArray[np.int32], b: NDArray[np.int32], part: int) -> bool:
    return bool(a[part] >= 0 and b[part] >= 0)


@inner
def _same(a: NDArray[np.int32], b: NDArray[np.int32], part: int) -> bool:
    return bool(a[part] >= 0 and a[part] == b[part])


@inner
def _rarer(codes: Codes, a: int, b: int) -> int:
    return a if codes.rarity[a] < codes.rarity[b] else b


@inner
def _place_level(  # noqa: PLR0911 (one return a level)
    codes: Codes, a: NDArray[np.int32], b: NDArray[np.int32]
) -> tuple[int, int]:
    """Level of `levels.PLACE_LEVELS`, from 1, and the code of what agrees."""
    street, postcode = _same(a, b, STREET), _same(a, b, POSTCODE)
    if _same(a, b, ADDRESS):
        return 9, a[ADDRESS]
    if _same(a, b, NUMBER) and _both(a, b, STREET) and not street and similar(codes, a[STREET], b[STREET]):
        return 8, _rarer(codes, a[ADDRESS], b[ADDRESS]) if _both(a, b, ADDRESS) else a[STREET]
    if street and postcode:
        return 7, _rarer(codes, a[STREET], a[POSTCODE])
    if postcode:
        return 5, a[POSTCODE]
    if street:
        return 6, a[STREET]
    if _both(a, b, POSTCODE) and similar(codes, a[POSTCODE], b[POSTCODE]):
        return 4, _rarer(codes, a[POSTCODE], b[POSTCODE])
    city, prefix = _same(a, b, CITY), _same(a, b, PREFIX)
    if city and prefix:
        return 3, _rarer(codes, a[CITY], a[PREFIX])
    if city or prefix:
        return 3, a[CITY] if city else a[PREFIX]
    if _both(a, b, CITY) and similar(codes, a[CITY], b[CITY]):
        return 2, a[CITY]
    known = _both(a, b, STREET) or _both(a, b, POSTCODE) or _both(a, b, CITY)
    return (1 if known else 0), -1


@inner
def compare_values(codes: Codes, left: int, right: int, level: NDArray[np.uint8], rarity: NDArray[np.float32]) -> None:
    """Set level and rarity of every kind of values: 4 same, 3 same before the @, 2 typing error, 1 differs."""
    kinds = codes.value_start.shape[0]
    level[VALUE_FIELDS : VALUE_FIELDS + kinds] = 0
    if (codes.line[left, AT_MORE] | codes.line[right, AT_MORE]) & MORE_VALUES:
        for kind in range(kinds):
            _compare_sets(codes, left, right, kind, level, rarity)
        return
    one, other = codes.line[left, AT_VALUE:], codes.line[right, AT_VALUE:]
    for first in range(0, kinds, AT_ONCE):
        known = 0
        for kind in range(first, min(first + AT_ONCE, kinds)):
            known |= ((one[VALUE_WORDS * kind] | other[VALUE_WORDS * kind]) >= 0) << (kind - first)
        while known != 0:
            kind = first + lowest_bit(known)
            known &= known - 1
            word = VALUE_WORDS * kind
            level[VALUE_FIELDS + kind] = _value_level(codes, one[word:], other[word:])
            if level[VALUE_FIELDS + kind] > 1:
                rarity[VALUE_FIELDS + kind] = max(codes.rarity[one[word]], codes.rarity[other[word]])


@inner
def _value_level(codes: Codes, left: NDArray[np.int32], right: NDArray[np.int32]) -> int:
    """Level of two known values, from their words in the records' lines."""
    one, other, user = left[0], right[0], left[2]
    if one == other:
        return 4
    if user >= 0 and (user ^ right[2]) & ~FROM_NAMES == 0:
        return 0 if (user | right[2]) & FROM_NAMES else 3
    if _similar_values(codes, one, other, left[1:], right[1:]):
        return 2 if user < 0 else _near_mailboxes(codes, one, other, user | right[2])
    return 1


@kernel
def _near_mailboxes(codes: Codes, a: int, b: int, users: int) -> int:
    """Level of e-mail addresses a typing error apart: 0 where the names say as much, 1 where their numbers differ."""
    if users & FROM_NAMES:
        return 0
    at, end, other, other_end = codes.start[a], codes.start[a + 1], codes.start[b], codes.start[b + 1]
    while True:
        while at < end and not _digit(int(codes.chars[at])):
            at += 1
        while other < other_end and not _digit(int(codes.chars[other])):
            other += 1
        if at == end or other == other_end:
            return 2 if at == end and other == other_end else 1
        if codes.chars[at] != codes.chars[other]:
            return 1
        at += 1
        other += 1


@inner
def _digit(sign: int) -> bool:
    return 48 <= sign <= 57


@inner
def _similar_values(codes: Codes, one: int, other: int, left: NDArray[np.int32], right: NDArray[np.int32]) -> bool:
    """As `similar`, asking the gists in the records' lines first."""
    limit = 2 if min(short_length(left[0]), short_length(right[0])) >= LONG_VALUE else 1
    return not short_far(left[0], right[0], left[1], right[1], limit) and similar(codes, one, other)


@kernel
def _compare_sets(
    codes: Codes, left: int, right: int, kind: int, level: NDArray[np.uint8], rarity: NDArray[np.float32]
) -> None:
    """The best pair of values of records that may hold several."""
    field = VALUE_FIELDS + kind
    a, b = codes.value_start[kind, left], codes.value_start[kind, right]
    for i in range(a, min(codes.value_start[kind, left + 1], a + MOST_TRIED)):
        for j in range(b, min(codes.value_start[kind, right + 1], b + MOST_TRIED)):
            found, one, other = 1, codes.value[i], codes.value[j]
            if one == other:
                found = 4
            elif codes.user[i] >= 0 and (codes.user[i] ^ codes.user[j]) & ~FROM_NAMES == 0:
                found = 0 if (codes.user[i] | codes.user[j]) & FROM_NAMES else 3
            elif similar(codes, one, other):
                found = 2 if codes.user[i] < 0 else _near_mailboxes(codes, one, other, codes.user[i] | codes.user[j])
            if found > level[field]:
                level[field] = found
                rarity[field] = max(codes.rarity[one], codes.rarity[other]) if found > 1 else np.float32(0)
