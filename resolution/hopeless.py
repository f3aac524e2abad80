"""Candidates that no name could make a match: the most that a pair can weigh, known before its names are looked into.

Looking into names is the dearest part of comparing, and most candidates of wide blocking rules share little.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.comparing.levels import NAMES
from resolution.compiled import inner
from resolution.encode.codes import TOKENS, Codes
from resolution.model.weights import FREQUENCY, USUAL, Weights

SAMPLED: Final = 16
"""One in so many hopeless pairs, and the first, is weighed all the same: it stands for the others in counts."""


@inner
def most_by_tokens(codes: Codes, weights: Weights, row: int, most: NDArray[np.float64]) -> None:
    """The most bits that each of a row's name tokens can say, in whichever name: out, shape (TOKENS,)."""
    for place in range(TOKENS):
        token = codes.token[row, place]
        if token >= 0:
            rare = -codes.rarity[token]
            most[place] = max(0.0, weights.plain, weights.half + rare / 2, weights.rare + rare)


@inner
def most_by_names(most: NDArray[np.float64], alike: int) -> float:
    """The most bits that names can say: each token agrees in one name at most.

    Args:
        most: of the row's tokens.
        alike: which pairs of tokens are the same or may be alike, as of `comparing.names.Alike`.
    """
    bits, place = 0.0, 0
    while alike != 0 and place < TOKENS:
        if alike & 255 != 0:
            bits += most[place]
        alike, place = alike >> TOKENS, place + 1
    return bits


@inner
def most_by_facts(weights: Weights, level: NDArray[np.uint8], rarity: NDArray[np.float32]) -> float:
    """The most bits that all other fields say, whichever names agree."""
    bits = 0.0
    for field in range(NAMES, len(level)):
        at = level[field]
        if at > 0:
            says = weights.says[0, field, at]
            bits += weights.most[field, at] + says[FREQUENCY] * (says[USUAL] - rarity[field])
    return bits


def apportioned(counts: NDArray[np.int64], total: int) -> NDArray[np.int64]:
    """Counts of a sample raised to a total, in whole numbers that add up to it; the largest rests get what is left."""
    if total == 0:
        return np.zeros_like(counts)
    whole, rest = np.divmod(counts * total, max(int(counts.sum()), 1))
    largest = np.argsort(-rest, kind="stable")[: total - int(whole.sum())]
    whole[largest] += 1
    return whole
