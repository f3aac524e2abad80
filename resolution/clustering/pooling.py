"""Compiled evidence between clusters: all that their records say of each other, pooled.

Evidence is scored on demand with the same kernels as candidate pairs; at most MOST_WEIGHED members a side are looked
at, the first by record id of those longest in the cluster. Cost: one comparison for each pair of members.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolution.borrow import lent
from resolution.comparing.batch import Space
from resolution.comparing.batch import space as batch_space
from resolution.comparing.pairs import compare_row
from resolution.compiled import inner, kernel
from resolution.encode.codes import Codes
from resolution.model.weights import Weights, field_bits, household_loss, lent_weights, pair_bits

MOST_WEIGHED: Final = 30


class Pooling(NamedTuple):
    """How evidence between clusters is pooled.

    Attributes:
        clip: largest say of one pair or profile, in bits.
        profile_share: weight of profiles beside pairs.
    """

    clip: float
    profile_share: float


class Room(NamedTuple):
    """Room to work in, made once for many clusters.

    Attributes:
        level: shape (MOST_WEIGHED, fields).
        rarity: the same.
        match: shape (fields,). Bits of one pair.
        relative: the same, for relatives.
        odds: shape (fields,). Sums over a cluster's members.
        kin: the same, for relatives.
        known: shape (fields,). Members whose value is known.
        batch: of comparing.
    """

    level: NDArray[np.uint8]
    rarity: NDArray[np.float32]
    match: NDArray[np.float64]
    relative: NDArray[np.float64]
    odds: NDArray[np.float64]
    kin: NDArray[np.float64]
    known: NDArray[np.int64]
    batch: Space


@kernel
def room(fields: int) -> Room:
    """Room for records of so many fields."""
    return Room(
        np.zeros((MOST_WEIGHED, fields), np.uint8),
        np.zeros((MOST_WEIGHED, fields), np.float32),
        np.zeros(fields),
        np.zeros(fields),
        np.zeros(fields),
        np.zeros(fields),
        np.zeros(fields, np.int64),
        batch_space(),
    )


@kernel
def evidence(
    codes: Codes, weights: Weights, few: NDArray[np.int32], many: NDArray[np.int32], pooling: Pooling, space: Room
) -> float:
    """Weigh two clusters: the mean over all pairs, and the mean of one's records against the other's profile.

    A record's weight against a profile takes each field's value as one of the cluster's values drawn at random.
    """
    weights = lent_weights(weights)
    pairs, profiles = 0.0, 0.0
    for one in few:
        compare_row(codes, one, many, space.level, space.rarity, space.batch)
        by_pair, profile = _against(lent(codes.source), weights, one, many, pooling.clip, space)
        pairs += by_pair
        profiles += profile
    pair_mean, profile_mean = pairs / (len(few) * len(many)), profiles / len(few)
    return float((1 - pooling.profile_share) * pair_mean + pooling.profile_share * profile_mean)


@inner
def _against(
    source: NDArray[np.int32], weights: Weights, one: int, many: NDArray[np.int32], clip: float, space: Room
) -> tuple[float, float]:
    """A compared record against each of a cluster's, summed, and against their profile; clipped bits."""
    space.odds[:], space.kin[:], space.known[:] = 0.0, 0.0, 0
    pairs, priors = 0.0, 0.0
    for at in range(len(many)):
        for_one, for_kin = field_bits(weights, space.level[at], space.rarity[at], space.match, space.relative)
        prior = weights.within if source[one] == source[many[at]] else weights.across
        bits = pair_bits(weights.household, prior, for_one, for_kin)
        pairs += min(max(bits, -clip), clip)
        if len(many) == 1:
            return pairs, pairs
        priors += prior
        for field in range(len(space.match)):
            if space.level[at, field] > 0:
                space.odds[field] += np.exp2(space.match[field])
                space.kin[field] += np.exp2(space.relative[field])
                space.known[field] += 1
    profile, kinship = priors / len(many), 0.0
    for field in range(len(space.match)):
        if space.known[field] > 0:
            profile += np.log2(space.odds[field] / space.known[field])
            kinship += np.log2(space.kin[field] / space.known[field])
    profile -= household_loss(weights.household, kinship)
    return pairs, min(max(profile, -clip), clip)


@kernel
def membership(
    codes: Codes, weights: Weights, rows: NDArray[np.int32], begins: NDArray[np.int64], pooling: Pooling
) -> NDArray[np.float64]:
    """Log-odds that each record belongs to the rest of its cluster; rows are grouped by cluster.

    Returns:
        Shape (rows,), in bits; records alone get infinity, and the two records of a pair what the earlier is told.
    """
    bits = np.full(len(rows), np.inf)
    rest, space = np.empty(MOST_WEIGHED, np.int32), room(weights.says.shape[1])
    for group in range(len(begins) - 1):
        begin, end = begins[group], begins[group + 1]
        if end - begin < 2:
            continue
        if end - begin == 2:
            bits[begin:end] = evidence(codes, weights, rows[begin : begin + 1], rows[begin + 1 : end], pooling, space)
            continue
        for at in range(begin, end):
            count, other = 0, begin
            while other < end and count < MOST_WEIGHED:
                if other != at:
                    rest[count] = rows[other]
                    count += 1
                other += 1
            bits[at] = evidence(codes, weights, rows[at : at + 1], rest[:count], pooling, space)
    return bits
