"""What agreement between strangers looks like: random pairs, and random pairs that share a name.

Nearly all random pairs are of different people, so no labels are needed. Pairs that share a name show how far other
fields follow from it: the same given name brings the same sex and decade, the same family name the same group.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lake.workers import in_threads
from resolution.comparing.batch import ABREAST
from resolution.comparing.levels import VALUE_FIELDS
from resolution.comparing.pairs import compare_into
from resolution.compiled import kernel
from resolution.encode.codes import Codes
from resolution.model.patterns import Pairs, level_counts, rarity_sums

RANDOM_PAIRS: Final = 500_000
FEW_PAIRS: Final = 1_000_000
"""Of so many pairs of records or fewer none is drawn: all are compared."""
NAMESAKE_PAIRS: Final = 100_000
FEWEST_WAYS: Final = 2000.0
LEAST_PAIRS: Final = 0.5
USUAL_PAIRS: Final = 1000.0
"""Pairs of strangers that the usual shares of levels count for."""
PART: Final = 1 << 15
"""Pairs that a thread compares at a time."""
Sides = tuple[NDArray[np.int32], NDArray[np.int32]]
"""The left and the right rows of pairs."""
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """Level shares and mean rarity, each of shape (fields, levels); levels that a field lacks have share 1."""

    share: Floats
    rarity: Floats


def compare(codes: Codes, *draws: Sides) -> list[Pairs]:
    """Compare pairs of rows for training, all draws in parts that threads share.

    Args:
        codes: the coded table.
        draws: left and right rows, each shape (pairs,).
    """
    fields = VALUE_FIELDS + len(codes.value_start)
    drawn = [
        Pairs(
            level=np.empty((len(left), fields), np.uint8),
            rarity=np.empty((len(left), fields), np.float32),
            within=codes.source[left] == codes.source[right],
            scale=1.0,
        )
        for left, right in draws
    ]

    def compare_part(which: tuple[int, int]) -> None:
        of, begin = which
        pairs, rows, part = drawn[of], draws[of], slice(begin, begin + PART)
        compare_into(codes, rows[0][part], rows[1][part], pairs.level[part], pairs.rarity[part])

    in_threads(compare_part, ((of, at) for of, (left, _) in enumerate(draws) for at in range(0, len(left), PART)))
    return drawn


def random_pairs(records: int, draw: np.random.Generator, weight: Floats | None = None) -> Sides:
    """Pairs of different rows, evenly drawn; every pair once where there are few.

    Each row drawn is compared with ABREAST others, which takes a third of the time of as many pairs of rows all new.

    Args:
        records: how many rows there are.
        draw: the generator.
        weight: shape (records,). How often to draw each, if not evenly.
    """
    if weight is not None:
        return _weighed_pairs(weight, draw)
    if records * (records - 1) // 2 <= FEW_PAIRS:
        every, later = np.triu_indices(records, 1)
        return every.astype(np.int32), later.astype(np.int32)
    left = draw.integers(0, records, RANDOM_PAIRS // ABREAST, dtype=np.int32).repeat(ABREAST)
    right = draw.integers(0, records - 1, len(left), dtype=np.int32)
    right += right >= left
    return left, right


def _weighed_pairs(weight: Floats, draw: np.random.Generator) -> Sides:
    """About RANDOM_PAIRS pairs of different rows, each row drawn as often as it weighs."""
    few = RANDOM_PAIRS // ABREAST
    ways = np.cumsum(weight)
    drawn = draw.random(few * (ABREAST + 1)) * float(ways[-1])
    rows = np.asarray(np.searchsorted(ways, drawn), np.int32)
    left, right = np.repeat(rows[:few], ABREAST), rows[few:]
    apart = np.flatnonzero(left != right)
    return left[apart], right[apart]


def namesake_pairs(codes: Codes, slot: int, draw: np.random.Generator) -> Sides:
    """Pairs of rows that share a token in a slot, each such pair equally likely.

    None where fewer than `FEWEST_WAYS` ordered pairs share one: in a small table most namesakes are the same person.
    """
    row, begin = _holders(codes.token, codes.slot, slot, len(codes.nickname))
    size = np.diff(begin)
    ways = np.cumsum(size.astype(np.float64) * (size - 1))
    if not len(ways) or ways[-1] < FEWEST_WAYS:
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    drawn = draw.random(NAMESAKE_PAIRS) * float(ways[-1])
    group = np.asarray(np.searchsorted(ways, drawn, side="right"), np.int64)
    first = (draw.random(NAMESAKE_PAIRS) * size[group]).astype(np.int64)
    second = (draw.random(NAMESAKE_PAIRS) * (size[group] - 1)).astype(np.int64)
    second += second >= first
    return row[begin[group] + first], row[begin[group] + second]


@kernel
def _holders(
    token: NDArray[np.int32], slot: NDArray[np.uint8], bit: int, tokens: int
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The rows that hold each name token in a slot.

    Args:
        token: shape (n, TOKENS).
        slot: shape (n, TOKENS).
        bit: the slot.
        tokens: how many name tokens there are.

    Returns:
        Rows by token, ascending, and where each token's rows begin, shape (tokens + 1,).
    """
    begin = np.zeros(tokens + 1, np.int64)
    for one in range(len(token)):
        for place in range(token.shape[1]):
            if slot[one, place] & bit:
                begin[token[one, place] + 1] += 1
    for one in range(tokens):
        begin[one + 1] += begin[one]
    cursor, row = begin.copy(), np.empty(begin[tokens], np.int32)
    for one in range(len(token)):
        for place in range(token.shape[1]):
            if slot[one, place] & bit:
                row[cursor[token[one, place]]] = one
                cursor[token[one, place]] += 1
    return row, begin


def level_shares(pairs: Pairs, weight: Floats, usual: Floats, rarest: float) -> Levels:
    """Weighted distribution of pairs over each field's known levels.

    Args:
        pairs: compared pairs.
        weight: shape (pairs,). How sure it is that a pair is of two strangers.
        usual: shape (fields, levels). Shares that count for USUAL_PAIRS pairs; 0 where a field has no such level.
        rarest: log2 share of a value that one record holds; what agrees at a level never seen is taken for that rare.
    """
    levels = int(usual.shape[1])
    counts = level_counts(pairs.level, weight, levels)
    sums = rarity_sums(pairs.level, pairs.rarity, weight, levels)
    rarity = (sums + LEAST_PAIRS * rarest) / (counts + LEAST_PAIRS)
    share = (counts + USUAL_PAIRS * usual) * (usual > 0)
    share /= share.sum(axis=1, keepdims=True)
    return Levels(share=np.where(usual > 0, share, 1.0), rarity=rarity)
