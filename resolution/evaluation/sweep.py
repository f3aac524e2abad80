"""How right pairs and clusters are at every threshold, and whether probabilities mean what they say.

Source of the score: Brier (1950), Verification of Forecasts Expressed in Terms of Probability, Monthly Weather Review
78(1), 1-3.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from resolution.evaluation.agreement import Agreement, Ints, agreement, f1
from resolution.evaluation.candidates import Candidates, Floats, cluster_at
from resolution.links import probability

PAIR_BITS: Final = tuple(range(-5, 21))
CLUSTER_BITS: Final = (-4, -2, 0, 2, 4, 7, 10, 14)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairPoint:
    """Candidate pairs at or above one weight.

    Attributes:
        bits: the least weight.
        probability: the same as a probability.
        pairs: pairs of labelled records at or above it.
        precision: share of them that are one person.
        recall: share of all pairs of one person that they are.
        f1: harmonic mean of the two.
    """

    bits: float
    probability: float
    pairs: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterPoint:
    """Clusters made with one threshold.

    Attributes:
        bits: the threshold in bits.
        probability: the same as a probability.
        agreement: the clusters against truth.
    """

    bits: float
    probability: float
    agreement: Agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationBin:
    """Candidate pairs within one bit of weight.

    Attributes:
        bits: its lower edge.
        pairs: pairs of labelled records.
        predicted: their mean probability.
        observed: share of them that are one person.
    """

    bits: float
    pairs: int
    predicted: float
    observed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """Every threshold against truth.

    Attributes:
        pairs: pairs alone, ascending by bits.
        clusters: whole clusterings, ascending by bits.
        calibration: ascending by bits; empty bins are left out.
        brier: mean squared error of the probabilities, 0 to 1; over candidate pairs of labelled records.
        estimated: sum of those probabilities.
        matches: how many of the pairs are one person.
    """

    pairs: tuple[PairPoint, ...]
    clusters: tuple[ClusterPoint, ...]
    calibration: tuple[CalibrationBin, ...]
    brier: float
    estimated: float
    matches: int


def sweep(candidates: Candidates, person: Ints) -> Sweep:
    """Measure every threshold.

    Args:
        candidates: pairs of a run, weighed.
        person: shape (records,). Person of each record; -1 without a label.
    """
    left, right = person[candidates.left], person[candidates.right]
    known = (left >= 0) & (right >= 0)
    bits, chance = candidates.bits[known], candidates.probability[known]
    same = (left == right)[known]
    sizes = np.bincount(person[person >= 0])
    return Sweep(
        pairs=pair_points(bits, same, int((sizes * (sizes - 1) // 2).sum())),
        clusters=tuple(_cluster_point(candidates, person, each) for each in CLUSTER_BITS),
        calibration=calibration(bits, chance, same),
        brier=float(np.square(chance - same).mean()) if len(same) else 0.0,
        estimated=round(float(chance.sum()), 3),
        matches=int(same.sum()),
    )


def pair_points(bits: Floats, same: npt.NDArray[np.bool_], true: int) -> tuple[PairPoint, ...]:
    """Precision and recall of the pairs at or above each weight.

    Args:
        bits: shape (pairs,).
        same: shape (pairs,). Whether each is one person.
        true: all pairs of one person, candidates or not.
    """
    order = np.argsort(bits)
    from_top = np.append(np.cumsum(same[order][::-1])[::-1], 0)
    points: list[PairPoint] = []
    for least in PAIR_BITS:
        place = int(np.searchsorted(bits[order], least))
        right, count = int(from_top[place]), len(bits) - place
        precision, recall = right / count if count else 1.0, right / true if true else 1.0
        points.append(
            PairPoint(
                bits=least,
                probability=_chance(least),
                pairs=count,
                precision=precision,
                recall=recall,
                f1=f1(precision, recall),
            )
        )
    return tuple(points)


def calibration(bits: Floats, chance: Floats, same: npt.NDArray[np.bool_]) -> tuple[CalibrationBin, ...]:
    """What was predicted and what is true, bit by bit; arguments as for `pair_points`, `chance` the probabilities."""
    edges = np.clip(np.floor(bits), PAIR_BITS[0], PAIR_BITS[-1]).astype(np.int64)
    return tuple(
        CalibrationBin(
            bits=float(edge),
            pairs=int((edges == edge).sum()),
            predicted=float(chance[edges == edge].mean()),
            observed=float(same[edges == edge].mean()),
        )
        for edge in np.unique(edges)
    )


def _cluster_point(candidates: Candidates, person: Ints, bits: float) -> ClusterPoint:
    chance = _chance(bits)
    labels = cluster_at(candidates, chance)
    known = person >= 0
    return ClusterPoint(bits=bits, probability=chance, agreement=agreement(labels[known], person[known]))


def _chance(bits: float) -> float:
    return float(probability(np.array([float(bits)]))[0])
