"""How many matching pairs no rule proposed.

Where records of a person are joined through others, their pairs say it: of all pairs inside clusters of three or
more, how many did no rule propose? That is counted, not assumed. What it misses are the people who stay in pieces,
whose pairs are lost more often. So the upper end of the interval lets each match left between two clusters stand for
another that no rule proposed. The lower end takes only the chance of the draw, by cluster.

Where hardly any cluster has three records, as between two clean sources, rules tell instead, by how many families of
evidence found each match: names, names with dates, names with places, contacts, and so on. As animals caught once and
twice tell how many were never caught, so the pairs of one and of two families tell how many have none. That is a lower
bound: pairs differ in how easily they are caught, and families depend on each other.

Source: Chao (1987), Estimating the population size for capture-recapture data with unequal catchability, Biometrics 43;
Cochran (1977), Sampling Techniques, section 6.3, for the ratio over clusters.
"""

from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.blocking.index import Blocks
from resolution.blocking.rules import Rule, family
from resolution.blocking.walk import Walk
from resolution.compiled import kernel

MOST_LOOKED_AT: Final = 50_000
FEWEST_INSIDE: Final = 1000
"""Pairs inside clusters of three or more from which they tell the loss."""
LEAST_INSIDE, LARGEST_INSIDE = 3, 64
NORMAL_95: Final = 1.96


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Estimated share of matching pairs that no rule proposed, with the ends of an interval, each in [0, 1]."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """Pairs of rows inside clusters.

    Attributes:
        left: shape (pairs looked at,).
        right: shape (pairs looked at,), each above its left.
        cluster: shape (pairs looked at,).
        pairs: how many pairs all clusters hold.
    """

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    cluster: NDArray[np.int64]
    pairs: int


def estimate_loss(
    blocks: Blocks,
    label: NDArray[np.int64],
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    probability: NDArray[np.float64],
) -> Loss:
    """Estimate the loss.

    Args:
        blocks: what blocking proposed.
        label: shape (n,). Cluster of each row.
        left: shape (pairs,). Rows of candidate pairs worth a look.
        right: shape (pairs,). Rows, each above its left.
        probability: shape (pairs,). That both are one person.
    """
    inside = pairs_inside(label)
    if len(inside.cluster) >= FEWEST_INSIDE:
        missed = _families_of(blocks, inside.left, inside.right) == 0
        between = float(probability[label[left] != label[right]].sum())
        return loss_inside(missed, inside.cluster, pairs=inside.pairs, between=between)
    step = max(1, -(-len(left) // MOST_LOOKED_AT))
    caught = _families_of(blocks, left[::step], right[::step])
    weight = np.bincount(caught, weights=probability[::step], minlength=3)
    return chao(found=float(weight[1:].sum()), once=float(weight[1]), twice=float(weight[2]))


def pairs_inside(label: NDArray[np.int64]) -> Inside:
    """All pairs of evenly spaced clusters of three records or more, about MOST_LOOKED_AT; the largest are left out."""
    size = np.bincount(label)
    pairs = size * (size - 1) // 2
    open_ = np.flatnonzero((size >= LEAST_INSIDE) & (size <= LARGEST_INSIDE))
    chosen = open_[:: max(1, -(-int(pairs[open_].sum()) // MOST_LOOKED_AT))]
    rows = np.argsort(label, kind="stable")
    begin = np.cumsum(size) - size
    found = [np.zeros((3, 0), np.int64)]
    for count in np.unique(size[chosen]):
        clusters = chosen[size[chosen] == count]
        members = rows[begin[clusters][:, None] + np.arange(count)]
        one, other = np.triu_indices(int(count), 1)
        cluster = np.repeat(clusters, len(one))
        found.append(np.stack([members[:, one].ravel(), members[:, other].ravel(), cluster]))
    left, right, cluster = np.concatenate(found, axis=1)
    return Inside(
        left=left.astype(np.int32), right=right.astype(np.int32), cluster=cluster, pairs=int(pairs[size > 1].sum())
    )


def loss_inside(missed: NDArray[np.bool_], cluster: NDArray[np.int64], *, pairs: int, between: float) -> Loss:
    """The loss from pairs inside clusters.

    Args:
        missed: shape (pairs looked at,). No rule proposed it.
        cluster: shape (pairs looked at,). Its cluster.
        pairs: how many pairs all clusters hold.
        between: expected matches among candidate pairs between clusters.
    """
    _, which = np.unique(cluster, return_inverse=True)
    looked = np.bincount(which).astype(np.float64)
    share = float(missed.mean())
    spread = (
        NORMAL_95 * float(np.sqrt(((np.bincount(which, weights=missed) - share * looked) ** 2).sum())) / len(missed)
    )
    high = (min(share + spread, 1.0) * pairs + between) / (pairs + 2 * between)
    return Loss(share=round(share, 6), low=round(max(share - spread, 0.0), 6), high=round(max(high, share), 6))


def _families_of(blocks: Blocks, left: NDArray[np.int32], right: NDArray[np.int32]) -> NDArray[np.int64]:
    return families_of_pairs(blocks.walk, left, right, families(blocks.rules))


def families(rules: tuple[Rule, ...]) -> NDArray[np.uint8]:
    """The number of each rule's family."""
    names = sorted({family(rule) for rule in rules})
    return np.array([names.index(family(rule)) for rule in rules], np.uint8)


def chao(*, found: float, once: float, twice: float) -> Loss:
    """The loss among all, from how many were found, and by one and by two families only."""
    if found <= 0 or once <= 0:
        return Loss(share=0.0, low=0.0, high=0.0)
    twice = max(twice, 0.5)
    missing, ratio = once * once / (2 * twice), once / twice
    variance = twice * (ratio**4 / 4 + ratio**3 + ratio**2 / 2)
    spread = exp(NORMAL_95 * sqrt(log(1 + variance / missing**2)))
    share, low, high = (round(one / (found + one), 6) for one in (missing, missing / spread, missing * spread))
    return Loss(share=share, low=low, high=high)


@kernel
def families_of_pairs(
    walk: Walk, left: NDArray[np.int32], right: NDArray[np.int32], of_rule: NDArray[np.uint8]
) -> NDArray[np.int64]:
    """How many families of rules propose each pair; left rows are below right ones."""
    count = np.zeros(len(left), np.int64)
    for pair in range(len(left)):
        seen = np.uint64(0)
        for entry in range(walk.start[left[pair]], walk.start[left[pair] + 1]):
            place = int(walk.entries[entry])
            run = np.searchsorted(walk.run_begin, place, side="right") - 1
            size = int(walk.run_size[run])
            end = place + size - (place - walk.run_begin[run]) % size
            for at in range(place + 1, end):
                if walk.members[at] == right[pair]:
                    seen |= np.uint64(1) << np.uint64(of_rule[walk.run_rule[run]])
        while seen:
            seen &= seen - np.uint64(1)
            count[pair] += 1
    return count
