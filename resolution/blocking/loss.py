"""How many matching pairs no rule proposed, estimated from how many kinds of evidence proposed those that were.

Rules fall into families by what they read: names, names with dates, names with places, contacts, and so on. A pair
found by one family only was nearly missed; one found by several was not. As animals caught once and twice tell how many
were never caught, so the pairs of one and of two families tell how many have none. The estimate is a lower bound: pairs
differ in how easily they are caught, and pairs that share nothing at all leave no trace.

Source: Chao (1987), Estimating the population size for capture-recapture data with unequal catchability, Biometrics 43.
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
NORMAL_95: Final = 1.96


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Estimated share of matching pairs that no rule proposed, with the ends of a 95 % interval, each in [0, 1]."""

    share: float
    low: float
    high: float


def estimate_loss(
    blocks: Blocks, left: NDArray[np.int32], right: NDArray[np.int32], probability: NDArray[np.float64]
) -> Loss:
    """Estimate the loss from candidate pairs.

    Args:
        blocks: what blocking proposed.
        left: shape (pairs,). Rows of candidate pairs worth a look; at most MOST_LOOKED_AT of them, evenly spaced, are.
        right: shape (pairs,). Rows, each above its left.
        probability: shape (pairs,). That both are one person.
    """
    step = max(1, -(-len(left) // MOST_LOOKED_AT))
    of_rule = families(blocks.rules)
    caught = families_of_pairs(blocks.walk, left[::step], right[::step], of_rule)
    weight = np.bincount(caught, weights=probability[::step], minlength=3)
    return chao(found=float(weight[1:].sum()), once=float(weight[1]), twice=float(weight[2]))


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
