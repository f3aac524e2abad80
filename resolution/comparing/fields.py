"""Compiled comparison of dates, places and sets of values.

A place is one field: its level is the strongest agreement of street, number, postcode and city together. Where a
record holds several places or values, the best pair counts.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.comparing.gist import LETTERS, LONGEST, surely_far
from resolution.comparing.levels import VALUE_FIELDS
from resolution.comparing.strings import osa_distance
from resolution.compiled import inner, kernel
from resolution.encode.codes import ADDRESS, CITY, NUMBER, POSTCODE, PREFIX, STREET, Codes

MOST_TRIED: Final = 4
"""Places or values of one record that are tried."""
NEAR_YEARS: Final = 2
LONG_VALUE: Final = 12
SHORT_VALUE: Final = 4


@kernel
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


@kernel
def date_level(a: NDArray[np.int32], b: NDArray[np.int32]) -> int:  # noqa: PLR0911 (one return a level)
    """Compare two dates (year, month, day; 0 unknown): levels of `levels.DATE_LEVELS`, from 1."""
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


@kernel
def _partial(date: NDArray[np.int32]) -> bool:
    return bool(date[1] == 0 or date[2] == 0)


@kernel
def _partial_level(a: NDArray[np.int32], b: NDArray[np.int32]) -> int:
    """At least one side lacks its day or month."""
    month_differs = a[1] > 0 and b[1] > 0 and a[1] != b[1]
    if a[0] == b[0]:
        return 4 if month_differs else 5
    return 2 if abs(a[0] - b[0]) <= NEAR_YEARS else 1


@kernel
def _yearless(a: NDArray[np.int32], b: NDArray[np.int32]) -> int:
    """At least one side lacks its year: day and month alone say little but may differ."""
    if a[1] == 0 or b[1] == 0 or a[2] == 0 or b[2] == 0:
        return 0
    return 6 if a[1] == b[1] and a[2] == b[2] else 1


@kernel
def compare_dates(
    codes: Codes, left: int, right: int, level: NDArray[np.uint8], rarity: NDArray[np.float32], field: int
) -> None:
    """Set level and rarity of the birth date."""
    a, b = codes.date[left], codes.date[right]
    level[field] = date_level(a, b)
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


@kernel
def compare_places(
    codes: Codes, left: int, right: int, level: NDArray[np.uint8], rarity: NDArray[np.float32], field: int
) -> None:
    """Set level and rarity of the place: the best pair of places."""
    level[field] = 0
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


@kernel
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


@kernel
def compare_values(
    codes: Codes, left: int, right: int, kind: int, level: NDArray[np.uint8], rarity: NDArray[np.float32]
) -> None:
    """Set level and rarity of one kind of values: 4 same, 3 same before the @, 2 one edit, 1 differs."""
    field = VALUE_FIELDS + kind
    level[field] = 0
    a, b = codes.value_start[kind, left], codes.value_start[kind, right]
    for i in range(a, min(codes.value_start[kind, left + 1], a + MOST_TRIED)):
        for j in range(b, min(codes.value_start[kind, right + 1], b + MOST_TRIED)):
            found, one, other = 1, codes.value[i], codes.value[j]
            if one == other:
                found = 4
            elif codes.user[i] >= 0 and codes.user[i] == codes.user[j]:
                found = 3
            elif similar(codes, one, other):
                found = 2
            if found > level[field]:
                level[field] = found
                rarity[field] = max(codes.rarity[one], codes.rarity[other])
