"""Clusters: edges best first, each merge weighed by pooled pair and profile evidence.

Connected components glue strangers together through one bridge; here a merge needs all pairs of two clusters, and each
record against the other's profile, to speak for it on the whole.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.clustering.company import alone_bits
from resolution.clustering.constraints import Constraints
from resolution.clustering.kernels import FORBIDDEN, JOINED, REFUSED, Bounds, Forest, Tried, agglomerate, flatten, roots
from resolution.clustering.pooling import Pooling, membership
from resolution.contract import MatchModel
from resolution.encode.codes import Codes
from resolution.encode.pool import starts
from resolution.mixing import MULTIPLIER
from resolution.model.weights import Weights
from resolution.scoring import Edges

SURE_BITS: Final = 60.0
COMPANY_BITS: Final = 4.0
AT_LEAST_WRONG: Final = 0.003
"""Chosen on both sets marked *tune* in the accuracy page, by `benchmarks.reliability`."""
WORKERS: Final = 2
PARTS: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Clusters:
    """The partition of the coded rows.

    Attributes:
        label: shape (n,). Cluster of each row, numbered by first row.
        confidence: shape (n,). That the record belongs to its cluster.
        joined: shape (edges,). Edges that merged two clusters.
        refused: edges that the pooled evidence declined and that still part two clusters, strongest first.
        forbidden: how many edges a constraint stopped.
    """

    label: NDArray[np.int64]
    confidence: NDArray[np.float64]
    joined: NDArray[np.bool_]
    refused: NDArray[np.int64]
    forbidden: int


def cluster(codes: Codes, weights: Weights, model: MatchModel, edges: Edges, bounds: Constraints) -> Clusters:
    """Partition the rows.

    Args:
        codes: the coded table.
        weights: the model, laid out.
        model: its cut and pooling parameters.
        edges: candidate pairs; those below `model.join_bits` join only records that would stay alone.
        bounds: hard constraints.
    """
    root, fate = _merged(codes, weights, model, edges, bounds)
    label = _by_first_row(root)
    refused = np.flatnonzero(fate == REFUSED)
    parted = label[edges.left[refused]] != label[edges.right[refused]]
    return Clusters(
        label=label,
        confidence=_confidence(codes, weights, label, model),
        joined=fate == JOINED,
        refused=_best_first(edges, refused[parted]),
        forbidden=int((fate == FORBIDDEN).sum()),
    )


def _best_first(edges: Edges, some: NDArray[np.int64]) -> NDArray[np.int64]:
    """Some edges, the strongest first, equal ones by their rows."""
    some = some[np.argsort(edges.left[some].astype(np.int64) << 32 | edges.right[some])]
    return some[np.argsort(-edges.bits[some], kind="stable")]


def _merged(
    codes: Codes, weights: Weights, model: MatchModel, edges: Edges, bounds: Constraints
) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    """Merge along all edges, components side by side: a row of each row's cluster, and what became of each edge.

    Cost: O(n + edges log edges), and the evidence of each merge.
    """
    n = len(codes.source)
    rows = np.arange(n, dtype=np.int32)
    forest = Forest(rows.copy(), np.full(n, -1, np.int32), rows, np.ones(n, np.int32))
    alone = alone_bits(edges, codes.source, most=model.alone_bits)
    tried = np.flatnonzero(edges.bits >= model.join_bits - float(alone.max(initial=0.0)))
    forced = len(bounds.same)
    left, right = (
        np.concatenate([bounds.same[:, side].astype(np.int32), ends[tried]])
        for side, ends in enumerate((edges.left, edges.right))
    )
    part = _spread(roots(left, right, n)[left])
    pooling = Pooling(model.clip_bits, model.profile_share)
    hard = Bounds(bounds.unique.copy(), bounds.once, *_apart(bounds.different, n))
    fate = np.zeros(len(edges.bits), np.uint8)

    def merge(number: int) -> None:
        same = bounds.same[part[:forced] == number].astype(np.int32)
        own = _best_first(edges, tried[part[forced:] == number])
        of_part = Tried(
            left=np.concatenate([same[:, 0], edges.left[own]]),
            right=np.concatenate([same[:, 1], edges.right[own]]),
            lack=np.concatenate([np.zeros(len(same)), np.maximum(model.join_bits - edges.bits[own], 0.0)]),
            forced=len(same),
            alone=alone,
        )
        fate[own] = agglomerate(codes, weights, pooling, of_part, hard, forest)[len(same) :]

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(merge, range(PARTS)))
    flatten(forest.parent)
    return forest.parent, fate


def _spread(root: NDArray[np.int32]) -> NDArray[np.int64]:
    """A part for each edge, from 0 to PARTS - 1, by its component; components that follow a pattern spread as well."""
    mixed = root.astype(np.uint64) * MULTIPLIER
    return np.asarray((mixed >> np.uint64(32)) % np.uint64(PARTS), np.int64)


def _by_first_row(root: NDArray[np.int32]) -> NDArray[np.int64]:
    """Clusters named by any of their rows, numbered by their first row."""
    rows = np.arange(len(root))
    first = np.empty(len(root), np.int64)
    first[root[::-1]] = rows[::-1]
    return np.asarray((np.cumsum(first[root] == rows) - 1)[first[root]], np.int64)


def _apart(different: NDArray[np.int64], n: int) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Rows kept apart from each row, both ways."""
    both = np.vstack([different, different[:, ::-1]])
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    return starts(both[:, 0], n), both[:, 1].astype(np.int32)


def _confidence(codes: Codes, weights: Weights, label: NDArray[np.int64], model: MatchModel) -> NDArray[np.float64]:
    rows = np.argsort(label, kind="stable").astype(np.int32)
    pooling = Pooling(SURE_BITS, model.profile_share)
    begins = starts(label[rows], int(label.max(initial=-1)) + 1)
    cuts = np.linspace(0, len(begins) - 1, PARTS + 1).astype(np.int64)

    def part(groups: tuple[np.int64, np.int64]) -> NDArray[np.float64]:
        first, last = begins[groups[0]], begins[groups[1]]
        return membership(codes, weights, rows[first:last], begins[groups[0] : groups[1] + 1] - first, pooling)

    with ThreadPoolExecutor(WORKERS) as pool:
        bits = np.concatenate(list(pool.map(part, pairwise(cuts))))
    confidence = np.ones(len(label))
    confidence[rows] = 1 / (1 + np.exp2(-bits))
    return in_company(confidence, np.bincount(label)[label] - 1)


def in_company(alone: NDArray[np.float64], others: NDArray[np.int64]) -> NDArray[np.float64]:
    """Confidence of records among several others, from the mean evidence that pooling weighs.

    Evidence from several records of one person is more than their mean says, and no evidence rules out that others err
    together: a record among many is right more often than it seems when little speaks for it, and wrong at least with
    AT_LEAST_WRONG.

    Args:
        alone: shape (n,). Confidence by the mean evidence.
        others: shape (n,). How many other records its cluster has.
    """
    many = np.where(others > 0, 1 - 1 / np.maximum(others, 1), 0.0)
    raised = alone / (alone + (1 - alone) * np.exp2(-COMPANY_BITS * many))
    return np.asarray(raised * (1 - AT_LEAST_WRONG * many), np.float64)
