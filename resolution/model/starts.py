"""Where training starts: the usual shares of levels, moved to the levels that a table can reach.

A table of birth years has no pair with the same day; its pairs of one person have the same year, rest unknown. What a
level out of reach would have had goes to the best level within reach, so that training starts from people either way.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.comparing.levels import DATE_FIELD, MOST_LEVELS, FieldShape
from resolution.encode.codes import Codes

YEAR_ONLY, DAY_AT_LEAST, SAME_DATE = 5, 6, 9
LEAST: Final = 1e-6
Floats = NDArray[np.float64]


def usual_shares(codes: Codes, fields: tuple[FieldShape, ...]) -> Floats:
    """P(level | one person) to start from; shape (fields, levels), 1 where there is no level."""
    start = np.ones((len(fields), MOST_LEVELS))
    for place, field in enumerate(fields):
        start[place, 1 : len(field.levels) + 1] = [level.start for level in field.levels]
    start[DATE_FIELD] = _within_dates(start[DATE_FIELD], full_pairs(codes.date))
    return start


def full_pairs(date: NDArray[np.int32]) -> float:
    """Share of pairs of known dates in which both have a day and a month; 1 where nothing is known."""
    year, month, day = date.T > 0
    known = int(np.count_nonzero(year))
    return float(np.count_nonzero(year & month & day) / known) ** 2 if known else 1.0


def made_of_ages(codes: Codes) -> float:
    """Share of known births of which an age tells nearly the year; 0 where nothing is known."""
    return float(codes.about.sum() / max(np.count_nonzero(codes.year), 1))


def _within_dates(start: Floats, full: float) -> Floats:
    """Where a day or month is unknown, all that agrees has the same year, rest unknown."""
    moved = start.copy()
    moved[DAY_AT_LEAST:] *= full
    moved[SAME_DATE] += full * start[YEAR_ONLY]
    moved[YEAR_ONLY] = (1 - full) * start[YEAR_ONLY:].sum()
    return np.asarray(np.maximum(moved, LEAST), np.float64)
