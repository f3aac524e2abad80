"""Compiled comparison of birth dates."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.comparing.batch import LOOK, Space, gather
from resolution.comparing.levels import DATE_FIELD
from resolution.compiled import inner
from resolution.encode.codes import ABOUT, AT_DATE, MONTH_AT, YEAR_AT, Codes

NEAR_YEARS: Final = 2
BY_AGE: Final = 1
"""Years by which a year made of an age is off where somebody's birthday had not come yet."""


@inner
def compare_dates(
    codes: Codes, row: int, filled: int, level: NDArray[np.uint8], rarity: NDArray[np.float32], room: Space
) -> None:
    """Set level and rarity of the birth date, for a row and each of a batch."""
    one = int(codes.line[row, AT_DATE])
    if one == 0:
        return
    gather(codes.line, AT_DATE, filled, room, 0)
    dates, found = room.word[0], room.level
    a, whole = _unpacked(one), _whole(_unpacked(one))
    for place in range(filled):
        other = int(dates[place])
        b = _unpacked(other)
        equal = int(whole & (one == other))
        apart = int(whole & _whole(b) & (a[0] != b[0]) & (a[1] != b[1]) & (a[2] != b[2]))
        unlike = 1 + (abs(a[0] - b[0]) <= NEAR_YEARS)
        found[place] = (other != 0) * (9 * equal + unlike * apart + LOOK * (1 - equal - apart))
    for place in range(len(level)):
        reached = found[place]
        if reached == LOOK:
            reached = date_level(one, int(dates[place]))
        level[place, DATE_FIELD] = reached
        if reached >= 8:
            rarity[place, DATE_FIELD] = codes.date_rarity[row, 0]
        elif 4 <= reached <= 5:
            rarity[place, DATE_FIELD] = codes.date_rarity[row, 1]


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
def _unpacked(date: int) -> tuple[int, int, int]:
    month_day = date & ((1 << YEAR_AT) - 1)
    return date >> YEAR_AT, month_day >> MONTH_AT, month_day & ((1 << MONTH_AT) - 1)


@inner
def _whole(date: tuple[int, int, int]) -> bool:
    """Whether year, month and day are known."""
    return (date[0] != 0) & (date[1] != 0) & (date[2] != 0)


@inner
def _partial(date: tuple[int, int, int]) -> bool:
    return date[1] == 0 or date[2] == 0


@inner
def _partial_level(a: tuple[int, int, int], b: tuple[int, int, int]) -> int:
    """At least one side lacks its day or month."""
    month_differs, apart = a[1] > 0 and b[1] > 0 and a[1] != b[1], abs(a[0] - b[0])
    if apart == 0 and not month_differs:
        return 5
    if apart <= BY_AGE * (_about(a) | _about(b)):
        return 4
    return 2 if apart <= NEAR_YEARS else 1


@inner
def _about(date: tuple[int, int, int]) -> bool:
    """Whether the year is known nearly."""
    return (date[1] == 0) & (date[2] == ABOUT)


@inner
def _yearless(a: tuple[int, int, int], b: tuple[int, int, int]) -> int:
    """At least one side lacks its year: day and month alone say little but may differ."""
    if a[1] == 0 or b[1] == 0 or a[2] == 0 or b[2] == 0:
        return 0
    return 6 if a[1] == b[1] and a[2] == b[2] else 1
