"""Compiled comparison of name bags: given and family slot, and what is left over.

Every token is used once: a single shared token is either the given name or the family name, never both. Best
agreements are taken first; ties go to the earlier slot, then the earlier tokens.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.comparing.strings import common_prefix, osa_distance
from resolution.compiled import kernel
from resolution.encode.codes import FAMILY, GIVEN, GROUPS, TOKENS, Codes

DIFFERS, INITIAL, OTHER_SIMILAR, WEAK, OTHER_SAME, TYPO, NICKNAME, SAME = range(1, 9)
NONE: Final = 0
SHORT_TYPO: Final = 4
LONG_TYPO: Final = 8
WEAK_PREFIX: Final = 3


@kernel
def token_similarity(codes: Codes, a: int, b: int) -> int:
    """How alike two name tokens are: SAME, NICKNAME, TYPO, WEAK, INITIAL, or 0."""
    if a == b:
        return SAME
    chars, start = codes.chars, codes.start
    a_begin, a_end, b_begin, b_end = start[a], start[a + 1], start[b], start[b + 1]
    m, n = a_end - a_begin, b_end - b_begin
    if m == 1 or n == 1:
        return INITIAL if chars[a_begin] == chars[b_begin] else NONE
    if _nicknames(codes.nickname, a, b):
        return NICKNAME
    shorter = min(m, n)
    if shorter < WEAK_PREFIX:
        return NONE
    allowed = 2 if shorter >= LONG_TYPO else 1
    edits = osa_distance(chars, a_begin, a_end, b_begin, b_end, 2) if abs(m - n) <= 2 else 99
    if shorter >= SHORT_TYPO and edits <= allowed:
        return TYPO
    if edits <= 2 and shorter > SHORT_TYPO:
        return WEAK
    return WEAK if common_prefix(chars, a_begin, a_end, b_begin, b_end) >= WEAK_PREFIX else NONE


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


@kernel
def compare_names(
    codes: Codes, left: int, right: int, alike: NDArray[np.uint8], level: NDArray[np.uint8], rarity: NDArray[np.float32]
) -> None:
    """Set the levels and rarities of given name, family name and what is left over.

    Args:
        codes: the coded table.
        left: a row.
        right: another row.
        alike: shape (TOKENS, TOKENS), room to work in.
        level: out, fields 0 to 2.
        rarity: out, log2 share of the agreeing tokens.
    """
    a, b = codes.token[left], codes.token[right]
    m, n = _length(a), _length(b)
    level[0], level[1], level[2] = 0, 0, 0
    if m == 0 or n == 0:
        return
    for i in range(m):
        for j in range(n):
            alike[i, j] = token_similarity(codes, a[i], b[j])
    used_a, used_b = 0, 0
    for wanted in range(SAME, DIFFERS, -1):
        for field in range(2):
            if level[field] == 0:
                bit = GIVEN if field == 0 else FAMILY
                found = _find(alike, codes.slot[left], codes.slot[right], bit, wanted, used_a, used_b, m, n)
                if found >= 0:
                    i, j = found // TOKENS, found % TOKENS
                    level[field] = wanted
                    rarity[field] = max(codes.rarity[a[i]], codes.rarity[b[j]])
                    used_a |= 1 << i
                    used_b |= 1 << j
    for field in range(2):
        if level[field] == 0:
            bit = GIVEN if field == 0 else FAMILY
            i, j = _first_free(codes.slot[left], bit, used_a), _first_free(codes.slot[right], bit, used_b)
            if i >= 0 and j >= 0:
                level[field] = DIFFERS
                used_a |= 1 << i
                used_b |= 1 << j
    best = _best_left(alike, codes.slot[left], codes.slot[right], used_a, used_b, m, n)
    if best >= 0:
        i, j = best // TOKENS, best % TOKENS
        level[2] = _rest_level(alike[i, j])
        rarity[2] = max(codes.rarity[a[i]], codes.rarity[b[j]])


@kernel
def _find(
    alike: NDArray[np.uint8],
    slots_a: NDArray[np.uint8],
    slots_b: NDArray[np.uint8],
    bit: int,
    wanted: int,
    used_a: int,
    used_b: int,
    m: int,
    n: int,
) -> int:
    """The first unused pair of tokens that reaches a level in a slot, as i * TOKENS + j; -1 for none."""
    for i in range(m):
        if used_a >> i & 1:
            continue
        for j in range(n):
            if used_b >> j & 1:
                continue
            inside = (slots_a[i] & bit != 0) + (slots_b[j] & bit != 0)
            if inside == 2 and alike[i, j] == wanted:
                return i * TOKENS + j
            if inside == 1 and wanted == OTHER_SAME and alike[i, j] == SAME:
                return i * TOKENS + j
            if inside >= 1 and wanted == OTHER_SIMILAR and (alike[i, j] == TYPO or alike[i, j] == NICKNAME):
                return i * TOKENS + j
    return -1


@kernel
def _best_left(
    alike: NDArray[np.uint8],
    slots_a: NDArray[np.uint8],
    slots_b: NDArray[np.uint8],
    used_a: int,
    used_b: int,
    m: int,
    n: int,
) -> int:
    """The most alike pair of tokens that no slot used, as i * TOKENS + j; -1 for none.

    Further family names say nothing new beside each other, and nothing against a middle name.
    """
    best, most = -1, -1
    for i in range(m):
        if used_a >> i & 1:
            continue
        for j in range(n):
            families = (slots_a[i] == FAMILY) + (slots_b[j] == FAMILY)
            if used_b >> j & 1 or families == 2 or (families == 1 and alike[i, j] < TYPO):
                continue
            if alike[i, j] > most:
                best, most = i * TOKENS + j, alike[i, j]
    return best


@kernel
def _rest_level(alike: int) -> int:
    if alike == SAME:
        return 4
    if alike == NICKNAME or alike == TYPO:
        return 3
    return 2 if alike == INITIAL else 1


@kernel
def _first_free(slots: NDArray[np.uint8], bit: int, used: int) -> int:
    """The first unused token that stands in a slot; -1 for none."""
    for place in range(TOKENS):
        if slots[place] & bit and not used >> place & 1:
            return place
    return -1


@kernel
def _length(bag: NDArray[np.int32]) -> int:
    count = 0
    while count < TOKENS and bag[count] >= 0:
        count += 1
    return count
