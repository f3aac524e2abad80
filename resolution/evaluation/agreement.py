"""Agreement of a clustering with truth: by pairs, by records (B-cubed), by whole clusters, and by information.

Everything follows from the contingency of clusters and people: how many records the two have in common. A cluster of n
records holds n(n-1)/2 pairs. What is claimed of nothing is not wrong: precision over no pairs, and recall of no pairs,
is 1.

Source: Bagga and Baldwin (1998), Entity-Based Cross-Document Coreferencing Using the Vector Space Model. Meilă (2007),
Comparing Clusterings: an Information Based Distance, Journal of Multivariate Analysis 98(5), 873-895.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How well clusters and people agree; shares lie in [0, 1].

    Attributes:
        precision: share of the pairs put together that are one person.
        recall: share of the pairs of one person that were put together.
        f1: harmonic mean of the two.
        b3_precision: over records, mean share of a record's cluster that is its person.
        b3_recall: over records, mean share of a record's person that is in its cluster.
        b3_f1: harmonic mean of the two.
        cluster_precision: share of the clusters that are exactly one person.
        cluster_recall: share of the people that are exactly one cluster.
        cluster_f1: harmonic mean of the two.
        merging_bits: what remains unknown of a record's person when its cluster is known: strangers merged.
        splitting_bits: what remains unknown of a record's cluster when its person is known: people split.
        information_bits: variation of information, the sum of the two; 0 for a perfect clustering.
        records: records judged.
        pairs_predicted: pairs put together.
        pairs_true: pairs of one person.
        pairs_right: pairs that are both.
        clusters: clusters among the records judged.
        people: people among them.
        exact: clusters that hold all records of one person and nothing else.
        mixed: clusters that hold records of two people or more.
        scattered: people whose records lie in two clusters or more.
    """

    precision: float
    recall: float
    f1: float
    b3_precision: float
    b3_recall: float
    b3_f1: float
    cluster_precision: float
    cluster_recall: float
    cluster_f1: float
    merging_bits: float
    splitting_bits: float
    information_bits: float
    records: int
    pairs_predicted: int
    pairs_true: int
    pairs_right: int
    clusters: int
    people: int
    exact: int
    mixed: int
    scattered: int


def agreement(cluster: Ints, person: Ints) -> Agreement:
    """Measure clusters against people.

    Args:
        cluster: shape (records,). Cluster of each record, from 0.
        person: shape (records,). Person of each record, from 0.

    Returns:
        The figures; for no records all shares are 1. Cost: O(n log n).
    """
    width = int(person.max(initial=0)) + 1
    cells, shared = np.unique(cluster * width + person, return_counts=True)
    of_cluster, of_person = cells // width, cells % width
    in_cluster, in_person = np.bincount(cluster)[of_cluster], np.bincount(person)[of_person]
    right, predicted, true = _pairs(shared), _pairs(np.bincount(cluster)), _pairs(np.bincount(person))
    precision, recall = _share(right, predicted), _share(right, true)
    b3_precision = _share(float((shared**2 / in_cluster).sum()), len(cluster))
    b3_recall = _share(float((shared**2 / in_person).sum()), len(cluster))
    people_of, clusters_of = np.bincount(of_cluster), np.bincount(of_person)
    clusters, people = int((people_of > 0).sum()), int((clusters_of > 0).sum())
    exact = int(((shared == in_cluster) & (shared == in_person)).sum())
    merging, splitting = (_uncertainty(shared, whole, len(cluster)) for whole in (in_cluster, in_person))
    return Agreement(
        precision=precision,
        recall=recall,
        f1=f1(precision, recall),
        b3_precision=b3_precision,
        b3_recall=b3_recall,
        b3_f1=f1(b3_precision, b3_recall),
        cluster_precision=_share(exact, clusters),
        cluster_recall=_share(exact, people),
        cluster_f1=f1(_share(exact, clusters), _share(exact, people)),
        merging_bits=merging,
        splitting_bits=splitting,
        information_bits=merging + splitting,
        records=len(cluster),
        pairs_predicted=predicted,
        pairs_true=true,
        pairs_right=right,
        clusters=clusters,
        people=people,
        exact=exact,
        mixed=int((people_of > 1).sum()),
        scattered=int((clusters_of > 1).sum()),
    )


def f1(precision: float, recall: float) -> float:
    """Harmonic mean of precision and recall; 0 when both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _pairs(sizes: Ints) -> int:
    """Pairs inside groups of these sizes."""
    return int((sizes * (sizes - 1) // 2).sum())


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 1.0


def _uncertainty(shared: Ints, whole: Ints, records: int) -> float:
    """Conditional entropy in bits: mean over records of -log2 of the share of their whole that their cell is."""
    return float((shared * np.log2(whole / shared)).sum()) / records if records else 0.0
