"""Compiled comparison of sets of values: identifiers, phones, e-mails, devices, categories; the best pair counts.

Levels are 4 same, 3 same before the @, 2 typing error, 1 differs, 0 unknown.
"""

import numpy as np
from numpy.typing import NDArray

from resolution.comparing.batch import LOOK, Space, gather
from resolution.comparing.levels import VALUE_FIELDS
from resolution.comparing.similar import MOST_TRIED, most_edits, similar
from resolution.compiled import inner, shared
from resolution.encode.codes import AT_MORE, AT_VALUE, FROM_NAMES, MORE_VALUES, VALUE_WORDS, Codes
from resolution.encode.lines import short_far, short_length

Words = NDArray[np.int32]
Levels = NDArray[np.uint8]
Shares = NDArray[np.float32]


@inner
def compare_values(codes: Codes, row: int, filled: int, level: Levels, rarity: Shares, room: Space) -> None:
    """Set level and rarity of every kind of values, for a row and each of a batch."""
    line, kinds = codes.line, codes.value_start.shape[0]
    more = line[row, AT_MORE] & MORE_VALUES
    if more == 0:
        for kind in range(kinds):
            one = line[row, AT_VALUE + VALUE_WORDS * kind : AT_VALUE + VALUE_WORDS * (kind + 1)]
            if one[0] >= 0:
                _settle(line, one, kind, filled, room)
                _look(codes, one, kind, level, rarity, room)
    for place in range(len(level)):
        other = room.other[place]
        if (more | line[other, AT_MORE]) & MORE_VALUES:
            for kind in range(kinds):
                _compare_sets(codes, row, other, kind, level[place], rarity[place])


@inner
def _settle(line: NDArray[np.int32], one: Words, kind: int, filled: int, room: Space) -> None:
    """Compare a value with the first of its kind of each of a batch: a level, or LOOK where signs decide."""
    word = AT_VALUE + VALUE_WORDS * kind
    for which in range(VALUE_WORDS):
        gather(line, word + which, filled, room, which)
    values, gists, thirds = room.word[0], room.word[1], room.word[2]
    value, gist, third, found = one[0], one[1], one[2], room.level
    for place in range(filled):
        equal = int(values[place] == value)
        user = int((third >= 0) & ((third ^ thirds[place]) & ~FROM_NAMES == 0))
        named = int((third | thirds[place]) & FROM_NAMES != 0)
        limit = most_edits(min(short_length(gist), short_length(gists[place])))
        far = int(short_far(gist, gists[place], third, thirds[place], limit))
        unequal = user * (1 - named) * 3 + (1 - user) * (far + (1 - far) * LOOK)
        found[place] = (values[place] >= 0) * (4 * equal + (1 - equal) * unequal)


@inner
def _look(codes: Codes, one: Words, kind: int, level: Levels, rarity: Shares, room: Space) -> None:
    """Note the levels that were found, and look into what was left open."""
    field, values = VALUE_FIELDS + kind, room.word[0]
    for place in range(len(level)):
        found = room.level[place]
        if found == LOOK:
            found = _near(codes, one[0], values[place], one[2] | room.word[2, place])
        level[place, field] = found
        if found > 1:
            rarity[place, field] = max(codes.rarity[one[0]], codes.rarity[values[place]])


@inner
def _near(codes: Codes, one: int, other: int, users: int) -> int:
    """Level of two unequal values, by their signs.

    Args:
        codes: the coded table.
        one: a value.
        other: another.
        users: both third words of their lines, below 0 where they are no e-mails.
    """
    if users < 0:
        return 2 if similar(codes, one, other) else 1
    if users & FROM_NAMES:  # a typing error apart, they say no more than the names do
        return 0 if similar(codes, one, other) else 1
    # Where their numbers differ they are two people's however near they are, and to see that takes less.
    return 2 if _same_digits(codes, one, other) and similar(codes, one, other) else 1


@inner
def _same_digits(codes: Codes, a: int, b: int) -> bool:
    """Whether the same digits stand in two values, in the same order."""
    at, end, other, other_end = codes.start[a], codes.start[a + 1], codes.start[b], codes.start[b + 1]
    while True:
        while at < end and not _digit(int(codes.chars[at])):
            at += 1
        while other < other_end and not _digit(int(codes.chars[other])):
            other += 1
        if at == end or other == other_end:
            return bool(at == end and other == other_end)
        if codes.chars[at] != codes.chars[other]:
            return False
        at += 1
        other += 1


@inner
def _digit(sign: int) -> bool:
    return 48 <= sign <= 57


@shared
def _compare_sets(codes: Codes, left: int, right: int, kind: int, level: Levels, rarity: Shares) -> None:
    """The best pair of values of records that may hold several; of those that differ the first few are looked into."""
    field = VALUE_FIELDS + kind
    level[field], rarity[field] = 0, np.float32(0)
    a, b = codes.value_start[kind, left], codes.value_start[kind, right]
    for i in range(a, codes.value_start[kind, left + 1]):
        for j in range(b, codes.value_start[kind, right + 1]):
            found, one, other = 1, codes.value[i], codes.value[j]
            if one == other:
                found = 4
            elif max(i - a, j - b) >= MOST_TRIED:
                continue
            elif codes.user[i] >= 0 and (codes.user[i] ^ codes.user[j]) & ~FROM_NAMES == 0:
                found = 0 if (codes.user[i] | codes.user[j]) & FROM_NAMES else 3
            else:
                found = _near(codes, one, other, codes.user[i] | codes.user[j])
            if found > level[field]:
                level[field] = found
                rarity[field] = max(codes.rarity[one], codes.rarity[other]) if found > 1 else np.float32(0)
