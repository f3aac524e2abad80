"""Precision and recall from a reviewed sample: estimates with intervals, no labels of the rest needed.

Pairs fall into strata; in each, some were reviewed. Every stratum's share of matches gets a Wilson interval, narrowed
where much of the stratum was seen; sums over strata combine them by squaring and adding (MOVER), and ratios of two sums
by its form for ratios. Closed form throughout: no draws, no prior.

Source: Wilson (1927), JASA 22(158), 209-212. Zou and Donner (2008), Construction of Confidence Limits About Effect
Measures, Statistics in Medicine 27(10), 1693-1702. Donner and Zou (2012), Closed-form Confidence Intervals for
Functions of the Normal Mean and Standard Deviation, Statistical Methods in Medical Research 21(4), 347-359.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from resolution.intervals import wilson


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratum:
    """A kind of pairs, and what reviewing some of them found.

    Attributes:
        name: what it is called in the sample.
        together: whether its pairs share a cluster.
        pairs: how many there are.
        expected: their matches by the model's own probabilities; used where none was reviewed.
        reviewed: pairs judged.
        matches: of these, pairs of one person.
    """

    name: str
    together: bool
    pairs: int
    expected: float
    reviewed: int = 0
    matches: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A figure and its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimates:
    """What a reviewed sample says of a clustering; over the pairs of all strata.

    Attributes:
        precision: share of the pairs put together that are one person.
        recall: share of the pairs of one person, of those in any stratum, that were put together.
        f1: harmonic mean of the two.
        matches: pairs of one person in all strata.
        reviewed: pairs judged.
        strata: what they rest on.
    """

    precision: Estimate
    recall: Estimate
    f1: Estimate
    matches: Estimate
    reviewed: int
    strata: tuple[Stratum, ...]


def estimates(strata: Sequence[Stratum]) -> Estimates:
    """Estimate precision, recall and F1.

    Args:
        strata: every pair that counts lies in exactly one.
    """
    together = [each for each in strata if each.together]
    put = sum(each.pairs for each in together)
    right, missed = total(together), total([each for each in strata if not each.together])
    return Estimates(
        precision=_bounded(right.value / put, right.low / put, right.high / put) if put else _bounded(1, 1, 1),
        recall=_of_ratio(missed, right, 1),
        f1=_of_ratio(_plus(missed, put), right, 2),
        matches=total(strata),
        reviewed=sum(each.reviewed for each in strata),
        strata=tuple(strata),
    )


def total(strata: Sequence[Stratum]) -> Estimate:
    """Matches in all these strata."""
    value, below, above = 0.0, 0.0, 0.0
    for each in strata:
        part = stratum_share(each)
        value += each.pairs * part.value
        below += (each.pairs * (part.value - part.low)) ** 2
        above += (each.pairs * (part.high - part.value)) ** 2
    most = sum(each.pairs for each in strata)
    return Estimate(value=value, low=max(value - math.sqrt(below), 0.0), high=min(value + math.sqrt(above), most))


def stratum_share(stratum: Stratum) -> Estimate:
    """Share of matches in one stratum, by Wilson with the part that was seen taken off the doubt."""
    n, size = stratum.reviewed, stratum.pairs
    if not size:
        return _bounded(0, 0, 0)
    if not n:
        return _bounded(stratum.expected / size, 0, 1)
    value = stratum.matches / n
    if n >= size:
        return _bounded(value, value, value)
    seen = n * (size - 1) / (size - n)
    low, high = wilson(value, seen)
    return _bounded(value, min(low, value), max(high, value))


def _of_ratio(top: Estimate, bottom: Estimate, scale: float) -> Estimate:
    """Divide: scale / (1 + top / bottom), of two independent sums at or above zero; 1 where both are nothing."""
    if not bottom.high:
        return _bounded(0, 0, 0) if top.value else _bounded(1, 0 if top.high else 1, 1)
    low, high = ratio_bounds(top, bottom)
    value = scale * bottom.value / (bottom.value + top.value) if bottom.value + top.value else 1.0
    return _bounded(value, scale / (1 + high), scale / (1 + low))


def ratio_bounds(top: Estimate, bottom: Estimate) -> tuple[float, float]:
    """Interval of top / bottom, of two independent estimates at or above zero; infinite where bottom may be nothing."""
    product = top.value * bottom.value
    reach, across = top.low * (2 * top.value - top.low), bottom.high * (2 * bottom.value - bottom.high)
    below = product + math.sqrt(max(product**2 - reach * across, 0.0))
    low = reach / below if below else 0.0
    across = bottom.low * (2 * bottom.value - bottom.low)
    if across <= 0:
        return low, math.inf
    reach = top.high * (2 * top.value - top.high)
    return low, (product + math.sqrt(max(product**2 - reach * across, 0.0))) / across


def _plus(one: Estimate, constant: float) -> Estimate:
    return Estimate(value=one.value + constant, low=one.low + constant, high=one.high + constant)


def _bounded(value: float, low: float, high: float) -> Estimate:
    return Estimate(value=min(max(value, 0.0), 1.0), low=min(max(low, 0.0), 1.0), high=min(max(high, 0.0), 1.0))
