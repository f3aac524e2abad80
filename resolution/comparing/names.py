"""Compiled comparison of name bags: given and family slot, and what is left over.

Every token is used once: a single shared token is either the given name or the family name, never both. Best
agreements are taken first; ties go to the earlier slot, then the earlier tokens.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolution.borrow import highest_bit, lowest_bit
from resolution.comparing.gist import SHORT_TYPO, have_nicknames, one_sign, surely_strange
from resolution.comparing.strings import common_prefix, osa_distance
from resolution.compiled import inner, kernel
from resolution.encode.codes import (
    AT_MORE,
    AT_SLOTS,
    GROUPS,
    LINE_TOKENS,
    MORE_TOKENS,
    SLOT_BITS,
    TOKENS,
    Codes,
)

DIFFERS, INITIAL, OTHER_SIMILAR, WEAK, OTHER_SAME, TYPO, NICKNAME, SAME = range(1, 9)
NONE: Final = 0
LONG_TYPO: Final = 8
WEAK_PREFIX: Final = 3
COLUMNS: Final = 0x0101010101010101
"""Times this, bits of the right tokens stand in every row of a square."""
ROWS: Final = np.array(
    [sum(255 << 8 * place for place in range(8) if bits >> place & 1) for bits in range(256)], np.uint64
).view(np.int64)
"""Bits of the left tokens as whole rows of a square."""


@inner
def _likeness(codes: Codes, a: int, b: int) -> int:
    """How alike two different name tokens are that are not surely strange: NICKNAME, TYPO, WEAK, INITIAL, or 0."""
    left, right = codes.gist[a], codes.gist[b]
    if one_sign(left) or one_sign(right):
        return INITIAL if codes.chars[codes.start[a]] == codes.chars[codes.start[b]] else NONE
    if have_nicknames(left, right) and _nicknames(codes.nickname, a, b):
        return NICKNAME
    return _token_edits(codes.chars, codes.start, a, b)


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


class Alike(NamedTuple):
    """Which pairs of two bags' tokens are how alike.

    Each is a square of TOKENS times TOKENS bits in one integer: left token i and right token j stand at bit
    i * TOKENS + j, so that the lowest set bit is the first pair.
    """

    same: int
    nickname: int
    typo: int
    weak: int
    initial: int


class Slots(NamedTuple):
    """Squares as of `Alike`, for one slot: where the left token stands in it, and where the right one does."""

    left: int
    right: int


@inner
def compare_names(codes: Codes, left: int, right: int, level: NDArray[np.uint8], rarity: NDArray[np.float32]) -> None:
    """Set the levels and rarities of given name, family name and what is left over.

    Args:
        codes: the coded table.
        left: a row.
        right: another row.
        level: out, fields 0 to 2.
        rarity: out, log2 share of the agreeing tokens.
    """
    a, b = _tokens(codes, left), _tokens(codes, right)
    m, n = _length(a), _length(b)
    one, other = codes.line[left, AT_SLOTS], codes.line[right, AT_SLOTS]
    alike = _alike(codes, a, m, b, n)
    free = ROWS[(1 << m) - 1] & ((1 << n) - 1) * COLUMNS
    level[0], level[1], level[2] = 0, 0, 0
    for wanted in range(SAME, NONE, -1):
        asked = _asked(alike, wanted)
        if asked == 0 and wanted > DIFFERS:
            continue
        for field in range(2):
            if level[field] > 0:
                continue
            slots = Slots(ROWS[_slot(one, field)], _slot(other, field) * COLUMNS)
            found = asked & free & _inside(slots, wanted) if wanted > DIFFERS else _unlike(slots, free)
            if found != 0:
                level[field] = wanted
                free = _used(free, found, a, b, codes.rarity, rarity[field : field + 1])
    families = Slots(ROWS[_only_family(one)], _only_family(other) * COLUMNS)
    near = alike.same | alike.nickname | alike.typo
    free &= ~(families.left & families.right) & (~(families.left ^ families.right) | near)
    if free != 0:
        level[2], best = _best_left(alike, free)
        _used(free, best, a, b, codes.rarity, rarity[2:3])


@inner
def _alike(codes: Codes, a: NDArray[np.int32], m: int, b: NDArray[np.int32], n: int) -> Alike:
    """Compare every token of one bag with every one of the other.

    Gists are compared first, without a branch that a processor would guess; few pairs are left to look into.
    """
    same, near, nickname, typo, weak, initial = 0, 0, 0, 0, 0, 0
    for i in range(m):
        left = codes.gist[int(a[i])]
        for j in range(n):
            equal, place = int(a[i] == b[j]), i * TOKENS + j
            same |= equal << place
            near |= (1 - (equal | surely_strange(left, codes.gist[int(b[j])]))) << place
    while near != 0:
        place, bit = lowest_bit(near), near & -near
        near ^= bit
        found = _likeness(codes, a[place // TOKENS], b[place % TOKENS])
        nickname |= bit * (found == NICKNAME)
        typo |= bit * (found == TYPO)
        weak |= bit * (found == WEAK)
        initial |= bit * (found == INITIAL)
    return Alike(same, nickname, typo, weak, initial)


@inner
def _asked(alike: Alike, wanted: int) -> int:
    """The pairs of tokens that are as alike as a level asks."""
    if wanted in (SAME, OTHER_SAME):
        return alike.same
    if wanted == NICKNAME:
        return alike.nickname
    if wanted == TYPO:
        return alike.typo
    if wanted == WEAK:
        return alike.weak
    return alike.initial if wanted == INITIAL else alike.typo | alike.nickname


@inner
def _inside(slots: Slots, wanted: int) -> int:
    """The pairs of tokens that stand in the slot as a level asks: both, only one, or at least one."""
    if wanted == OTHER_SAME:
        return slots.left ^ slots.right
    return slots.left | slots.right if wanted == OTHER_SIMILAR else slots.left & slots.right


@inner
def _slot(slots: int, field: int) -> int:
    """The tokens of a record that stand in the slot of given or family names, one bit each."""
    return slots >> SLOT_BITS * field & 255


@inner
def _only_family(slots: int) -> int:
    """The tokens that stand among family names and nowhere else."""
    return slots >> SLOT_BITS & ~(slots | slots >> 2 * SLOT_BITS) & 255


@inner
def _unlike(slots: Slots, free: int) -> int:
    """Free pairs that stand against each other in a slot; 0 where a side has none there.

    Where the other slot has used up a slot's tokens, the last pair that is left over stands in for them.
    """
    if slots.left == 0 or slots.right == 0:
        return 0
    both = free & slots.left & slots.right
    if both != 0 or free == 0:
        return both
    return 1 << highest_bit(free)


@inner
def _used(
    free: int,
    found: int,
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    shares: NDArray[np.float32],
    rarity: NDArray[np.float32],
) -> int:
    """Note the rarity of the first pair that was found, and leave free what shares no token with it."""
    place = lowest_bit(found)
    i, j = place // TOKENS, place % TOKENS
    rarity[0] = max(shares[a[i]], shares[b[j]])
    return int(free & ~(ROWS[1 << i] | COLUMNS << j))


@inner
def _best_left(alike: Alike, free: int) -> tuple[int, int]:
    """The level of the most alike pairs that no slot used, and those pairs.

    Further family names say nothing new beside each other, and nothing against a middle name: they are not free.
    """
    if free & alike.same:
        return 4, free & alike.same
    if free & (alike.nickname | alike.typo):
        return 3, free & alike.nickname or free & alike.typo
    if free & alike.weak:
        return 1, free & alike.weak
    return (2, free & alike.initial) if free & alike.initial else (1, free)


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
