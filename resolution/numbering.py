"""Numbering by first appearance, compiled: of keys, of pairs of codes, and of strings by a hash of each.

Cost: one look-up a key, in a table of twice to four times as many slots, each asked for a few keys ahead.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.compiled import kernel
from resolution.machine import ask_ahead
from resolution.mixing import mixed

AHEAD: Final = 16
"""So many keys before a slot of the table, or a string, is looked at, it is asked for."""
LETTERS: Final = 8
"""Letters that go into a hash at once."""


@kernel
def number_keys(key: NDArray[np.uint64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Number keys by first appearance.

    Args:
        key: shape (n,).

    Returns:
        The number of every key, shape (n,), and the first place of each number, shape (numbers,).
    """
    slots = 2
    while slots < 2 * len(key):
        slots *= 2
    last = np.uint64(slots - 1)
    slot = np.full(slots, -1, np.int32)
    number, first = np.empty(len(key), np.int32), np.empty(len(key), np.int64)
    ahead, used = slot.reshape(-1, 1), 0
    for place in range(len(key)):
        ask_ahead(ahead, np.int64(key[min(place + AHEAD, len(key) - 1)] & last))
        at = key[place] & last
        while slot[at] >= 0 and key[first[slot[at]]] != key[place]:
            at = (at + np.uint64(1)) & last
        if slot[at] < 0:
            slot[at] = used
            first[used] = place
            used += 1
        number[place] = slot[at]
    return number, first[:used].copy()


@kernel
def pair_keys(left: NDArray[np.int32], right: NDArray[np.int32]) -> NDArray[np.uint64]:
    """A key for each pair of codes, different where the pairs are: mixing a single number loses nothing.

    Args:
        left: shape (pairs,). Codes from 0.
        right: the same.
    """
    key = np.empty(len(left), np.uint64)
    for pair in range(len(left)):
        key[pair] = mixed(np.uint64(0), int(left[pair]) << 32 | int(right[pair]))
    return key


@kernel
def hash_strings(letters: NDArray[np.uint8], start: NDArray[np.int32]) -> NDArray[np.uint64]:
    """A 64-bit number for each string, of all its letters.

    Args:
        letters: UTF-8; what stands before the first string and after the last is not looked at.
        start: shape (strings + 1,). Where each begins.

    Returns:
        Shape (strings,).
    """
    key = np.empty(len(start) - 1, np.uint64)
    for string in range(len(key)):
        begin, end = start[string], start[string + 1]
        found = np.uint64(end - begin)
        while begin < end:
            word, cut = np.int64(0), min(begin + LETTERS, end)
            for at in range(begin, cut):
                word = word << 8 | np.int64(letters[at])
            found, begin = mixed(found, int(word)), cut
        key[string] = found ^ (found >> np.uint64(32))
    return key


@kernel
def equal_first(
    letters: NDArray[np.uint8], start: NDArray[np.int32], number: NDArray[np.int32], first: NDArray[np.int64]
) -> bool:
    """Whether every string is, letter by letter, the first one of its number.

    Args:
        letters: as for `hash_strings`, like `start`.
        start: shape (strings + 1,).
        number: shape (strings,).
        first: shape (numbers,). The string that each number is of.
    """
    ahead, begins, count = letters.reshape(-1, 1), start.reshape(-1, 1), len(number)
    for string in range(count):
        ask_ahead(begins, first[number[min(string + 2 * AHEAD, count - 1)]])
        ask_ahead(ahead, start[first[number[min(string + AHEAD, count - 1)]]])
        other = first[number[string]]
        if other == string:
            continue
        begin, size = start[string], start[string + 1] - start[string]
        if start[other + 1] - start[other] != size:
            return False
        for at in range(size):
            if letters[start[other] + at] != letters[begin + at]:
                return False
    return True
