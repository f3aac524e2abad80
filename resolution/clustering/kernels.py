"""Compiled agglomeration: edges best first, merges weighed by all the evidence between two clusters.

Clusters are linked lists of rows. Evidence is scored on demand with the same kernels as candidate pairs; at most
MOST_WEIGHED members a side are looked at, the first by record id of those longest in the cluster.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolution.blocking.kernels import mix
from resolution.borrow import lent
from resolution.comparing.pairs import compare_row
from resolution.compiled import kernel
from resolution.encode.codes import Codes
from resolution.model.weights import Weights, field_bits, household_loss, lent_weights, pair_bits

MOST_WEIGHED: Final = 30
JOINED, REFUSED, FORBIDDEN = 1, 2, 3


class Pooling(NamedTuple):
    """How evidence between clusters is pooled.

    Attributes:
        clip: largest say of one pair or profile, in bits.
        profile_share: weight of profiles beside pairs.
        forced: how many edges are a steward's.
        alone: shape (n,). Bits that a link may lack when the record would stay alone without it.
        lack: shape (edges,). Bits that each edge lacks to be a link, 0 for links.
    """

    clip: float
    profile_share: float
    forced: int
    alone: NDArray[np.float64]
    lack: NDArray[np.float64]


class Bounds(NamedTuple):
    """Hard constraints.

    Attributes:
        unique: shape (systems, n). Identifiers of each row; those of a cluster stand at its first row.
        once: shape (n,). Source code where a source lists each person once, else -1.
        apart_start: shape (n + 1,). Where each row's forbidden rows begin in `apart`.
        apart: rows that a steward keeps apart.
    """

    unique: NDArray[np.int32]
    once: NDArray[np.int32]
    apart_start: NDArray[np.int64]
    apart: NDArray[np.int32]


class Forest(NamedTuple):
    """Clusters as linked lists, each named by its first row.

    Attributes:
        parent: shape (n,). Towards the first row.
        following: shape (n,). The next row of the cluster, -1 at its end.
        last: shape (n,). The last row, kept at the first.
        size: shape (n,). Rows in the cluster, kept at the first.
    """

    parent: NDArray[np.int32]
    following: NDArray[np.int32]
    last: NDArray[np.int32]
    size: NDArray[np.int32]


@kernel
def find(parent: NDArray[np.int32], row: int) -> int:
    """The first row of a row's cluster."""
    while parent[row] != row:
        parent[row] = parent[parent[row]]
        row = parent[row]
    return row


@kernel
def _members(root: int, following: NDArray[np.int32], out: NDArray[np.int32]) -> int:
    """The first members of a cluster; returns how many."""
    count, row = 0, root
    while row >= 0 and count < len(out):
        out[count] = row
        count += 1
        row = following[row]
    return count


@kernel
def evidence(
    codes: Codes, weights: Weights, few: NDArray[np.int32], many: NDArray[np.int32], pooling: Pooling
) -> float:
    """Weigh two clusters: the mean over all pairs, and the mean of one's records against the other's profile.

    A record's weight against a profile takes each field's value as one of the cluster's values drawn at random.
    """
    source, weights = lent(codes.source), lent_weights(weights)
    fields, clip = weights.says.shape[1], pooling.clip
    level, rarity = np.zeros((len(many), fields), np.uint8), np.zeros((len(many), fields), np.float32)
    match, relative = np.zeros(fields), np.zeros(fields)
    pairs, profiles = 0.0, 0.0
    for one in few:
        odds, kin, known, priors = np.zeros(fields), np.zeros(fields), np.zeros(fields), 0.0
        compare_row(codes, one, many, level, rarity)
        for at in range(len(many)):
            other = many[at]
            for_one, for_kin = field_bits(weights, level[at], rarity[at], match, relative)
            prior = weights.within if source[one] == source[other] else weights.across
            priors += prior
            pairs += min(max(pair_bits(weights.household, prior, for_one, for_kin), -clip), clip)
            for field in range(fields):
                if level[at, field] > 0:
                    odds[field] += 2.0 ** match[field]
                    kin[field] += 2.0 ** relative[field]
                    known[field] += 1
        profile, kinship = priors / len(many), 0.0
        for field in range(fields):
            if known[field] > 0:
                profile += np.log2(odds[field] / known[field])
                kinship += np.log2(kin[field] / known[field])
        profile -= household_loss(weights.household, kinship)
        profiles += min(max(profile, -clip), clip)
    pair_mean, profile_mean = pairs / (len(few) * len(many)), profiles / len(few)
    return float((1 - pooling.profile_share) * pair_mean + pooling.profile_share * profile_mean)


@kernel
def _forbidden(a: int, b: int, forest: Forest, bounds: Bounds) -> bool:
    """Whether a constraint keeps two clusters apart."""
    for system in range(bounds.unique.shape[0]):
        one, other = bounds.unique[system, a], bounds.unique[system, b]
        if one >= 0 and other >= 0 and one != other:
            return True
    row = a
    while row >= 0:
        for at in range(bounds.apart_start[row], bounds.apart_start[row + 1]):
            if find(forest.parent, bounds.apart[at]) == b:
                return True
        if bounds.once[row] >= 0:
            stranger = b
            while stranger >= 0:
                if bounds.once[stranger] == bounds.once[row]:
                    return True
                stranger = forest.following[stranger]
        row = forest.following[row]
    return False


@kernel
def _join(a: int, b: int, forest: Forest, unique: NDArray[np.int32]) -> None:
    """Append cluster b to cluster a."""
    forest.parent[b] = a
    forest.following[forest.last[a]] = b
    forest.last[a] = forest.last[b]
    forest.size[a] += forest.size[b]
    for system in range(unique.shape[0]):
        if unique[system, a] < 0:
            unique[system, a] = unique[system, b]


@kernel
def _spare(a: int, b: int, edge: int, size: NDArray[np.int32], pooling: Pooling) -> float:
    """Bits that a link may lack because a record would stay alone without it; -1 where it lacks more."""
    if pooling.lack[edge] <= 0:
        return 0.0
    one = pooling.alone[a] if size[a] == 1 else 0.0
    other = pooling.alone[b] if size[b] == 1 else 0.0
    most = max(one, other)
    return float(most) if pooling.lack[edge] <= most else -1.0


@kernel
def agglomerate(
    codes: Codes, weights: Weights, pooling: Pooling, left: NDArray[np.int32], right: NDArray[np.int32], bounds: Bounds
) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    """Merge along edges.

    Args:
        codes: the coded table.
        weights: the model.
        pooling: how evidence is pooled, how many of the edges are a steward's, and what the others lack.
        left: rows of the edges, in the order to be tried; a steward's come first and always join.
        right: the same.
        bounds: constraints; `unique` becomes the clusters' identifiers.

    Returns:
        Cluster of each row, named by a row of it; and what became of each edge.
    """
    n = len(codes.source)
    rows = np.arange(n).astype(np.int32)
    forest = Forest(rows.copy(), np.full(n, -1, np.int32), rows.copy(), np.ones(n, np.int32))
    fate = np.zeros(len(left), np.uint8)
    few, many = np.empty(MOST_WEIGHED, np.int32), np.empty(MOST_WEIGHED, np.int32)
    refused = {np.uint64(0)}
    for edge in range(len(left)):
        a, b = find(forest.parent, left[edge]), find(forest.parent, right[edge])
        if a == b:
            continue
        if forest.size[a] < forest.size[b] or (forest.size[a] == forest.size[b] and b < a):
            a, b = b, a
        if edge >= pooling.forced:
            sizes = np.uint64(forest.size[a]) * np.uint64(n) + np.uint64(forest.size[b])
            asked = mix(mix(np.uint64(a) * np.uint64(n) + np.uint64(b)) + sizes)
            if asked in refused:
                fate[edge] = REFUSED
                continue
            spare = _spare(a, b, edge, forest.size, pooling)
            if spare < 0:
                continue
            if _forbidden(b, a, forest, bounds):
                fate[edge] = FORBIDDEN
                continue
            smaller = few[: _members(b, forest.following, few)]
            larger = many[: _members(a, forest.following, many)]
            if forest.size[a] > 1 and evidence(codes, weights, smaller, larger, pooling) < -spare:
                refused.add(asked)
                fate[edge] = REFUSED
                continue
        _join(a, b, forest, bounds.unique)
        fate[edge] = JOINED
    for row in range(n):
        forest.parent[row] = find(forest.parent, row)
    return forest.parent, fate


@kernel
def membership(
    codes: Codes, weights: Weights, rows: NDArray[np.int32], begins: NDArray[np.int64], pooling: Pooling
) -> NDArray[np.float64]:
    """Log-odds that each record belongs to the rest of its cluster; rows are grouped by cluster.

    Returns:
        Shape (rows,), in bits; records alone get infinity.
    """
    bits = np.full(len(rows), np.inf)
    rest = np.empty(MOST_WEIGHED, np.int32)
    for group in range(len(begins) - 1):
        begin, end = begins[group], begins[group + 1]
        if end - begin < 2:
            continue
        for at in range(begin, end):
            count, other = 0, begin
            while other < end and count < MOST_WEIGHED:
                if other != at:
                    rest[count] = rows[other]
                    count += 1
                other += 1
            bits[at] = evidence(codes, weights, rows[at : at + 1], rest[:count], pooling)
    return bits
