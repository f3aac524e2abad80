"""Numbers of houses that no header names: those whom one place brings together, and whose names differ, share them."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ingest.kinds.settle import Candidate, Candidates
from ingest.kinds.told import codes_of, pairs_alike

PLACES: Final = frozenset({"postcode", "street"})
PLACED: Final = frozenset({*PLACES, "city"})
FIRST_NAMES: Final = frozenset({"given_name", "full_name"})
NUMBERS: Final = frozenset({"number", "category", "text"})
LEAST_VALUES: Final = 20
LEAST_PAIRS: Final = 30
"""Pairs of rows of one place and of two names, below which nothing is said."""
SHARED: Final = 0.5
"""Share of these pairs that have one number. Ages, sizes and scores of two people are seldom the same."""


def with_house_numbers(table: pa.Table, columns: Candidates) -> Candidates:
    """Take a column of small numbers for house numbers where people of one postcode or street share them.

    Args:
        table: columns of text.
        columns: what each was taken for.

    Cost: a few sorts of the rows for each column of small numbers, and only where no column holds house numbers.
    """
    places = [one for one in columns if one.kind in PLACED]
    names = [one for one in columns if one.kind in FIRST_NAMES]
    small = [one for one in columns if _is_small(one)]
    placed = any(one.kind in PLACES for one in places)
    if not small or not names or not placed or any(_tells_house(one) for one in columns):
        return columns
    place = _together([codes_of(table, one.column) for one in places])
    name = _together([codes_of(table, one.column) for one in names])
    found = next((one for one in small if share_of(place, name, codes_of(table, one.column)) >= SHARED), None)
    return tuple(one.turned("house_number") if one is found else one for one in columns)


def share_of(place: NDArray[np.int64], name: NDArray[np.int64], number: NDArray[np.int64]) -> float:
    """Of the pairs of rows of one place and two names, the share with one number; 0 where there are few.

    Args:
        place: shape (rows,), -1 for unknown, as below.
        name: shape (rows,).
        number: shape (rows,).
    """
    known = (place >= 0) & (name >= 0) & (number >= 0)
    place, name, number = place[known], name[known], number[known]
    every = _pairs(place) - _pairs(place, name)
    same = _pairs(place, number) - _pairs(place, name, number)
    return same / every if every >= LEAST_PAIRS else 0.0


def _pairs(*columns: NDArray[np.int64]) -> int:
    """Pairs of rows that are alike in all columns."""
    return pairs_alike(_together(columns))


def _together(columns: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Columns as one, -1 where any is unknown."""
    stacked = np.stack(columns)
    codes = np.unique(stacked, axis=1, return_inverse=True)[1].reshape(-1).astype(np.int64)
    return np.where((stacked >= 0).all(axis=0), codes, -1)


def _tells_house(column: Candidate) -> bool:
    return column.kind in {"house_number", "address"} or (
        column.kind == "street" and column.shapes.by_value["digits"] >= 0.5
    )


def _is_small(column: Candidate) -> bool:
    small = column.shapes.by_row["short_number"] >= 0.95 and column.facts.distinct >= LEAST_VALUES
    return small and column.kind in NUMBERS and not set(column.header.kinds) - NUMBERS
