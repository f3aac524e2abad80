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
        match: shape (fields,). Bits of one pair, then the odds that they say.
        relative: the same, for relatives.
        odds: shape (MOST_WEIGHED + 1, fields). For each of some records, sums over the others.
        kin: the same, for relatives.
        known: the same shape. Others whose value is known.
        pairs: shape (MOST_WEIGHED + 1,). Sums of clipped bits.
        priors: the same shape. Sums of priors.
        batch: of comparing.
    """

    level: NDArray[np.uint8]
    rarity: NDArray[np.float32]
    match: NDArray[np.float64]
    relative: NDArray[np.float64]
    odds: NDArray[np.float64]
    kin: NDArray[np.float64]
    known: NDArray[np.int64]
    pairs: NDArray[np.float64]
    priors: NDArray[np.float64]
    batch: Space


@kernel
def room(fields: int) -> Room:
    """Room for records of so many fields."""
    return Room(
        np.zeros((MOST_WEIGHED, fields), np.uint8),
        np.zeros((MOST_WEIGHED, fields), np.float32),
        np.zeros(fields),
        np.zeros(fields),
        np.zeros((MOST_WEIGHED + 1, fields)),
        np.zeros((MOST_WEIGHED + 1, fields)),
        np.zeros((MOST_WEIGHED + 1, fields), np.int64),
        np.zeros(MOST_WEIGHED + 1),
        np.zeros(MOST_WEIGHED + 1),
        batch_space(),
    )


@kernel
def evidence(
    codes: Codes, weights: Weights, few: NDArray[np.int32], many: NDArray[np.int32], pooling: Pooling, space: Room
) -> float:
    """Weigh two clusters: the mean over all pairs, and the mean of one's records against the other's profile.

    A record's weight against a profile takes each field's value as one of the cluster's values drawn at random.
    """
    weights, source = lent_weights(weights), lent(codes.source)
    pairs, profiles = 0.0, 0.0
    for one in few:
        compare_row(codes, one, many, space.level, space.rarity, space.batch)
        _forget(1, space)
        for at in range(len(many)):
            bits, prior = _weigh(weights, source[one] == source[many[at]], at, space)
            _note(0, at, bits, prior, pooling.clip, space)
        pairs += space.pairs[0]
        profiles += _profile(weights, 0, len(many), pooling.clip, space)
    pair_mean, profile_mean = pairs / (len(few) * len(many)), profiles / len(few)
    return float((1 - pooling.profile_share) * pair_mean + pooling.profile_share * profile_mean)


@inner
def _forget(records: int, space: Room) -> None:
    """Begin the sums of some records anew."""
    space.odds[:records], space.kin[:records], space.known[:records] = 0.0, 0.0, 0
    space.pairs[:records], space.priors[:records] = 0.0, 0.0


@inner
def _weigh(weights: Weights, within: bool, at: int, space: Room) -> tuple[float, float]:  # noqa: FBT001  # compiled
    """Bits and prior of a compared pair; the odds of its fields are left in the room."""
    match, relative = space.match, space.relative
    for_one, for_kin = field_bits(weights, space.level[at], space.rarity[at], match, relative)
    for field in range(len(match)):
        if space.level[at, field] > 0:
            match[field], relative[field] = np.exp2(match[field]), np.exp2(relative[field])
    prior = weights.within if within else weights.across
    return pair_bits(weights.household, prior, for_one, for_kin), prior


@inner
def _note(record: int, at: int, bits: float, prior: float, clip: float, space: Room) -> None:
    """Add what was weighed last to the sums of a record."""
    space.pairs[record] += min(max(bits, -clip), clip)
    space.priors[record] += prior
    for field in range(len(space.match)):
        if space.level[at, field] > 0:
            space.odds[record, field] += space.match[field]
            space.kin[record, field] += space.relative[field]
            space.known[record, field] += 1


@inner
def _profile(weights: Weights, record: int, others: int, clip: float, space: Room) -> float:
    """A record against the profile of the others, in clipped bits; of one other, the pair's."""
    if others == 1:
        return float(space.pairs[record])
    profile, kinship = space.priors[record] / others, 0.0
    for field in range(len(space.match)):
        if space.known[record, field] > 0:
            profile += np.log2(space.odds[record, field] / space.known[record, field])
            kinship += np.log2(space.kin[record, field] / space.known[record, field])
    profile -= household_loss(weights.household, kinship)
    return float(min(max(profile, -clip), clip))


@kernel
def membership(
    codes: Codes, weights: Weights, rows: NDArray[np.int32], begins: NDArray[np.int64], pooling: Pooling
) -> NDArray[np.float64]:
    """Log-odds that each record belongs to the rest of its cluster; rows are grouped by cluster.

    Returns:
        Shape (rows,), in bits; records alone get infinity. Of a cluster above MOST_WEIGHED + 1 records each is weighed
        against its first others. Cost: one comparison for each pair of a cluster, in large ones MOST_WEIGHED a record.
    """
    bits = np.full(len(rows), np.inf)
    space = room(weights.says.shape[1])
    for group in range(len(begins) - 1):
        begin, end = begins[group], begins[group + 1]
        if end - begin > MOST_WEIGHED + 1:
            for at in range(begin, end):
                first = rows[begin : begin + MOST_WEIGHED + 1]
                others = first[first != rows[at]][:MOST_WEIGHED]
                bits[at] = evidence(codes, weights, rows[at : at + 1], others, pooling, space)
        elif end - begin > 1:
            _each_other(codes, weights, rows[begin:end], pooling, space, bits[begin:end])
    return bits


@kernel
def _each_other(
    codes: Codes, weights: Weights, rows: NDArray[np.int32], pooling: Pooling, space: Room, bits: NDArray[np.float64]
) -> None:
    """As `evidence` of each record against all others of a cluster, each pair compared once."""
    weights, source = lent_weights(weights), lent(codes.source)
    count = len(rows)
    _forget(count, space)
    for one in range(count - 1):
        compare_row(codes, rows[one], rows[one + 1 :], space.level, space.rarity, space.batch)
        for at in range(count - one - 1):
            weighed, prior = _weigh(weights, source[rows[one]] == source[rows[one + 1 + at]], at, space)
            _note(one, at, weighed, prior, pooling.clip, space)
            _note(one + 1 + at, at, weighed, prior, pooling.clip, space)
    for one in range(count):
        pairs, profile = space.pairs[one] / (count - 1), _profile(weights, one, count - 1, pooling.clip, space)
        bits[one] = (1 - pooling.profile_share) * pairs + pooling.profile_share * profile
