"""Compiled loops of encoding."""

import numpy as np
from numpy.typing import NDArray

from resolution.compiled import bare, inner, kernel
from resolution.encode.codes import FROM_NAMES, GIVEN, TOKENS

AT_SIGN, DOT, DASH, LOW_LINE = (ord(sign) for sign in "@.-_")


@kernel
def by_first(
    code: NDArray[np.int32], at: NDArray[np.int32], size: int, left_out: int
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Number codes anew, by first appearance in another order.

    Args:
        code: shape (entries,). Codes from 0; negative ones stay unknown.
        at: which of them comes where.
        size: number of codes.
        left_out: a code that becomes unknown; negative for none.

    Returns:
        New codes, shape (len(at),), -1 where unknown; and the old code of each new one.
    """
    number, first = np.full(size, -1, np.int32), np.empty(size, np.int64)
    found = np.empty(len(at), np.int32)
    used = 0
    for place in range(len(at)):
        one = code[at[place]]
        if one < 0 or one == left_out:
            found[place] = -1
            continue
        if number[one] < 0:
            number[one] = used
            first[used] = one
            used += 1
        found[place] = number[one]
    return found, first[:used].copy()


@kernel
def arrange(row: NDArray[np.int32], order: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Put entries of rows in another order of the rows.

    Args:
        row: shape (entries,). Row of each entry, ascending.
        order: shape (n,). Rows in their new order.

    Returns:
        Which entry comes where, and its place in `order`, both of shape (entries,).
    """
    begin = np.zeros(len(order) + 1, np.int32)
    for entry in range(len(row)):
        begin[row[entry] + 1] += 1
    for place in range(len(order)):
        begin[place + 1] += begin[place]
    at, owner = np.empty(len(row), np.int32), np.empty(len(row), np.int32)
    used = 0
    for place in range(len(order)):
        for entry in range(begin[order[place]], begin[order[place] + 1]):
            at[used], owner[used] = entry, place
            used += 1
    return at, owner


@kernel
def fill_bags(
    column: NDArray[np.int32],
    start: NDArray[np.int64],
    coded: NDArray[np.int32],
    bits: NDArray[np.uint8],
    size: int,
) -> tuple[NDArray[np.int32], NDArray[np.uint8], NDArray[np.int64]]:
    """Collect the distinct tokens of each record.

    Args:
        column: shape (n, columns). Which distinct name stands in each column, -1 for none.
        start: where each distinct name's tokens begin in `coded`.
        coded: token codes.
        bits: slot bit of each column.
        size: number of token codes.

    Returns:
        Tokens and slot bits, both of shape (n, TOKENS), tokens filled up with -1; and how many records hold each code.
    """
    n = column.shape[0]
    token = np.full((n, TOKENS), -1, np.int32)
    slot = np.zeros((n, TOKENS), np.uint8)
    held = np.zeros(size, np.int64)
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
                if place == used:
                    token[row, place] = code
                    held[code] += 1
                    used += 1
                slot[row, place] |= bits[which]
    return token, slot, held


@kernel
def count_holders(row: NDArray[np.int32], code: NDArray[np.int32], size: int) -> NDArray[np.int64]:
    """How many different rows hold each code; rows ascend, and a code below 0 is none."""
    counts, last = np.zeros(size, np.int64), np.full(size, -1, np.int32)
    for at in range(len(code)):
        one = code[at]
        if one >= 0 and last[one] != row[at]:
            last[one] = row[at]
            counts[one] += 1
    return counts


@kernel
def drop_particles(token: NDArray[np.int32], slot: NDArray[np.uint8], particle: NDArray[np.bool_]) -> None:
    """Take particles out of the bags of names in which every slot of theirs holds more; given names stay.

    Args:
        token: shape (n, TOKENS). Changed in place, like `slot`.
        slot: shape (n, TOKENS).
        particle: shape (tokens,).
    """
    for row in range(len(token)):
        filled, held, some = 0, 0, False
        while filled < TOKENS and token[row, filled] >= 0:
            is_one = particle[token[row, filled]]
            some |= is_one
            held |= 0 if is_one else int(slot[row, filled])
            filled += 1
        if not some:
            continue
        kept = 0
        for place in range(filled):
            code, stands = token[row, place], int(slot[row, place])
            token[row, place], slot[row, place] = -1, 0
            if not particle[code] or stands & ~held or stands & GIVEN:
                token[row, kept], slot[row, kept] = code, stands
                kept += 1


@bare
def mark_named_mailboxes(
    chars: NDArray[np.uint16],
    start: NDArray[np.int64],
    token: NDArray[np.int32],
    begins: NDArray[np.int32],
    value: NDArray[np.int32],
    user: NDArray[np.int32],
) -> None:
    """Set FROM_NAMES of the e-mail addresses whose letters before the @ are names, or initials, of their record.

    Args:
        chars: signs of the pool.
        start: where each of its strings begins.
        token: shape (n, TOKENS). Names of each record.
        begins: shape (n + 1,). Where each record's e-mails begin.
        value: codes of the values.
        user: in and out; negative for what is no e-mail.
    """
    for row in range(len(token)):
        for at in range(begins[row], begins[row + 1]):
            if user[at] >= 0 and _named(chars, start, value[at], token[row]):
                user[at] |= FROM_NAMES


@inner
def _named(chars: NDArray[np.uint16], start: NDArray[np.int64], mail: int, names: NDArray[np.int32]) -> bool:
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
