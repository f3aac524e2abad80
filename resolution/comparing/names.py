"""Compiled comparison of name bags: given and family slot, and what is left over.

Every token is used once: a single shared token is either the given name or the family name, never both. Best
agreements are taken first; ties go to the earlier slot, then the earlier tokens.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolution.comparing.batch import Space, gather
from resolution.comparing.gist import surely_strange
from resolution.comparing.tokens import INITIAL, NICKNAME, NONE, TYPO, WEAK, likeness
from resolution.compiled import inner, shared
from resolution.encode.codes import (
    AT_MORE,
    AT_SLOTS,
    LINE_TOKENS,
    MORE_TOKENS,
    SLOT_BITS,
    TOKENS,
    Codes,
)
from resolution.machine import bits_set, highest_bit, lowest_bit

DIFFERS, OTHER_SIMILAR, OTHER_SAME, SAME = 1, 3, 5, 8
"""Levels of a slot beside those that tokens reach by themselves."""
COLUMNS: Final = 0x0101010101010101
"""Times this, bits of the right tokens stand in every row of a square."""
ROWS: Final = np.array(
    [sum(255 << 8 * place for place in range(8) if bits >> place & 1) for bits in range(256)], np.uint64
).view(np.int64)
"""Bits of the left tokens as whole rows of a square."""


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


class Bags(NamedTuple):
    """Two records' name tokens, and the slot bits of each record's line."""

    a: NDArray[np.int32]
    b: NDArray[np.int32]
    one: int
    other: int


class Slots(NamedTuple):
    """Squares as of `Alike`, for one slot: where the left token stands in it, and where the right one does."""

    left: int
    right: int


@inner
def glance_at_names(codes: Codes, row: int, filled: int, room: Space) -> None:
    """Find which name tokens of a row and of each of a batch are the same, and which may be alike."""
    line = codes.line
    slots, more = int(line[row, AT_SLOTS]), line[row, AT_MORE] & MORE_TOKENS
    a = codes.token[row] if more else line[row, :LINE_TOKENS]
    m = bits_set(_there(slots))
    if more == 0:
        _glance(codes, a, m, filled, room)
    for place in range(filled):
        other = room.other[place]
        if more | line[other, AT_MORE] & MORE_TOKENS:
            b = codes.token[other] if line[other, AT_MORE] & MORE_TOKENS else line[other, :LINE_TOKENS]
            room.same[place], room.near[place] = _all_tokens(codes, a, m, b)
        there = _both_there(slots, int(line[other, AT_SLOTS]))
        room.same[place] &= there
        room.near[place] &= there


@inner
def look_at_names(codes: Codes, row: int, level: NDArray[np.uint8], rarity: NDArray[np.float32], room: Space) -> None:
    """Set the levels and rarities of given name, family name and what is left over, of what was glanced at."""
    line = codes.line
    one, more = int(line[row, AT_SLOTS]), line[row, AT_MORE] & MORE_TOKENS
    a = codes.token[row] if more else line[row, :LINE_TOKENS]
    for place in range(len(level)):
        other = room.other[place]
        b = codes.token[other] if line[other, AT_MORE] & MORE_TOKENS else line[other, :LINE_TOKENS]
        bags = Bags(a, b, one, int(line[other, AT_SLOTS]))
        alike = _alike(codes, a, b, room.same[place], room.near[place])
        _use(codes, bags, alike, _both_there(one, bags.other), level[place], rarity[place])


@inner
def _glance(codes: Codes, a: NDArray[np.int32], m: int, filled: int, room: Space) -> None:
    """Compare every token of a bag with every one of each of a batch, by their gists."""
    for j in range(LINE_TOKENS):
        gather(codes.line, j, filled, room, j)
        tokens, gists = room.word[j], room.gist[j]
        for place in range(filled):
            gists[place] = codes.gist[tokens[place]]
    same, near = room.same, room.near
    same[:filled], near[:filled] = 0, 0
    for i in range(m):
        token, gist = a[i], codes.gist[a[i]]
        for j in range(LINE_TOKENS):
            tokens, gists, at = room.word[j], room.gist[j], i * TOKENS + j
            for place in range(filled):
                equal = int(token == tokens[place])
                same[place] |= equal << at
                near[place] |= (1 - (equal | surely_strange(int(gist), int(gists[place])))) << at


@shared
def _all_tokens(codes: Codes, a: NDArray[np.int32], m: int, b: NDArray[np.int32]) -> tuple[int, int]:
    """The same for one pair of bags of any size."""
    same, near = 0, 0
    for i in range(m):
        for j in range(len(b)):
            equal, at = int(a[i] == b[j]), i * TOKENS + j
            same |= equal << at
            near |= (1 - (equal | surely_strange(int(codes.gist[a[i]]), int(codes.gist[b[j]])))) << at
    return same, near


@inner
def _alike(codes: Codes, a: NDArray[np.int32], b: NDArray[np.int32], same: int, near: int) -> Alike:
    """Look into the tokens that are not surely strange."""
    nickname, typo, weak, initial = 0, 0, 0, 0
    while near != 0:
        place, bit = lowest_bit(near), near & -near
        near ^= bit
        found = likeness(codes, a[place // TOKENS], b[place % TOKENS])
        nickname |= bit * (found == NICKNAME)
        typo |= bit * (found == TYPO)
        weak |= bit * (found == WEAK)
        initial |= bit * (found == INITIAL)
    return Alike(same, nickname, typo, weak, initial)


@inner
def _use(
    codes: Codes, bags: Bags, alike: Alike, free: int, level: NDArray[np.uint8], rarity: NDArray[np.float32]
) -> None:
    """Give the slots their best agreements, each token once.

    Args:
        codes: the coded table.
        bags: the tokens.
        alike: how alike they are.
        free: the pairs of tokens that there are.
        level: out, fields 0 to 2.
        rarity: out, log2 share of the agreeing tokens.
    """
    given, family = _slots(bags, 0), _slots(bags, 1)
    first, found = _best_inside(alike, given, free)
    second, other_found = _best_inside(alike, family, free)
    if first >= second:
        free = _used(free, found, bags, codes.rarity, rarity[0:1])
        second, found = _best_inside(alike, family, free)
        free = _used(free, found, bags, codes.rarity, rarity[1:2])
    else:
        free = _used(free, other_found, bags, codes.rarity, rarity[1:2])
        first, found = _best_inside(alike, given, free)
        free = _used(free, found, bags, codes.rarity, rarity[0:1])
    level[0], level[1] = first, second
    families = Slots(ROWS[_only_family(bags.one)], _only_family(bags.other) * COLUMNS)
    near = alike.same | alike.nickname | alike.typo
    free &= ~(families.left & families.right) & (~(families.left ^ families.right) | near)
    if free != 0:
        level[2], best = _best_left(alike, free)
        _used(free, best, bags, codes.rarity, rarity[2:3])


@inner
def _best_inside(alike: Alike, slots: Slots, free: int) -> tuple[int, int]:
    """The highest level that a free pair of tokens reaches in a slot, and the pairs that do; without a branch to guess.

    Both tokens stand in the slot, or one of them where the level says that the other may stand elsewhere.
    """
    both, one, some = (
        free & slots.left & slots.right,
        free & (slots.left ^ slots.right),
        free & (slots.left | slots.right),
    )
    level, found = DIFFERS, _unlike(slots, free)
    level = level if found != 0 else NONE
    level, found = _higher(INITIAL, alike.initial & both, level, found)
    level, found = _higher(OTHER_SIMILAR, (alike.typo | alike.nickname) & some, level, found)
    level, found = _higher(WEAK, alike.weak & both, level, found)
    level, found = _higher(OTHER_SAME, alike.same & one, level, found)
    level, found = _higher(TYPO, alike.typo & both, level, found)
    level, found = _higher(NICKNAME, alike.nickname & both, level, found)
    return _higher(SAME, alike.same & both, level, found)


@inner
def _higher(level: int, found: int, lower: int, there: int) -> tuple[int, int]:
    """A level and its pairs, where there are some; else what was there before."""
    return (level if found != 0 else lower), (found if found != 0 else there)


@inner
def _slots(bags: Bags, field: int) -> Slots:
    """Where the tokens stand that are in the slot of given or family names."""
    return Slots(ROWS[bags.one >> SLOT_BITS * field & 255], (bags.other >> SLOT_BITS * field & 255) * COLUMNS)


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
def _used(free: int, found: int, bags: Bags, shares: NDArray[np.float32], rarity: NDArray[np.float32]) -> int:
    """Note the rarity of the first pair that was found, if any, and leave free what shares no token with it."""
    if found == 0:
        return free
    place = lowest_bit(found)
    i, j = place // TOKENS, place % TOKENS
    rarity[0] = max(shares[bags.a[i]], shares[bags.b[j]])
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
def _both_there(one: int, other: int) -> int:
    """The pairs of tokens that there are."""
    return int(ROWS[_there(one)] & _there(other) * COLUMNS)


@inner
def _there(slots: int) -> int:
    """The tokens that there are: each stands in a slot."""
    return (slots | slots >> SLOT_BITS | slots >> 2 * SLOT_BITS) & 255
