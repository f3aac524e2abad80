"""Compiled comparison of name bags: given and family slot, and what is left over.

Every token is used once: a single shared token is either the given name or the family name, never both. Best
agreements are taken first; ties go to the earlier slot, then the earlier tokens.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolution.comparing.gist import first_differs, have_nicknames, one_sign, starts_differ, surely_far
from resolution.comparing.strings import common_prefix, osa_distance
from resolution.compiled import inner, kernel
from resolution.encode.codes import (
    AT_MORE,
    AT_SLOTS,
    FAMILY,
    GIVEN,
    GROUPS,
    LINE_TOKENS,
    MORE_TOKENS,
    SLOT_BITS,
    TOKENS,
    Codes,
)

DIFFERS, INITIAL, OTHER_SIMILAR, WEAK, OTHER_SAME, TYPO, NICKNAME, SAME = range(1, 9)
NONE: Final = 0
SHORT_TYPO: Final = 4
LONG_TYPO: Final = 8
WEAK_PREFIX: Final = 3


@inner
def token_similarity(codes: Codes, a: int, b: int) -> int:
    """How alike two name tokens are: SAME, NICKNAME, TYPO, WEAK, INITIAL, or 0."""
    if a == b:
        return SAME
    left, right = codes.gist[a], codes.gist[b]
    if one_sign(left) or one_sign(right):
        if first_differs(left, right):
            return NONE
        return INITIAL if codes.chars[codes.start[a]] == codes.chars[codes.start[b]] else NONE
    if have_nicknames(left, right) and _nicknames(codes.nickname, a, b):
        return NICKNAME
    far = surely_far(left, right, 2)
    return NONE if far and starts_differ(left, right) else _token_edits(codes.chars, codes.start, a, b)


@kernel
def _token_edits(chars: NDArray[np.uint32], start: NDArray[np.int64], a: int, b: int) -> int:
    """TYPO, WEAK or 0, by edits and common beginning."""
    a_begin, a_end, b_begin, b_end = start[a], start[a + 1], start[b], start[b + 1]
    shorter = min(a_end - a_begin, b_end - b_begin)
    if shorter < WEAK_PREFIX:
        return NONE
    allowed = 2 if shorter >= LONG_TYPO else 1
    edits = osa_distance(chars, a_begin, a_end, b_begin, b_end, 2)
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


class Bags(NamedTuple):
    """Two bags of tokens side by side.

    Attributes:
        alike: shape (TOKENS, TOKENS). How alike each pair of tokens is.
        left: slots of the left tokens, SLOT_BITS each.
        right: slots of the right tokens.
        m: number of left tokens.
        n: number of right tokens.
    """

    alike: NDArray[np.uint8]
    left: int
    right: int
    m: int
    n: int


@inner
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
    a, b = _tokens(codes, left), _tokens(codes, right)
    bags = Bags(alike, codes.line[left, AT_SLOTS], codes.line[right, AT_SLOTS], _length(a), _length(b))
    level[0], level[1], level[2] = 0, 0, 0
    seen = 1 << DIFFERS
    for i in range(bags.m):
        for j in range(bags.n):
            alike[i, j] = token_similarity(codes, a[i], b[j])
            seen |= 1 << alike[i, j]
    used_a, used_b = 0, 0
    for wanted in range(SAME, NONE, -1):
        if not _asked(wanted) & seen:
            continue
        for field in range(2):
            if level[field] > 0:
                continue
            bit = GIVEN if field == 0 else FAMILY
            found = _find(bags, bit, wanted, used_a, used_b) if wanted > DIFFERS else _unlike(bags, bit, used_a, used_b)
            if found >= 0:
                i, j = found // TOKENS, found % TOKENS
                level[field] = wanted
                rarity[field] = max(codes.rarity[a[i]], codes.rarity[b[j]])
                used_a |= 1 << i
                used_b |= 1 << j
    rest = _best_left(bags, used_a, used_b)
    if rest >= 0:
        i, j = rest // TOKENS, rest % TOKENS
        level[2] = _rest_level(alike[i, j])
        rarity[2] = max(codes.rarity[a[i]], codes.rarity[b[j]])


@inner
def _find(bags: Bags, bit: int, wanted: int, used_a: int, used_b: int) -> int:
    """The first unused pair of tokens that reaches a level in a slot, as i * TOKENS + j; -1 for none."""
    for i in range(bags.m):
        if used_a >> i & 1:
            continue
        for j in range(bags.n):
            if used_b >> j & 1:
                continue
            inside = (_slot(bags.left, i) & bit != 0) + (_slot(bags.right, j) & bit != 0)
            if _reaches(bags.alike[i, j], inside, wanted):
                return i * TOKENS + j
    return -1


@inner
def _asked(wanted: int) -> int:
    """How alike two tokens may be for a level, one bit each."""
    if wanted == OTHER_SAME:
        return 1 << SAME
    return 1 << TYPO | 1 << NICKNAME if wanted == OTHER_SIMILAR else 1 << wanted


@inner
def _slot(slots: int, place: int) -> int:
    """Slot bits of one token."""
    return slots >> (SLOT_BITS * place) & 7


@inner
def _reaches(alike: int, inside: int, wanted: int) -> bool:
    """Whether two tokens, so many of them in the slot, are as alike as a level asks."""
    if wanted == OTHER_SAME:
        return inside == 1 and alike == SAME
    if wanted == OTHER_SIMILAR:
        return inside >= 1 and alike in (TYPO, NICKNAME)
    return inside == 2 and alike == wanted


@inner
def _unlike(bags: Bags, bit: int, used_a: int, used_b: int) -> int:
    """Unused tokens that stand against each other in a slot, as i * TOKENS + j; -1 where a side has none there.

    Where the other slot has used up a slot's tokens, any that are left over stand in for them.
    """
    has_a, has_b, spare = False, False, -1
    for i in range(bags.m):
        has_a |= _slot(bags.left, i) & bit != 0
        for j in range(bags.n):
            has_b |= _slot(bags.right, j) & bit != 0
            if used_a >> i & 1 or used_b >> j & 1:
                continue
            if _slot(bags.left, i) & bit and _slot(bags.right, j) & bit:
                return i * TOKENS + j
            spare = i * TOKENS + j
    return spare if has_a and has_b else -1


@inner
def _best_left(bags: Bags, used_a: int, used_b: int) -> int:
    """The most alike pair of tokens that no slot used, as i * TOKENS + j; -1 for none.

    Further family names say nothing new beside each other, and nothing against a middle name.
    """
    best, most = -1, -1
    for i in range(bags.m):
        if used_a >> i & 1:
            continue
        for j in range(bags.n):
            families = (_slot(bags.left, i) == FAMILY) + (_slot(bags.right, j) == FAMILY)
            if used_b >> j & 1 or families == 2 or (families == 1 and bags.alike[i, j] < TYPO):
                continue
            if bags.alike[i, j] > most:
                best, most = i * TOKENS + j, bags.alike[i, j]
    return best


@inner
def _rest_level(alike: int) -> int:
    if alike == SAME:
        return 4
    if alike in (NICKNAME, TYPO):
        return 3
    return 2 if alike == INITIAL else 1


@inner
def _tokens(codes: Codes, row: int) -> NDArray[np.int32]:
    """The name tokens of a record, from its line where that has them all."""
    more = codes.line[row, AT_MORE] & MORE_TOKENS
    return codes.token[row] if more else codes.line[row, :LINE_TOKENS]


@inner
def _length(bag: NDArray[np.int32]) -> int:
    count = 0
    while count < len(bag) and bag[count] >= 0:
        count += 1
    return count
