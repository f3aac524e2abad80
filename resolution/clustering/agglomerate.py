"""Clusters: edges best first, each merge weighed by pooled pair and profile evidence.

Connected components glue strangers together through one bridge; here a merge needs all pairs of two clusters, and each
record against the other's profile, to speak for it on the whole.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lake.workers import in_threads
from resolution.clustering.company import alone_bits
from resolution.clustering.components import by_first_row, components, flatten
from resolution.clustering.constraints import Constraints
from resolution.clustering.kernels import FORBIDDEN, JOINED, REFUSED, Bounds, Forest, Job, Tried, agglomerate
from resolution.clustering.pooling import Pooling, Table
from resolution.contract import MatchModel
from resolution.encode.codes import Codes
from resolution.encode.pool import starts
from resolution.model.weights import Weights
from resolution.scoring import Edges

SURE_BITS: Final = 60.0
COMPANY_BITS: Final = 4.0
AT_LEAST_WRONG: Final = 0.003
"""Chosen on both sets marked *tune* in the accuracy page, by `benchmarks.reliability`."""
PARTS: Final = 32


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
    root, fate, bits = _merged(codes, weights, model, edges, bounds)
    label = by_first_row(root)
    refused = np.flatnonzero(fate == REFUSED)
    parted = label[edges.left[refused]] != label[edges.right[refused]]
    return Clusters(
        label=label,
        confidence=_confidence(bits, label),
        joined=fate == JOINED,
        refused=_best_first(edges, refused[parted]),
        forbidden=int((fate == FORBIDDEN).sum()),
    )


def _confidence(bits: NDArray[np.float64], label: NDArray[np.int64]) -> NDArray[np.float64]:
    """How sure each row's membership is; shape (n,), 1 where its cluster has no other."""
    sizes = np.bincount(label)
    rows = np.flatnonzero(sizes[label] > 1)
    confidence = np.ones(len(label))
    confidence[rows] = in_company(1 / (1 + np.exp2(-bits[rows])), sizes[label[rows]] - 1)
    return confidence


def _best_first(edges: Edges, some: NDArray[np.int64]) -> NDArray[np.int64]:
    """Some edges, the strongest first, equal ones by their rows."""
    some = some[np.argsort(edges.left[some].astype(np.int64) << 32 | edges.right[some])]
    return some[np.argsort(-edges.bits[some], kind="stable")]


def _merged(
    codes: Codes, weights: Weights, model: MatchModel, edges: Edges, bounds: Constraints
) -> tuple[NDArray[np.int32], NDArray[np.uint8], NDArray[np.float64]]:
    """Merge along all edges, components side by side.

    Returns:
        A row of each row's cluster; what became of each edge; and log-odds that each record belongs to the rest of its
        cluster, infinite where there is none.

    Cost: O(n + edges log edges), and in each component a comparison of its pairs, at most MOST_KEPT / 2 a record, or
    the evidence of its merges.
    """
    n, forced = len(codes.source), len(bounds.same)
    alone = alone_bits(edges, codes.source, most=model.alone_bits)
    tried = np.flatnonzero(edges.bits >= model.join_bits - float(alone.max(initial=0.0)))
    of_all = Tried(
        left=np.concatenate([bounds.same[:, 0].astype(np.int32), edges.left[tried]]),
        right=np.concatenate([bounds.same[:, 1].astype(np.int32), edges.right[tried]]),
        bits=np.concatenate([np.full(forced, np.inf), edges.bits[tried]]),
        join_bits=model.join_bits,
        alone=alone,
    )
    found = components(of_all.left, of_all.right, n)
    rows = np.arange(n, dtype=np.int32)
    forest = Forest(rows.copy(), np.full(n, -1, np.int32), rows, np.ones(n, np.int32))
    table = Table(
        codes, weights, Pooling(model.clip_bits, model.profile_share), Pooling(SURE_BITS, model.profile_share)
    )
    hard = Bounds(
        bounds.unique.copy(), bounds.once, *_apart(bounds.different, n), any_once=bool((bounds.once >= 0).any())
    )
    job = Job(table, of_all, hard, forest, np.zeros(len(of_all.left), np.uint8), np.full(n, np.inf))
    cuts = np.searchsorted(found.edge_begins, np.linspace(0, len(of_all.left), PARTS + 1)).tolist()

    def merge(part: tuple[int, int]) -> None:
        agglomerate(job, found, part)

    in_threads(merge, pairwise(cuts))
    flatten(forest.parent)
    fate = np.zeros(len(edges.bits), np.uint8)
    fate[tried] = job.fate[forced:]
    return forest.parent, fate, job.bits


def _apart(different: NDArray[np.int64], n: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Rows kept apart from each row, both ways."""
    both = np.vstack([different, different[:, ::-1]])
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    return starts(both[:, 0], n), both[:, 1].astype(np.int32)


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
