"""Compiled loops of blocking: keys, blocks, and the walk over candidate pairs."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.comparing.strings import phonetic
from resolution.compiled import kernel

START_SIGNS: Final = 4
LEAST_HALF: Final = 6


@kernel
def mix(value: np.uint64) -> np.uint64:
    """Scramble 64 bits (the finaliser of SplitMix64)."""
    value = np.uint64(value)
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


@kernel
def _hash_span(chars: NDArray[np.uint32], begin: int, end: int) -> int:
    state = np.uint64(end - begin)
    for at in range(begin, end):
        state = mix(state * np.uint64(31) + np.uint64(chars[at]) + np.uint64(1))
    return int(state >> np.uint64(2))


@kernel
def sound_codes(chars: NDArray[np.uint32], start: NDArray[np.int64], tokens: int) -> NDArray[np.int64]:
    """Phonetic code of each of the pool's first strings; -1 for initials."""
    codes = np.full(tokens, -1, np.int64)
    for token in range(tokens):
        if start[token + 1] - start[token] > 1:
            codes[token] = phonetic(chars, start[token], start[token + 1])
    return codes


@kernel
def start_codes(chars: NDArray[np.uint32], start: NDArray[np.int64], tokens: int) -> NDArray[np.int64]:
    """Hash of the first four signs of each of the pool's first strings; -1 for initials."""
    codes = np.full(tokens, -1, np.int64)
    for token in range(tokens):
        if start[token + 1] - start[token] > 1:
            codes[token] = _hash_span(chars, start[token], min(start[token + 1], start[token] + START_SIGNS))
    return codes


@kernel
def half_codes(chars: NDArray[np.uint32], start: NDArray[np.int64], value: NDArray[np.int32]) -> NDArray[np.int64]:
    """Hashes of the first and the second half of each value; -1 for short ones."""
    halves = np.full((len(value), 2), -1, np.int64)
    for at in range(len(value)):
        begin, end = int(start[value[at]]), int(start[value[at] + 1])
        if end - begin >= LEAST_HALF:
            middle = (begin + end) // 2
            halves[at, 0] = _hash_span(chars, begin, middle) * 2
            halves[at, 1] = _hash_span(chars, middle, end) * 2 + 1
    return halves


@kernel
def first_entries(start: NDArray[np.int64], entries: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """The first entries of each record, filled up with -1; shape (records, most)."""
    n = len(start) - 1
    found = np.full((n, most), -1, np.int64)
    for row in range(n):
        for place in range(min(most, start[row + 1] - start[row])):
            found[row, place] = entries[start[row] + place]
    return found


@kernel
def pack_keys(left: NDArray[np.int64], right: NDArray[np.int64], seed: int, row_bits: int) -> NDArray[np.uint64]:
    """Every pair of atoms of every record, hashed above, with the row below.

    Args:
        left: shape (n, a). Atoms, -1 for none.
        right: shape (n, b). Atoms of another sort.
        seed: sets rules apart.
        row_bits: how many low bits hold the row.
    """
    keys = np.empty(left.size * right.shape[1], np.uint64)
    used = 0
    keep = ~((np.uint64(1) << np.uint64(row_bits)) - np.uint64(1))
    salt = mix(np.uint64(seed) + np.uint64(1))
    for row in range(left.shape[0]):
        for one in left[row]:
            if one < 0:
                continue
            begun = mix(np.uint64(one) + salt) * np.uint64(3)
            for other in right[row]:
                if other >= 0:
                    keys[used] = (mix(begun + mix(np.uint64(other) ^ salt)) & keep) | np.uint64(row)
                    used += 1
    return keys[:used].copy()


@kernel
def pack_own_keys(atoms: NDArray[np.int64], seed: int, row_bits: int) -> NDArray[np.uint64]:
    """Every pair of different atoms of one sort, in either order, packed as by `pack_keys`."""
    most = atoms.shape[1]
    keys = np.empty(atoms.shape[0] * (most * (most - 1) // 2), np.uint64)
    used = 0
    keep = ~((np.uint64(1) << np.uint64(row_bits)) - np.uint64(1))
    salt = mix(np.uint64(seed) + np.uint64(1))
    for row in range(atoms.shape[0]):
        for i in range(most):
            one = atoms[row, i]
            for j in range(i + 1, most):
                other = atoms[row, j]
                if one >= 0 and other >= 0 and one != other:
                    key = mix(mix(np.uint64(one) + salt) + mix(np.uint64(other) + salt))
                    keys[used] = (key & keep) | np.uint64(row)
                    used += 1
    return keys[:used].copy()


@kernel
def cut_blocks(keys: NDArray[np.uint64], row_bits: int, most: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Blocks of 2 to `most` records among sorted keys.

    Returns:
        Members of all blocks end to end, ascending within each; and the size of each block.
    """
    low = (np.uint64(1) << np.uint64(row_bits)) - np.uint64(1)
    members = np.empty(len(keys), np.int32)
    sizes = np.empty(len(keys) // 2 + 1, np.int32)
    used, blocks, at = 0, 0, 0
    while at < len(keys):
        key, begin = keys[at] >> np.uint64(row_bits), used
        last = -1
        while at < len(keys) and keys[at] >> np.uint64(row_bits) == key:
            row = int(keys[at] & low)
            if row != last:
                members[used] = row
                used += 1
                last = row
            at += 1
        if used - begin < 2 or used - begin > most:
            used = begin
        else:
            sizes[blocks] = used - begin
            blocks += 1
    return members[:used].copy(), sizes[:blocks].copy()


@kernel
def entries_by_row(
    members: NDArray[np.int32], begins: NDArray[np.int64], sizes: NDArray[np.int32], order: NDArray[np.int64], n: int
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The blocks each record is in, in the given order of blocks.

    Returns:
        Where each record's blocks begin, shape (n + 1,); and the blocks.
    """
    start = np.zeros(n + 1, np.int64)
    for at in range(len(members)):
        start[members[at] + 1] += 1
    for row in range(n):
        start[row + 1] += start[row]
    place = start[:-1].copy()
    entries = np.empty(len(members), np.int32)
    for block in order:
        for at in range(begins[block], begins[block] + sizes[block]):
            entries[place[members[at]]] = block
            place[members[at]] += 1
    return start, entries
