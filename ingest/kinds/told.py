"""Codes that another column tells: a county beside its precinct, a race in words beside its code.

Such a column says nothing of its own, but it would be counted again as evidence wherever the other one is.
"""

from functools import cache, partial
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ingest.clean.run import encode
from ingest.kinds.settle import Candidate, Candidates

TELLING: Final = frozenset({"category", "city", "postcode", "region"})
TOLD: Final = 0.85
"""Of what guessing the most common value gets wrong, the share that the other column sets right."""
ROWS_A_VALUE: Final = 5
MOST_VALUES: Final = 5000


def without_told(table: pa.Table, columns: Candidates) -> Candidates:
    """Turn categories that a finer column tells into text.

    Cost: one sort of the rows for each pair of a category and a column of a place or another category, and eight bytes
    a row for each of these columns.
    """
    telling = sorted(filter(_may_tell, columns), key=lambda one: (-one.facts.distinct, one.column))
    codes = cache(partial(codes_of, table))
    told = set[str]()
    for place, column in enumerate(telling):
        finer = (one.column for one in telling[:place] if one.column not in told)
        if column.kind == "category" and any(told_share(codes(column.column), codes(one)) >= TOLD for one in finer):
            told.add(column.column)
    return tuple(one.turned("text") if one.column in told else one for one in columns)


def _may_tell(column: Candidate) -> bool:
    enough = column.facts.filled >= ROWS_A_VALUE * column.facts.distinct
    return column.kind in TELLING and 1 < column.facts.distinct <= MOST_VALUES and enough


def told_share(codes: NDArray[np.int64], finer: NDArray[np.int64]) -> float:
    """How much better one column is guessed from another than without; 0 where the other is often unknown.

    Args:
        codes: shape (rows,), -1 for unknown.
        finer: shape (rows,), -1 for unknown.
    """
    known = codes >= 0
    if not known.any():
        return 0.0
    both = known & (finer >= 0)
    if both.sum() < TOLD * known.sum():
        return 0.0
    values = int(codes.max()) + 1
    pairs, counts = np.unique(finer[both] * values + codes[both], return_counts=True)
    right = np.zeros(int(finer.max()) + 1, np.int64)
    np.maximum.at(right, pairs // values, counts)
    wrong = both.sum() - np.bincount(codes[both]).max()
    return float(1 - (both.sum() - right.sum()) / wrong) if wrong else 0.0


def codes_of(table: pa.Table, name: str) -> NDArray[np.int64]:
    """A column as numbers of its values, shape (rows,), -1 for unknown."""
    encoded = encode(table.column(name))
    said = pc.not_equal(pc.utf8_trim_whitespace(encoded.dictionary.cast(pa.string())), "")
    codes = np.asarray(pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False), np.int64)
    return np.where(np.append(said.to_numpy(zero_copy_only=False), False)[codes], codes, -1)


def pairs_alike(codes: NDArray[np.int64]) -> int:
    """How many pairs of rows have the same code; codes have shape (rows,)."""
    counts = np.unique(codes, return_counts=True)[1]
    return int((counts * (counts - 1) // 2).sum())
