"""Compiled loops of blocking: keys, blocks, and the walk over candidate pairs."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolution.comparing.strings import phonetic
from resolution.compiled import inner, kernel

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
def _hash_span(chars: NDArray[np.uint16], begin: int, end: int) -> int:
    """A 30-bit number for a piece of text."""
    state = np.uint64(end - begin)
    for at in range(begin, end):
        state = mix(state * np.uint64(31) + np.uint64(chars[at]) + np.uint64(1))
    return int(state >> np.uint64(34))


@kernel
def sound_codes(chars: NDArray[np.uint16], start: NDArray[np.int64], tokens: int) -> NDArray[np.int32]:
    """Phonetic code of each of the pool's first strings; -1 for initials."""
    codes = np.full(tokens, -1, np.int32)
    for token in range(tokens):
        if start[token + 1] - start[token] > 1:
            codes[token] = phonetic(chars, start[token], start[token + 1])
    return codes


@kernel
def start_codes(chars: NDArray[np.uint16], start: NDArray[np.int64], tokens: int) -> NDArray[np.int32]:
    """Hash of the first four signs of each of the pool's first strings; -1 for initials."""
    codes = np.full(tokens, -1, np.int32)
    for token in range(tokens):
        if start[token + 1] - start[token] > 1:
            codes[token] = _hash_span(chars, start[token], min(start[token + 1], start[token] + START_SIGNS))
    return codes


@kernel
def end_codes(chars: NDArray[np.uint16], start: NDArray[np.int64], tokens: int) -> NDArray[np.int32]:
    """Hash of the last four signs of each of the pool's first strings; -1 for initials."""
    codes = np.full(tokens, -1, np.int32)
    for token in range(tokens):
        if start[token + 1] - start[token] > 1:
            codes[token] = _hash_span(chars, max(start[token], start[token + 1] - START_SIGNS), start[token + 1])
    return codes


@kernel
def half_codes(chars: NDArray[np.uint16], start: NDArray[np.int64], value: NDArray[np.int32]) -> NDArray[np.int32]:
    """Hashes of the first and the second half of each value; -1 for short ones."""
    halves = np.full((len(value), 2), -1, np.int32)
    for at in range(len(value)):
        begin, end = int(start[value[at]]), int(start[value[at] + 1])
        if end - begin >= LEAST_HALF:
            middle = (begin + end) // 2
            halves[at, 0] = _hash_span(chars, begin, middle) * 2
            halves[at, 1] = _hash_span(chars, middle, end) * 2 + 1
    return halves


@kernel
def first_entries(start: NDArray[np.int32], entries: NDArray[np.int32], most: int) -> NDArray[np.int32]:
    """The first entries of each record, filled up with -1; shape (records, as many as some record has, up to most)."""
    n, held = len(start) - 1, 0
    for row in range(n):
        held = max(held, start[row + 1] - start[row])
    most = min(most, held)
    found = np.full((n, most), -1, np.int32)
    for row in range(n):
        for place in range(min(most, start[row + 1] - start[row])):
            found[row, place] = entries[start[row] + place]
    return found


@kernel
def combined(left: NDArray[np.int32], right: NDArray[np.int32]) -> NDArray[np.int32]:
    """Every pair of atoms of every record as one atom, -1 where either is none; shape (n, a * b)."""
    found = np.full((left.shape[0], left.shape[1] * right.shape[1]), -1, np.int32)
    for row in range(left.shape[0]):
        for i in range(left.shape[1]):
            for j in range(right.shape[1]):
                if left[row, i] >= 0 and right[row, j] >= 0:
                    key = mix(mix(np.uint64(left[row, i])) * np.uint64(3) + np.uint64(right[row, j]))
                    found[row, i * right.shape[1] + j] = np.int32(key >> np.uint64(34))
    return found


class Packing(NamedTuple):
    """How keys are packed.

    Attributes:
        seed: sets rules apart.
        row_bits: how many low bits hold the row.
        part_bits: how many high bits of the hash name a part of the keys; 0 for all of them at once.
        part: the part that is packed.
    """

    seed: int
    row_bits: int
    part_bits: int
    part: int


@kernel
def pack_keys(
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    packing: Packing,
    apart: bool,  # noqa: FBT001  # compiled code takes arguments by place only
) -> NDArray[np.uint64]:
    """Every pair of atoms of every record, hashed above, with the row below.

    Args:
        left: shape (n, a). Atoms, -1 for none.
        right: shape (n, b). Atoms of another sort.
        packing: of what, and how.
        apart: leave out pairs of one column, which are of one name token.
    """
    keys = np.empty(known_pairs(left, right), np.uint64)
    used = 0
    keep = ~((np.uint64(1) << np.uint64(packing.row_bits)) - np.uint64(1))
    salt = mix(np.uint64(packing.seed) + np.uint64(1))
    for row in range(left.shape[0]):
        for i in range(left.shape[1]):
            if left[row, i] < 0:
                continue
            begun = mix(np.uint64(left[row, i]) + salt) * np.uint64(3)
            for j in range(right.shape[1]):
                if right[row, j] >= 0 and not (apart and i == j):
                    key = mix(begun + mix(np.uint64(right[row, j]) ^ salt))
                    keys[used] = (key & keep) | np.uint64(row)
                    used += _in_part(key, packing)
    return keys[:used]


@inner
def _in_part(key: np.uint64, packing: Packing) -> int:
    """1 where a key is of the part that is asked for, else 0."""
    return int(packing.part_bits == 0 or key >> np.uint64(64 - packing.part_bits) == np.uint64(packing.part))


@kernel
def known_pairs(left: NDArray[np.int32], right: NDArray[np.int32]) -> int:
    """How many pairs of known atoms there are."""
    count = 0
    for row in range(left.shape[0]):
        count += _known(left, row) * _known(right, row)
    return count


@inner
def _known(atoms: NDArray[np.int32], row: int) -> int:
    """How many known atoms a record has."""
    count = 0
    for at in range(atoms.shape[1]):
        count += atoms[row, at] >= 0
    return count


@kernel
def pack_own_keys(atoms: NDArray[np.int32], packing: Packing) -> NDArray[np.uint64]:
    """Every pair of different atoms of one sort, in either order, packed as by `pack_keys`."""
    most = atoms.shape[1]
    room = 0
    for row in range(atoms.shape[0]):
        known = _known(atoms, row)
        room += known * (known - 1) // 2
    keys = np.empty(room, np.uint64)
    used = 0
    keep = ~((np.uint64(1) << np.uint64(packing.row_bits)) - np.uint64(1))
    salt = mix(np.uint64(packing.seed) + np.uint64(1))
    for row in range(atoms.shape[0]):
        for i in range(most):
            one = atoms[row, i]
            for j in range(i + 1, most):
                other = atoms[row, j]
                if one >= 0 and other >= 0 and one != other:
                    key = mix(mix(np.uint64(one) + salt) + mix(np.uint64(other) + salt))
                    keys[used] = (key & keep) | np.uint64(row)
                    used += _in_part(key, packing)
    return keys[:used]


@kernel
def cut_blocks(
    keys: NDArray[np.uint64], row_bits: int, most: int
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Blocks of two records or more among sorted keys.

    Returns:
        Members of the blocks of 2 to `most` records end to end, ascending within each; the size of each; and both for
        the larger blocks.
    """
    low = (np.uint64(1) << np.uint64(row_bits)) - np.uint64(1)
    members, over = np.empty(len(keys), np.int32), np.empty(len(keys), np.int32)
    sizes, over_sizes = np.empty(len(keys) // 2 + 1, np.int32), np.empty(len(keys) // (most + 1) + 1, np.int32)
    used, blocks, over_used, over_blocks, at = 0, 0, 0, 0, 0
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
        size = used - begin
        if size > most:
            over[over_used : over_used + size] = members[begin:used]
            over_used += size
            over_sizes[over_blocks] = size
            over_blocks += 1
        if size < 2 or size > most:
            used = begin
        else:
            sizes[blocks] = size
            blocks += 1
    return members[:used].copy(), sizes[:blocks].copy(), over[:over_used].copy(), over_sizes[:over_blocks].copy()


@kernel
def slide(
    members: NDArray[np.int32], sizes: NDArray[np.int32], rank: NDArray[np.int64], width: int
) -> NDArray[np.int32]:
    """Cut large blocks into windows that overlap by half, like records side by side.

    Args:
        members: rows of the blocks end to end.
        sizes: records of each, above `width`.
        rank: shape (n,). Like records have near ranks.
        width: records of a window.

    Returns:
        Rows of all windows end to end, ascending within each.
    """
    step = width // 2
    windows = 0
    for size in sizes:
        windows += (size - width + step - 1) // step + 1
    out = np.empty(windows * width, np.int32)
    used, begin = 0, 0
    for size in sizes:
        block = members[begin : begin + size]
        ordered = block[np.argsort(rank[block], kind="mergesort")]
        at = 0
        while True:
            first = min(at, size - width)
            out[used : used + width] = np.sort(ordered[first : first + width])
            used += width
            if first + width == size:
                break
            at += step
        begin += size
    return out


@kernel
def place_blocks(
    members: NDArray[np.int32], sizes: NDArray[np.int32], cursor: NDArray[np.int64], out: NDArray[np.int32]
) -> None:
    """Copy one rule's blocks to where blocks of their size go.

    Args:
        members: rows of the rule's blocks, end to end.
        sizes: records of each.
        cursor: where the next block of each size goes; moved on.
        out: rows of all blocks.
    """
    at = 0
    for size in sizes:
        for place in range(size):
            out[cursor[size] + place] = members[at + place]
        cursor[size] += size
        at += size
