"""Compiled agglomeration: edges best first, merges weighed by all the evidence between two clusters.

Clusters are linked lists of rows. Evidence is scored on demand with the same kernels as candidate pairs; at most
MOST_WEIGHED members a side are looked at, the first by record id of those longest in the cluster.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.blocking.kernels import mix
from resolution.comparing.pairs import compare_pair
from resolution.compiled import kernel
from resolution.encode.codes import TOKENS, Codes
from resolution.model.weights import Weights, field_bits, household_loss, pair_bits

MOST_WEIGHED: Final = 30
JOINED, REFUSED, FORBIDDEN, TOGETHER = 1, 2, 3, 0


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
    codes: Codes, weights: Weights, few: NDArray[np.int32], many: NDArray[np.int32], clip: float, profile_share: float
) -> float:
    """Weigh two clusters: the mean over all pairs of them, and the mean over the smaller's records against the other's profile.

    A record's weight against a profile takes each field's value as one of the cluster's values drawn at random.
    """
    fields = len(weights.shared)
    alike = np.zeros((TOKENS, TOKENS), np.uint8)
    level, rarity = np.zeros(fields, np.uint8), np.zeros(fields, np.float32)
    match, relative = np.zeros(fields), np.zeros(fields)
    pairs, profiles = 0.0, 0.0
    for one in few:
        odds, kin, known, prior = np.zeros(fields), np.zeros(fields), np.zeros(fields), 0.0
        for other in many:
            compare_pair(codes, one, other, alike, level, rarity)
            field_bits(weights, level, rarity, match, relative)
            within = codes.source[one] == codes.source[other]
            prior += weights.within if within else weights.across
            pairs += min(max(pair_bits(weights, within, match, relative), -clip), clip)
            for field in range(fields):
                if level[field] > 0:
                    odds[field] += 2.0 ** match[field]
                    kin[field] += 2.0 ** relative[field]
                    known[field] += 1
        profile, kinship = prior / len(many), 0.0
        for field in range(fields):
            if known[field] > 0:
                profile += np.log2(odds[field] / known[field])
                kinship += np.log2(kin[field] / known[field]) if weights.shared[field] else 0.0
        profile -= household_loss(weights.household, kinship)
        profiles += min(max(profile, -clip), clip)
    return (1 - profile_share) * pairs / (len(few) * len(many)) + profile_share * profiles / len(few)


@kernel
def _forbidden(
    a: int,
    b: int,
    following: NDArray[np.int32],
    parent: NDArray[np.int32],
    unique: NDArray[np.int32],
    once: NDArray[np.int32],
    apart_start: NDArray[np.int64],
    apart: NDArray[np.int32],
) -> bool:
    """Whether a constraint keeps two clusters apart. `unique` holds each cluster's identifiers at its first row."""
    for system in range(unique.shape[0]):
        if unique[system, a] >= 0 and unique[system, b] >= 0 and unique[system, a] != unique[system, b]:
            return True
    row = a
    while row >= 0:
        for at in range(apart_start[row], apart_start[row + 1]):
            if find(parent, apart[at]) == b:
                return True
        if once[row] >= 0:
            other = b
            while other >= 0:
                if once[other] == once[row]:
                    return True
                other = following[other]
        row = following[row]
    return False


@kernel
def _join(
    a: int,
    b: int,
    parent: NDArray[np.int32],
    following: NDArray[np.int32],
    last: NDArray[np.int32],
    size: NDArray[np.int32],
    unique: NDArray[np.int32],
) -> None:
    """Append cluster b to cluster a."""
    parent[b] = a
    following[last[a]] = b
    last[a] = last[b]
    size[a] += size[b]
    for system in range(unique.shape[0]):
        if unique[system, a] < 0:
            unique[system, a] = unique[system, b]


@kernel
def agglomerate(
    codes: Codes,
    weights: Weights,
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    unique: NDArray[np.int32],
    once: NDArray[np.int32],
    apart_start: NDArray[np.int64],
    apart: NDArray[np.int32],
    clip: float,
    profile_share: float,
    forced: int,
) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    """Merge along edges.

    Args:
        codes: the coded table.
        weights: the model.
        left: rows of the edges, in the order to be tried; the first `forced` are a steward's and always join.
        right: the same.
        unique: shape (systems, n); becomes the clusters' identifiers.
        once: shape (n,).
        apart_start: where each row's forbidden rows begin in `apart`.
        apart: rows that a steward keeps apart.
        clip: largest say of one pair or profile, in bits.
        profile_share: weight of the profiles.
        forced: number of forced edges.

    Returns:
        Cluster of each row, named by its first row; and what became of each edge.
    """
    n = len(codes.source)
    parent = np.arange(n).astype(np.int32)
    following = np.full(n, -1, np.int32)
    last = np.arange(n).astype(np.int32)
    size = np.ones(n, np.int32)
    fate = np.zeros(len(left), np.uint8)
    few, many = np.empty(MOST_WEIGHED, np.int32), np.empty(MOST_WEIGHED, np.int32)
    refused = set([np.uint64(0)])
    for edge in range(len(left)):
        a, b = find(parent, left[edge]), find(parent, right[edge])
        if a == b:
            continue
        if size[a] < size[b] or (size[a] == size[b] and b < a):
            a, b = b, a
        if edge >= forced:
            asked = mix(
                mix(np.uint64(a) * np.uint64(n) + np.uint64(b)) + np.uint64(size[a]) * np.uint64(n) + np.uint64(size[b])
            )
            if asked in refused:
                fate[edge] = REFUSED
                continue
            if _forbidden(b, a, following, parent, unique, once, apart_start, apart):
                fate[edge] = FORBIDDEN
                continue
            if size[a] > 1:
                count_b, count_a = _members(b, following, few), _members(a, following, many)
                if evidence(codes, weights, few[:count_b], many[:count_a], clip, profile_share) < 0:
                    refused.add(asked)
                    fate[edge] = REFUSED
                    continue
        _join(a, b, parent, following, last, size, unique)
        fate[edge] = JOINED
    for row in range(n):
        parent[row] = find(parent, row)
    return parent, fate


@kernel
def membership(
    codes: Codes, weights: Weights, rows: NDArray[np.int32], begins: NDArray[np.int64], profile_share: float
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
            bits[at] = evidence(codes, weights, rows[at : at + 1], rest[:count], 60.0, profile_share)
    return bits
