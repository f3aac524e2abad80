"""Compiled comparison of whole pairs: one level and one rarity a field."""

import numpy as np
from numpy.typing import NDArray

from resolution.borrow import lent_codes
from resolution.comparing.fields import compare_dates, compare_places, compare_values
from resolution.comparing.levels import DATE_FIELD, PLACE_FIELD, SEX_FIELD, VALUE_FIELDS
from resolution.comparing.names import compare_names
from resolution.compiled import kernel
from resolution.encode.codes import TOKENS, Codes


@kernel
def compare_pair(
    codes: Codes, left: int, right: int, alike: NDArray[np.uint8], level: NDArray[np.uint8], rarity: NDArray[np.float32]
) -> None:
    """Compare two rows in every field.

    Args:
        codes: the coded table.
        left: a row.
        right: another row.
        alike: shape (TOKENS, TOKENS), room to work in.
        level: out, shape (fields,), 0 where a side is unknown.
        rarity: out, shape (fields,), log2 share of records that hold what agrees; 0 where that is not asked for.
    """
    rarity[:] = 0
    compare_names(codes, left, right, alike, level, rarity)
    compare_dates(codes, left, right, level, rarity, DATE_FIELD)
    for trait in range(2):
        one, other = codes.trait[left, trait], codes.trait[right, trait]
        level[SEX_FIELD + trait] = 0 if one < 0 or other < 0 else 1 + (one == other)
    compare_places(codes, left, right, level, rarity, PLACE_FIELD)
    for kind in range(codes.value_start.shape[0]):
        compare_values(codes, left, right, kind, level, rarity)


@kernel
def compare_pairs(
    codes: Codes, left: NDArray[np.int32], right: NDArray[np.int32]
) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Compare many pairs of rows.

    Returns:
        Levels and rarities, both of shape (pairs, fields).
    """
    codes = lent_codes(codes)
    fields = VALUE_FIELDS + codes.value_start.shape[0]
    level = np.zeros((len(left), fields), np.uint8)
    rarity = np.zeros((len(left), fields), np.float32)
    alike = np.zeros((TOKENS, TOKENS), np.uint8)
    for pair in range(len(left)):
        compare_pair(codes, left[pair], right[pair], alike, level[pair], rarity[pair])
    return level, rarity
