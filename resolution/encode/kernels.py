"""Compiled loops of encoding."""

import numpy as np
from numpy.typing import NDArray

from resolution.compiled import kernel
from resolution.encode.codes import FROM_NAMES, TOKENS

AT_SIGN, DOT, DASH, LOW_LINE = (ord(sign) for sign in "@.-_")


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


@kernel
def mark_named_mailboxes(
    chars: NDArray[np.uint32],
    start: NDArray[np.int64],
    token: NDArray[np.int32],
    begins: NDArray[np.int64],
    value: NDArray[np.int32],
    user: NDArray[np.int32],
) -> None:
    """Set FROM_NAMES of the e-mail addresses whose letters before the @ are names, or initials, of their record.

    Args:
        chars: code points of the pool.
        start: where each of its strings begins.
        token: shape (n, TOKENS). Names of each record.
        begins: shape (n + 1,). Where each record's values begin, e-mails or not.
        value: codes of the values.
        user: in and out; negative for what is no e-mail.
    """
    for row in range(len(token)):
        for at in range(begins[row], begins[row + 1]):
            if user[at] >= 0 and _named(chars, start, value[at], token[row]):
                user[at] |= FROM_NAMES


@kernel
def _named(chars: NDArray[np.uint32], start: NDArray[np.int64], mail: int, names: NDArray[np.int32]) -> bool:
    """Whether whole names, else initials, each used once, make up all letters up to the @; a digit is no name's."""
    at, end, used = int(start[mail]), int(start[mail + 1]), 0
    while at < end and chars[at] != AT_SIGN:
        if chars[at] in (DOT, DASH, LOW_LINE):
            at += 1
            continue
        best, length = -1, 0
        for place in range(len(names)):
            if names[place] < 0 or used >> place & 1:
                continue
            begin = int(start[names[place]])
            size = int(start[names[place] + 1]) - begin
            same = 0
            while same < size and at + same < end and chars[at + same] == chars[begin + same]:
                same += 1
            reached = size if same == size else min(same, 1)
            if reached > length:
                best, length = place, reached
        if best < 0:
            return False
        used |= 1 << best
        at += length
    return used > 0
