"""Compiled loops of encoding."""

import numpy as np
from numpy.typing import NDArray

from resolution.compiled import kernel
from resolution.encode.codes import TOKENS


@kernel
def fill_bags(
    column: NDArray[np.int64], start: NDArray[np.int64], coded: NDArray[np.int32], bits: NDArray[np.uint8]
) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    """Collect the distinct tokens of each record.

    Args:
        column: shape (n, columns). Which distinct name stands in each column, -1 for none.
        start: where each distinct name's tokens begin in `coded`.
        coded: token codes.
        bits: slot bit of each column.

    Returns:
        Tokens and slot bits, both of shape (n, TOKENS), tokens filled up with -1.
    """
    n = column.shape[0]
    token = np.full((n, TOKENS), -1, np.int32)
    slot = np.zeros((n, TOKENS), np.uint8)
    for row in range(n):
        used = 0
        for which in range(column.shape[1]):
            name = column[row, which]
            if name < 0:
                continue
            for at in range(start[name], start[name + 1]):
                code = coded[at]
                if code < 0:
                    continue
                place = 0
                while place < used and token[row, place] != code:
                    place += 1
                if place == TOKENS:
                    continue
                token[row, place] = code
                slot[row, place] |= bits[which]
                used = max(used, place + 1)
    return token, slot


@kernel
def count_holders(row: NDArray[np.int64], code: NDArray[np.int32], size: int) -> NDArray[np.int64]:
    """How many different rows hold each code; rows ascend."""
    counts, last = np.zeros(size, np.int64), np.full(size, -1, np.int64)
    for at in range(len(code)):
        if last[code[at]] != row[at]:
            last[code[at]] = row[at]
            counts[code[at]] += 1
    return counts
