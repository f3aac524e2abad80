"""Compiled sorting of packed keys by their digits, which is faster than by comparing them.

Keys come in order of row, so only the hash above the row has to be sorted by, and the order of rows is kept: a radix
sort from the lowest digit up. Cost: O(n) a digit, room for as many keys again.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.compiled import kernel

DIGIT: Final = 11
"""Bits of a digit: as many places as the fastest caches follow at once."""


@kernel
def sorted_keys(keys: NDArray[np.uint64], row_bits: int) -> NDArray[np.uint64]:
    """Sort keys whose rows ascend.

    Args:
        keys: shape (keys,), overwritten. A hash above the row.
        row_bits: how many low bits hold the row.

    Returns:
        The keys in ascending order.
    """
    digits = (64 - row_bits + DIGIT - 1) // DIGIT
    mask = np.uint64((1 << DIGIT) - 1)
    place = np.zeros((digits, 1 << DIGIT), np.int64)
    for key in keys:
        for digit in range(digits):
            place[digit, (key >> np.uint64(row_bits + DIGIT * digit)) & mask] += 1
    given, sorted_by_digit = keys, np.empty_like(keys)
    for digit in range(digits):
        before = 0
        for value in range(1 << DIGIT):
            count = place[digit, value]
            place[digit, value] = before
            before += count
        shift, at = np.uint64(row_bits + DIGIT * digit), place[digit]
        for key in given:
            value = (key >> shift) & mask
            sorted_by_digit[at[value]] = key
            at[value] += 1
        given, sorted_by_digit = sorted_by_digit, given
    return given
