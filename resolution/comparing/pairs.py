"""Compiled comparison of whole pairs: one level and one rarity a field."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.borrow import ask_ahead, lent
from resolution.comparing.fields import compare_dates, compare_places, compare_values
from resolution.comparing.levels import DATE_FIELD, PLACE_FIELD, SEX_FIELD, VALUE_FIELDS
from resolution.comparing.names import compare_names
from resolution.compiled import inner, kernel
from resolution.encode.codes import AT_SEX, Codes

AHEAD: Final = 8
"""So many pairs before rows are read for the first time, they are asked for; of pairs in no order each is new."""


@kernel
def compare_row(
    codes: Codes,
    row: int,
    others: NDArray[np.int32],
    level: NDArray[np.uint8],
    rarity: NDArray[np.float32],
) -> None:
    """Compare a row with others in every field.

    Args:
        codes: the coded table.
        row: a row.
        others: shape (pairs,). Other rows.
        level: out, shape (at least pairs, fields), 0 where a side is unknown.
        rarity: out, like `level`: log2 share of records that hold what agrees; 0 where that is not asked for.
    """
    codes = _lent_codes(codes)
    for other in others:
        ask_ahead(codes.line, other)
    for pair in range(len(others)):
        _compare_pair(codes, row, others[pair], level[pair], rarity[pair])


@inner
def _compare_pair(codes: Codes, left: int, right: int, level: NDArray[np.uint8], rarity: NDArray[np.float32]) -> None:
    rarity[:] = 0
    compare_names(codes, left, right, level, rarity)
    compare_dates(codes, left, right, level, rarity, DATE_FIELD)
    for trait in range(2):
        one, other = codes.line[left, AT_SEX + trait], codes.line[right, AT_SEX + trait]
        level[SEX_FIELD + trait] = 0 if one < 0 or other < 0 else 1 + (one == other)
    compare_places(codes, left, right, level, rarity, PLACE_FIELD)
    compare_values(codes, left, right, level, rarity)


@kernel
def compare_pairs(
    codes: Codes, left: NDArray[np.int32], right: NDArray[np.int32]
) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Compare many pairs of rows.

    Returns:
        Levels and rarities, both of shape (pairs, fields).
    """
    fields = VALUE_FIELDS + codes.value_start.shape[0]
    level = np.zeros((len(left), fields), np.uint8)
    rarity = np.zeros((len(left), fields), np.float32)
    line = lent(codes.line)
    begin = 0
    while begin < len(left):
        end = begin + 1
        while end < len(left) and left[end] == left[begin]:
            end += 1
        ahead = min(end + AHEAD, len(left) - 1)
        ask_ahead(line, left[ahead])
        ask_ahead(line, right[ahead])
        compare_row(codes, left[begin], right[begin:end], level[begin:end], rarity[begin:end])
        begin = end
    return level, rarity


@inner
def _lent_codes(codes: Codes) -> Codes:
    """A coded table without owners; in each kernel anew, for the compiler must see that there are none."""
    return Codes(
        lent(codes.chars),
        lent(codes.start),
        lent(codes.gist),
        lent(codes.rarity),
        lent(codes.nickname),
        lent(codes.token),
        lent(codes.slot),
        lent(codes.date),
        lent(codes.date_rarity),
        lent(codes.trait),
        lent(codes.place_start),
        lent(codes.place),
        lent(codes.value_start),
        lent(codes.value),
        lent(codes.user),
        lent(codes.source),
        lent(codes.line),
    )
