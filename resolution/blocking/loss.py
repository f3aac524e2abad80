"""How many matching pairs no rule proposed.

Where records of a person are joined through others, their pairs say it: of all pairs inside clusters of three or
more, how many did no rule propose? That is counted, not assumed. What it misses are the people who stay in pieces,
whose pairs are lost more often. So the upper end of the interval lets each match left between two clusters stand for
another that no rule proposed. The lower end takes only the chance of the draw, by cluster.

Where hardly any cluster has three records, as between two clean sources, rules tell instead, by which families of
evidence found each match: names, names with dates, names with places, contacts, and so on. As animals caught once and
twice tell how many were never caught, so the pairs of one and of two families tell how many have none; that some
families catch nearly everything and others little is allowed for. That is a lower bound, for pairs differ in how easily
they are caught as well; which of the two it is the counts cannot tell, so the upper end of the interval takes all of it
for the pairs' doing.

How much one rule brings that no other does is counted on a part of the candidate pairs.

Source: Chao (1987), Estimating the population size for capture-recapture data with unequal catchability, Biometrics 43,
783-791; Chao (1989), Estimating population size for sparse data in capture-recapture experiments, Biometrics 45(2),
427-438; Cochran (1977), Sampling Techniques, section 6.3, for the ratio over clusters.
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
from resolution.intervals import Z_95, wilson

MOST_LOOKED_AT: Final = 50_000
FEWEST_INSIDE: Final = 1000
"""Pairs inside clusters of three or more from which they tell the loss."""
FEW_LOOKED_AT: Final = 20_000
LEAST_WEIGHT: Final = 1e-12
MASK_BITS: Final = 64
LEAST_INSIDE, LARGEST_INSIDE = 3, 64


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
        missed = rules_of_pairs(blocks.walk, inside.left, inside.right, _bits(blocks)) == 0
        between = float(probability[label[left] != label[right]].sum())
        return loss_inside(missed, inside.cluster, pairs=inside.pairs, between=between)
    step = max(1, -(-len(left) // MOST_LOOKED_AT))
    caught = families_of(
        rules_of_pairs(blocks.walk, left[::step], right[::step], _bits(blocks)), families(blocks.rules)
    )
    weight = np.asarray(probability[::step], np.float64)
    count = caught.sum(axis=1)
    return chao(
        found=float(weight[count > 0].sum()),
        once=np.asarray(weight[count == 1] @ caught[count == 1], np.float64),
        twice=float(weight[count == 2].sum()),
    )


def loss_by_weight(proposed: float, every: NDArray[np.float64]) -> Loss:
    """The loss where every pair was weighed, as in a small table; the interval is of chance, the model taken as right.

    Args:
        proposed: expected matches among candidate pairs.
        every: shape (pairs,). Probability of each pair of records.
    """
    whole = float(every.sum())
    missing = max(whole - proposed, 0.0)
    spread = Z_95 * sqrt(missing)
    low, high = max(missing - spread, 0.0), missing + spread
    found = max(whole - missing, LEAST_WEIGHT)
    share, low, high = (round(one / (found + one), 6) for one in (missing, low, high))
    return Loss(share=share, low=low, high=high)


def only_by_rule(
    blocks: Blocks, left: NDArray[np.int32], right: NDArray[np.int32], probability: NDArray[np.float64]
) -> list[Loss]:
    """Estimate for each rule what would be lost without it: the share of matches found that no other rule proposes.

    Args:
        blocks: what blocking proposed.
        left: shape (pairs,). Rows of candidate pairs worth a look.
        right: shape (pairs,). Rows, each above its left.
        probability: shape (pairs,). That both are one person.
    """
    step = max(1, -(-len(left) // FEW_LOOKED_AT))
    weight = np.asarray(probability[::step], np.float64)
    masks = rules_of_pairs(blocks.walk, left[::step], right[::step], _bits(blocks))
    whole = max(float(weight.sum()), LEAST_WEIGHT)
    count = whole**2 / max(float((weight**2).sum()), LEAST_WEIGHT)
    found: list[Loss] = []
    for bit in _bits(blocks):
        share = float(weight[masks == np.uint64(1) << np.uint64(bit)].sum()) / whole
        low, high = wilson(share, max(count, 1.0))
        found.append(Loss(share=round(share, 6), low=round(min(low, share), 6), high=round(max(high, share), 6)))
    return found


def _bits(blocks: Blocks) -> NDArray[np.uint8]:
    """The bit of each rule in a mask; own rules beyond the last bit share it."""
    return np.minimum(np.arange(len(blocks.rules)), MASK_BITS - 1).astype(np.uint8)


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
    spread = Z_95 * float(np.sqrt(((np.bincount(which, weights=missed) - share * looked) ** 2).sum())) / len(missed)
    high = (min(share + spread, 1.0) * pairs + between) / (pairs + 2 * between)
    return Loss(share=round(share, 6), low=round(max(share - spread, 0.0), 6), high=round(max(high, share), 6))


def families(rules: tuple[Rule, ...]) -> NDArray[np.uint64]:
    """For each family of rules, the mask of its rules; shape (families,)."""
    names = sorted({family(rule) for rule in rules})
    masks = np.zeros(len(names), np.uint64)
    for at, rule in enumerate(rules):
        masks[names.index(family(rule))] |= np.uint64(1) << np.uint64(min(at, MASK_BITS - 1))
    return masks


def families_of(masks: NDArray[np.uint64], of_family: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which families propose each pair; shape (pairs, families)."""
    return np.asarray((masks[:, None] & of_family) != 0, np.bool_)


def chao(*, found: float, once: NDArray[np.float64], twice: float) -> Loss:
    """The loss among all.

    Args:
        found: how many were found.
        once: shape (families,). How many each family found alone.
        twice: how many two families found.
    """
    others = float(once.sum()) - once
    ways = float((once * others).sum()) / 2
    twice = max(twice, 0.5)
    if found <= 0 or ways <= 0:
        return Loss(share=0.0, low=0.0, high=_unequal(found, float(once.sum()), twice))
    missing = ways / twice
    variance = float((once * (others / twice) ** 2).sum()) + missing**2 / twice + missing
    spread = exp(Z_95 * sqrt(log(1 + variance / missing**2)))
    share, low, high = (round(one / (found + one), 6) for one in (missing, missing / spread, missing * spread))
    return Loss(share=share, low=low, high=max(high, _unequal(found, float(once.sum()), twice)))


def _unequal(found: float, once: float, twice: float) -> float:
    """The upper end of the loss where pairs differ in how easily they are caught, and families do not (Chao 1987)."""
    if found <= 0 or once <= 0:
        return 0.0
    missing, ratio = once * once / (2 * twice), once / twice
    variance = twice * (ratio**4 / 4 + ratio**3 + ratio**2 / 2)
    most = missing * exp(Z_95 * sqrt(log(1 + variance / missing**2)))
    return round(most / (found + most), 6)


@kernel
def rules_of_pairs(
    walk: Walk, left: NDArray[np.int32], right: NDArray[np.int32], bit: NDArray[np.uint8]
) -> NDArray[np.uint64]:
    """Which rules propose each pair, a bit for each; left rows are below right ones."""
    masks = np.zeros(len(left), np.uint64)
    for pair in range(len(left)):
        for entry in range(walk.start[left[pair]], walk.start[left[pair] + 1]):
            place = int(walk.entries[entry])
            run = np.searchsorted(walk.run_begin, place, side="right") - 1
            size = int(walk.run_size[run])
            end = place + size - (place - walk.run_begin[run]) % size
            for at in range(place + 1, end):
                if walk.members[at] == right[pair]:
                    masks[pair] |= np.uint64(1) << np.uint64(bit[walk.run_rule[run]])
    return masks
