"""Birth dates as numbers, each part for itself; impossible parts are kept, for they are typos of real ones."""

from concurrent.futures import Future
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from resolution.encode.columns import Rows, numbered, put_in_order
from resolution.encode.pool import World, log_share, to_numpy

SHAPE = r"^(?P<year>\d{4})?(?:-(?P<month>\d{1,2}))?(?:-(?P<day>\d{1,2}))?$"
DAYS: Final = 366
MOST_COPIES: Final = 10
"""Records of one person that a table may well hold."""
Whole = NDArray[np.int32] | NDArray[np.int64]
Floats = NDArray[np.float64]
YEAR_WORLD: Final = World(records=100, share=0.015)


def encode_dates(column: pa.ChunkedArray, rows: Future[Rows]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Read dates written as YYYY, YYYY-MM or YYYY-MM-DD.

    Returns:
        Shape (n, 3), year, month and day, 0 where unknown; and shape (n, 2), log2 share of the date and of the year.
    """
    values = numbered(column)
    codes, distinct = put_in_order(values, rows.result().order)
    parts = np.vstack([_parts(distinct), np.zeros((1, 3), np.int32)])
    date = parts[codes]
    rarity = np.zeros((len(codes), 2), np.float32)
    rarity[:, 1] = rarity_of_years(date[:, 0])
    rarity[:, 0] = rarity_of_days(codes, rarity[:, 1])
    return date, rarity


def _parts(distinct: pa.Array) -> NDArray[np.int32]:
    found = pc.extract_regex(distinct, SHAPE)
    return np.stack([_whole(pc.struct_field(found, part)) for part in ("year", "month", "day")], axis=1)


def _whole(text: pa.Array) -> NDArray[np.int32]:
    digits = pc.if_else(pc.equal(pc.fill_null(text, ""), ""), "0", text)
    return to_numpy(pc.cast(digits, pa.int32())).astype(np.int32)


def rarity_of_days(codes: Whole, year: NDArray[np.float32], weight: Floats | None = None) -> NDArray[np.float32]:
    """log2 share of each date: a day of its year like any other, unless far more records hold it than one person has.

    In all but the largest tables, who else holds a date are records of the same person, which say nothing of how rare
    it is.

    Args:
        codes: shape (n,). Which date each record holds, from 0; -1 for none.
        year: shape (n,). log2 share of its year.
        weight: shape (n,). What each record counts for, if not 1.
    """
    counts = _counts(codes, weight)[np.maximum(codes, 0)]
    others = np.maximum(counts - MOST_COPIES, 0) / max(_all(codes, weight), 1)
    return np.asarray(np.log2(np.maximum(np.exp2(year) / DAYS, others)), np.float32)


def rarity_of_years(year: NDArray[np.int32], weight: Floats | None = None) -> NDArray[np.float32]:
    """log2 share of each year.

    Args:
        year: shape (n,). 0 where unknown.
        weight: as of `rarity_of_days`.
    """
    codes = np.where(year > 0, year, -1)
    return log_share(_counts(codes, weight), _all(codes, weight), YEAR_WORLD)[np.maximum(codes, 0)]


def _counts(codes: Whole, weight: Floats | None) -> NDArray[np.int64] | Floats:
    """How many records hold each code from 0, one at least."""
    known = codes >= 0
    return np.bincount(codes[known], None if weight is None else weight[known], minlength=1)


def _all(codes: Whole, weight: Floats | None) -> float:
    """How many records there are."""
    return len(codes) if weight is None else float(weight.sum())
