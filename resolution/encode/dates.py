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
    rarity[:, 1] = _rarity(np.where(date[:, 0] > 0, date[:, 0], -1), YEAR_WORLD)
    rarity[:, 0] = _of_days(codes, rarity[:, 1])
    return date, rarity


def _parts(distinct: pa.Array) -> NDArray[np.int32]:
    found = pc.extract_regex(distinct, SHAPE)
    return np.stack([_whole(pc.struct_field(found, part)) for part in ("year", "month", "day")], axis=1)


def _whole(text: pa.Array) -> NDArray[np.int32]:
    digits = pc.if_else(pc.equal(pc.fill_null(text, ""), ""), "0", text)
    return to_numpy(pc.cast(digits, pa.int32())).astype(np.int32)


def _of_days(codes: NDArray[np.int32], year: NDArray[np.float32]) -> NDArray[np.float32]:
    """log2 share of each date: a day of its year like any other, unless far more records hold it than one person has.

    In all but the largest tables, who else holds a date are records of the same person, which say nothing of how rare
    it is.
    """
    counts = np.bincount(codes[codes >= 0], minlength=1)[np.maximum(codes, 0)]
    others = np.maximum(counts - MOST_COPIES, 0) / max(len(codes), 1)
    return np.asarray(np.log2(np.maximum(np.exp2(year) / DAYS, others)), np.float32)


def _rarity(codes: NDArray[np.int32], world: World) -> NDArray[np.float32]:
    counts = np.bincount(codes[codes >= 0], minlength=1)
    return log_share(counts, len(codes), world)[np.maximum(codes, 0)]
