"""Compiled comparison of two name tokens: nicknames, typing errors, common beginnings, initials."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.comparing.gist import SHORT_TYPO, have_nicknames, one_sign
from resolution.comparing.strings import FAR, common_prefix, osa_distance
from resolution.comparing.word import NO_WORD, same_beginning, word_distance, word_length
from resolution.compiled import inner, kernel
from resolution.encode.codes import GROUPS, Codes

NONE, INITIAL, WEAK, TYPO, NICKNAME = 0, 2, 4, 6, 7
"""How alike: of the levels of a name's slot, those that two tokens reach by themselves."""
LONG_TYPO: Final = 8
"""Tokens of so many signs may have two typing errors."""
WEAK_PREFIX: Final = 3
"""Tokens that begin with so many signs alike are weakly alike."""


@inner
def likeness(codes: Codes, a: int, b: int) -> int:
    """How alike two different name tokens are that are not surely strange: NICKNAME, TYPO, WEAK, INITIAL, or 0."""
    left, right = codes.gist[a], codes.gist[b]
    if one_sign(left) or one_sign(right):
        return INITIAL if codes.chars[codes.start[a]] == codes.chars[codes.start[b]] else NONE
    if have_nicknames(left, right) and _nicknames(codes.nickname, a, b):
        return NICKNAME
    one, other = codes.word[a], codes.word[b]
    if min(one, other) == NO_WORD:
        return _token_edits(codes.chars, codes.start, a, b)
    return _word_edits(one, other)


@inner
def _word_edits(one: int, other: int) -> int:
    """TYPO, WEAK or 0, by edits and common beginning of two words."""
    shorter, same = min(word_length(one), word_length(other)), same_beginning(one, other)
    edits = word_distance(one, other, _most_edits(shorter, same)) if shorter >= SHORT_TYPO else FAR
    return _by_edits(shorter, same, edits)


@kernel
def _token_edits(chars: NDArray[np.uint16], start: NDArray[np.int64], a: int, b: int) -> int:
    """The same of two tokens of any length and script."""
    a_begin, a_end, b_begin, b_end = start[a], start[a + 1], start[b], start[b + 1]
    shorter = min(a_end - a_begin, b_end - b_begin)
    same = common_prefix(chars, a_begin, a_end, b_begin, b_end)
    limit = _most_edits(shorter, same)
    edits = osa_distance(chars, a_begin + same, a_end, b_begin + same, b_end, limit) if shorter >= SHORT_TYPO else FAR
    return _by_edits(shorter, same, edits)


@inner
def _most_edits(shorter: int, same: int) -> int:
    """How many edits are worth counting: more would not change the answer."""
    return 1 if shorter <= SHORT_TYPO or (same >= WEAK_PREFIX and shorter < LONG_TYPO) else 2


@inner
def _by_edits(shorter: int, same: int, edits: int) -> int:
    """TYPO, WEAK or 0.

    Args:
        shorter: signs of the shorter token.
        same: signs of the common beginning.
        edits: no more than `_most_edits`, or FAR; 0 of two tokens that rare signs alone tell apart.
    """
    if edits <= 1 or (edits == 2 and shorter >= LONG_TYPO):
        return TYPO
    return WEAK if same >= WEAK_PREFIX or edits == 2 else NONE


@kernel
def _nicknames(groups: NDArray[np.int32], a: int, b: int) -> bool:
    for i in range(GROUPS):
        if groups[a, i] < 0:
            return False
        for j in range(GROUPS):
            if groups[b, j] < 0:
                break
            if groups[a, i] == groups[b, j]:
                return True
    return False
