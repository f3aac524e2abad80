"""What share of the pairs from a threshold on is expected to be right: one figure, or two where it is not to be known.

Training takes two people of one household to bear the same given name as often as strangers do, beside the namesakes
that it finds (father and son). Few households of a table show whether that holds, or whether no family gives a name
twice; where a given name is all that tells people of one household apart, it decides how sure a link is. So pairs are
weighed again as if household members were never namesakes by chance, and both figures are told. Neither changes a link.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.comparing.levels import FIRST_FIELDS, GIVEN_FIELD
from resolution.contract import MatchModel
from resolution.encode.codes import Codes
from resolution.links import probability, weigh
from resolution.model.weights import AGREES, BITS, RELATIVE, Weights
from resolution.scoring import Edges

LOOKED_AT: Final = 20_000
"""Edges weighed again, spread evenly over all."""
TOLD: Final = 0.01
"""Difference of the two figures from which both are told."""
NEVER: Final = 1e-18
"""Share of namesakes where training found none."""
Bins = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a threshold lets through, by probabilities.

    Attributes:
        pairs: candidate pairs from it on.
        right: expected share of them that are one person, 0 to 1.
        right_high: the same if household members were never namesakes by chance; at least `right`.
        found: expected share of all candidate matches that they are, 0 to 1.
    """

    pairs: float
    right: float
    right_high: float
    found: float

    @property
    def is_open(self) -> bool:
        """Whether what is right is not to be known to a percent."""
        return self.right_high - self.right >= TOLD


def expected(histogram: Bins, high: Sequence[float], least: float) -> Expected:
    """Say what a threshold would let through.

    Args:
        histogram: (lower edge in bits, pairs), one bit wide; a bin's pairs are taken to weigh half a bit more, and as
            many as lie above a threshold inside the bin.
        high: for each bin the probability of its pairs if household members were never namesakes by chance; empty where
            that is not known.
        least: the threshold, a probability inside 0 to 1.

    Returns:
        Shares of nothing are 1.
    """
    bits = math.log2(least / (1 - least))
    chances = [_middle(edge) for edge, _ in histogram]
    highest = [max(pair) for pair in zip(chances, high or chances, strict=True)]
    above = [many * min(max(edge + 1 - bits, 0.0), 1.0) for edge, many in histogram]
    let = sum(above)
    matches, most = (sum(map(math.prod, zip(above, each, strict=True))) for each in (chances, highest))
    every = sum(many * chance for (_, many), chance in zip(histogram, chances, strict=True))
    return Expected(
        pairs=let,
        right=matches / let if let else 1.0,
        right_high=most / let if let else 1.0,
        found=matches / every if every else 1.0,
    )


def _middle(edge: float) -> float:
    """The probability of half a bit more than this."""
    return 1 / (1 + math.exp2(-edge - 0.5))


def without_chance_namesakes(weights: Weights, model: MatchModel) -> Weights:
    """The weights if people of one household were namesakes only as often as training found them to be."""
    given = next((field for field in model.fields if field.name == FIRST_FIELDS[GIVEN_FIELD].name), None)
    if given is None or given.role != "person":
        return weights
    says = weights.says.copy()
    says[:, GIVEN_FIELD, AGREES:, RELATIVE] = math.log2(max(given.common, NEVER)) + says[:, GIVEN_FIELD, AGREES:, BITS]
    return weights._replace(says=says)


def high_chances(
    codes: Codes, weights: Weights, model: MatchModel, edges: Edges, lower: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Probability of the pairs of each bin if household members were never namesakes by chance.

    Args:
        codes: the coded table.
        weights: the model, laid out.
        model: the model.
        edges: candidate pairs; weaker ones than these are no matches either way.
        lower: shape (bins,). Lower edges in whole bits, ascending.

    Returns:
        Shape (bins,): of half a bit more than the lower edge, raised by what the bin's edges that are looked at would
        gain in the mean.

    Cost: a comparison of LOOKED_AT pairs at most.
    """
    some = np.unique(np.linspace(0, max(len(edges.bits) - 1, 0), min(len(edges.bits), LOOKED_AT)).round().astype(int))
    found = np.array([_middle(edge) for edge in lower.tolist()])
    place = np.searchsorted(lower, np.floor(edges.bits[some]), side="right") - 1
    some, place = some[place >= 0], place[place >= 0]
    again = weigh(codes, without_chance_namesakes(weights, model), edges.left[some], edges.right[some])[1]
    gain = probability(again.sum(axis=1)) - probability(edges.bits[some])
    count = np.bincount(place, minlength=len(lower))
    mean = np.bincount(place, gain, minlength=len(lower)) / np.maximum(count, 1)
    return np.asarray(np.clip(found + np.maximum(mean, 0.0), 0.0, 1.0), np.float64)
