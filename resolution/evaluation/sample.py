"""Which pairs to review: a stratified random sample of the pairs put together and of the candidates left apart.

Strata follow the model's own weights. Half of the sample is shared out evenly among them, half by how many matches are
in doubt (Neyman's allocation), so that what matters is seen often and everything is seen.

Source: Neyman (1934), On the Two Different Aspects of the Representative Method, JRSS 97(4), 558-625.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from resolution.evaluation.agreement import Ints
from resolution.evaluation.candidates import Candidates, Floats
from resolution.evaluation.estimate import Stratum
from resolution.evaluation.mistakes import Crossing, pairs_together

TOGETHER: Final = (-np.inf, 0.0, 5.0, 10.0, np.inf)
APART: Final = (-np.inf, -3.5, -2.0, 0.0, np.inf)
"""Edges of the strata in bits."""
UNCOMPARED: Final = "together, never compared"
SURE_AT_MOST: Final = 0.98
LISTED: Final = 2_000_000
"""Numbers of pairs looked up at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Pairs to review, in random order.

    Attributes:
        left: shape (pairs,). Rows of the records.
        right: shape (pairs,). Other rows.
        stratum: shape (pairs,). Place in `strata`.
        strata: with nothing reviewed yet.
    """

    left: Ints
    right: Ints
    stratum: Ints
    strata: tuple[Stratum, ...]


def draw_sample(candidates: Candidates, cluster: Ints, pairs: int, seed: int = 1) -> Sample:
    """Draw pairs to review.

    Args:
        candidates: pairs of a run, weighed.
        cluster: shape (records,). Cluster of each record, from 0.
        pairs: how many to draw; fewer where there are no more.
        seed: of the draw.
    """
    random = np.random.default_rng(seed)
    ends = np.sort(np.stack([candidates.left, candidates.right], axis=1), axis=1)
    together = cluster[ends[:, 0]] == cluster[ends[:, 1]]
    pools = [*_by_weight(candidates, together, TOGETHER), *_by_weight(candidates, ~together, APART)]
    strata = [
        _stratum(places, candidates.probability, together=at < len(TOGETHER) - 1, name=name)
        for at, (name, places) in enumerate(pools)
    ]
    inside = pairs_together(cluster)
    rest = inside.pairs - int(together.sum())
    strata.append(Stratum(name=UNCOMPARED, together=True, pairs=rest, expected=float(rest)))
    counts = share_out(strata, pairs)
    drawn = [
        ends[np.sort(random.choice(places, count, replace=False))]
        for (_, places), count in zip(pools, counts[:-1], strict=True)
    ]
    drawn.append(_uncompared(inside, ends[together], len(cluster), int(counts[-1]), random))
    found = np.concatenate(drawn)
    stratum = np.repeat(np.arange(len(strata)), [len(each) for each in drawn])
    order = random.permutation(len(found))
    return Sample(left=found[order, 0], right=found[order, 1], stratum=stratum[order], strata=tuple(strata))


def _by_weight(candidates: Candidates, chosen: npt.NDArray[np.bool_], edges: Sequence[float]) -> list[tuple[str, Ints]]:
    """The chosen candidates by weight: a stratum's name and its pairs."""
    side = "together" if edges is TOGETHER else "apart"
    found: list[tuple[str, Ints]] = []
    for low, high in pairwise(edges):
        inside = chosen & (candidates.bits >= low) & (candidates.bits < high)
        found.append((f"{side}, {_words(low, high)}", np.flatnonzero(inside)))
    return found


def _words(low: float, high: float) -> str:
    if low == -np.inf:
        return f"below {high:+g} bits"
    return f"{low:+g} bits or more" if high == np.inf else f"{low:+g} to {high:+g} bits"


def _stratum(places: Ints, chance: Floats, *, together: bool, name: str) -> Stratum:
    return Stratum(name=name, together=together, pairs=len(places), expected=round(float(chance[places].sum()), 6))


def share_out(strata: Sequence[Stratum], pairs: int) -> Ints:
    """How many pairs of each stratum to review; at most what it has.

    Args:
        strata: all of them.
        pairs: how many there should be in all.
    """
    sizes = np.array([each.pairs for each in strata], np.int64)
    mean = np.array([each.expected / max(each.pairs, 1) for each in strata])
    mean = np.clip(mean, 1 - SURE_AT_MOST, SURE_AT_MOST)
    doubt = sizes * np.sqrt(mean * (1 - mean))
    wanted = np.zeros(len(strata))
    for _ in strata:
        open_ = wanted < sizes
        left = min(pairs, int(sizes.sum())) - wanted.sum()
        if left < 1 or not open_.any():
            break
        doubts = doubt * open_
        wanted += left / 2 * (open_ / open_.sum() + doubts / doubts.sum())
        wanted = np.minimum(wanted, sizes)
    counts = np.floor(wanted).astype(np.int64)
    over = np.argsort(counts - wanted, kind="stable")[: min(pairs, int(sizes.sum())) - int(counts.sum())]
    counts[over] += counts[over] < sizes[over]
    return counts


def _uncompared(inside: Crossing, compared: Ints, records: int, count: int, random: np.random.Generator) -> Ints:
    """Draw pairs in one cluster that are no candidates, each as likely as any other."""
    known = compared[:, 0] * records + compared[:, 1]
    numbers = 2 * inside.pairs
    kept = np.empty((0, 2), np.int64)
    while len(kept) < count:
        some = np.arange(numbers) if numbers <= LISTED else random.integers(0, numbers, LISTED)
        pair = inside.at(some)
        pair = pair[~np.isin(pair[:, 0] * records + pair[:, 1], known)]
        kept = np.unique(np.concatenate([kept, pair]), axis=0)
    return kept[np.sort(random.choice(len(kept), count, replace=False))]
