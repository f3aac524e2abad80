"""Compiled comparison of whole pairs: one level and one rarity a field."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.comparing.batch import BATCH, Space, begin_batch, space
from resolution.comparing.dates import compare_dates
from resolution.comparing.levels import SEX_FIELD, VALUE_FIELDS
from resolution.comparing.names import glance_at_names, look_at_names
from resolution.comparing.places import compare_places
from resolution.comparing.values import compare_values
from resolution.compiled import inner, kernel
from resolution.encode.codes import AT_SEX, Codes
from resolution.machine import ask_ahead

AHEAD: Final = 8
"""So many pairs before rows are read for the first time, they are asked for; of pairs in no order each is new."""


@inner
def compare_row(
    codes: Codes,
    row: int,
    others: NDArray[np.int32],
    level: NDArray[np.uint8],
    rarity: NDArray[np.float32],
    room: Space,
) -> None:
    """Compare a row with others in every field.

    Args:
        codes: the coded table.
        row: a row.
        others: shape (pairs,). Other rows.
        level: out, shape (at least pairs, fields), 0 where a side is unknown.
        rarity: out, like `level`: log2 share of records that hold what agrees; 0 where that is not asked for.
        room: to work in.
    """
    for begin in range(0, len(others), BATCH):
        end = min(begin + BATCH, len(others))
        batch, found, share = others[begin:end], level[begin:end], rarity[begin:end]
        for other in batch:
            ask_ahead(codes.line, other)
        filled = compare_facts(codes, row, batch, found, share, room)
        glance_at_names(codes, row, filled, room)
        look_at_names(codes, row, found, share, room)


@inner
def compare_facts(
    codes: Codes,
    row: int,
    others: NDArray[np.int32],
    level: NDArray[np.uint8],
    rarity: NDArray[np.float32],
    room: Space,
) -> int:
    """Compare a row with at most BATCH others in every field but the names, which are left unknown.

    Their lines should have been asked for.

    Returns:
        How many places the batch fills, for `glance_at_names`.
    """
    filled = begin_batch(others, room)
    level[:], rarity[:] = 0, 0
    compare_dates(codes, row, filled, level, rarity, room)
    for trait in range(2):
        _compare_traits(codes.line, AT_SEX + trait, row, level[:, SEX_FIELD + trait], room.other)
    compare_places(codes, row, filled, level, rarity, room)
    compare_values(codes, row, filled, level, rarity, room)
    return filled


@inner
def _compare_traits(
    line: NDArray[np.int32], word: int, row: int, level: NDArray[np.uint8], others: NDArray[np.int32]
) -> None:
    """Set the level of sex or suffix: 2 same, 1 differs."""
    one = line[row, word]
    for place in range(len(level)):
        other = line[others[place], word]
        level[place] = ((one >= 0) & (other >= 0)) * (1 + (one == other))


def compare_pairs(
    codes: Codes, left: NDArray[np.int32], right: NDArray[np.int32]
) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Compare many pairs of rows.

    Returns:
        Levels and rarities, both of shape (pairs, fields).
    """
    fields = VALUE_FIELDS + codes.value_start.shape[0]
    level, rarity = np.empty((len(left), fields), np.uint8), np.empty((len(left), fields), np.float32)
    compare_into(codes, left, right, level, rarity)
    return level, rarity


@kernel
def compare_into(
    codes: Codes,
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    level: NDArray[np.uint8],
    rarity: NDArray[np.float32],
) -> None:
    """As `compare_pairs`, into arrays that are there."""
    _compare_runs(codes, left, right, level, rarity, space())


@inner
def _compare_runs(
    codes: Codes,
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    level: NDArray[np.uint8],
    rarity: NDArray[np.float32],
    room: Space,
) -> None:
    """As `compare_into`, in a room: pairs of one left row after the other at once."""
    line, begin = codes.line, 0
    while begin < len(left):
        end = begin + 1
        while end < len(left) and left[end] == left[begin]:
            end += 1
        ahead = min(end + AHEAD, len(left) - 1)
        ask_ahead(line, left[ahead])
        ask_ahead(line, right[ahead])
        compare_row(codes, left[begin], right[begin:end], level[begin:end], rarity[begin:end], room)
        begin = end
