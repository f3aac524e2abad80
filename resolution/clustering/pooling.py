"""Compiled evidence between clusters: all that their records say of each other, pooled.

In a component of at most MOST_KEPT records each pair is compared once and kept while the component is merged; in a
larger one evidence is compared on demand, and at most MOST_WEIGHED members a side are looked at, the first by record
id of those longest in the cluster. Cost: one comparison for each pair of members.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolution.clustering.camps import camps
from resolution.comparing.batch import Space
from resolution.comparing.batch import space as batch_space
from resolution.comparing.levels import DATE_FIELD, GIVEN_FIELD
from resolution.comparing.pairs import compare_row
from resolution.compiled import inner, kernel, shared
from resolution.encode.codes import Codes
from resolution.model.weights import Weights, field_bits, household_loss, pair_bits, prior_bits

MOST_WEIGHED: Final = 30
MOST_KEPT: Final = MOST_WEIGHED + 1
UNLIKE_NAMES: Final = 2.0
"""Mean odds up to which given names do not speak for one person."""
UNLIKE_BIRTHS: Final = 2.0**6
"""Mean odds up to which births are not of one day."""
CAMP_BITS: Final = 2.0
"""What speaks against one person for each record beyond the first of the smaller of two camps."""
MOST_CAMP: Final = 5
"""So many records of a camp say as much as more."""


class Pooling(NamedTuple):
    """How evidence between clusters is pooled.

    Attributes:
        clip: largest say of one pair or profile, in bits.
        profile_share: weight of profiles beside pairs.
    """

    clip: float
    profile_share: float


class Table(NamedTuple):
    """What is compared, and how.

    Attributes:
        codes: the coded table.
        weights: the model.
        merging: how evidence is pooled for a merge.
        belonging: the same for a membership.
    """

    codes: Codes
    weights: Weights
    merging: Pooling
    belonging: Pooling


class Room(NamedTuple):
    """Room to work in, made once for many components.

    Attributes:
        level: shape (MOST_WEIGHED, fields). Of the records that one is compared with.
        rarity: the same.
        entry: shape (MOST_WEIGHED,). Where what they say is kept.
        bits: shape (entries,). Log-odds of pairs that were compared.
        prior: the same shape. What of it is prior.
        odds: shape (entries, fields). Odds that each field says, 0 where a side is unknown.
        kin: the same, for relatives.
        sum_bits: shape (MOST_KEPT,). For each of some records, the sum over others of clipped bits.
        sum_prior: the same shape.
        sum_odds: shape (MOST_KEPT, fields).
        sum_kin: the same shape.
        known: the same shape. Others whose value is known.
        few: shape (MOST_WEIGHED,). Members of a cluster.
        many: the same.
        others: the same.
        first: shape (MOST_KEPT,). The same.
        beside: the same shape. A record, and others that it is compared with.
        batch: of comparing.
    """

    level: NDArray[np.uint8]
    rarity: NDArray[np.float32]
    entry: NDArray[np.int64]
    bits: NDArray[np.float64]
    prior: NDArray[np.float64]
    odds: NDArray[np.float64]
    kin: NDArray[np.float64]
    sum_bits: NDArray[np.float64]
    sum_prior: NDArray[np.float64]
    sum_odds: NDArray[np.float64]
    sum_kin: NDArray[np.float64]
    known: NDArray[np.int64]
    few: NDArray[np.int32]
    many: NDArray[np.int32]
    others: NDArray[np.int32]
    first: NDArray[np.int32]
    beside: NDArray[np.int32]
    batch: Space


class Known(NamedTuple):
    """What is known of a component's pairs.

    Attributes:
        place: shape (n,). Place of each record in its component.
        kept: whether all of its pairs are in the room.
    """

    place: NDArray[np.int32]
    kept: bool


@kernel
def room(fields: int) -> Room:
    """Room for records of so many fields."""
    entries = MOST_KEPT * (MOST_KEPT - 1) // 2
    return Room(
        np.zeros((MOST_WEIGHED, fields), np.uint8),
        np.zeros((MOST_WEIGHED, fields), np.float32),
        np.zeros(MOST_WEIGHED, np.int64),
        np.zeros(entries),
        np.zeros(entries),
        np.zeros((entries, fields)),
        np.zeros((entries, fields)),
        np.zeros(MOST_KEPT),
        np.zeros(MOST_KEPT),
        np.zeros((MOST_KEPT, fields)),
        np.zeros((MOST_KEPT, fields)),
        np.zeros((MOST_KEPT, fields), np.int64),
        np.zeros(MOST_WEIGHED, np.int32),
        np.zeros(MOST_WEIGHED, np.int32),
        np.zeros(MOST_WEIGHED, np.int32),
        np.zeros(MOST_KEPT, np.int32),
        np.zeros(MOST_KEPT, np.int32),
        batch_space(),
    )


@inner
def keep_pairs(table: Table, rows: NDArray[np.int32], compared: int, space: Room) -> None:
    """Compare some records with those after them, and keep what they say by places.

    Args:
        table: what is compared.
        rows: shape (2 to MOST_KEPT,). The records.
        compared: how many of them, the first ones, are compared with all that come later; all but one for all pairs.
        space: room.
    """
    for one in range(compared):
        for at in range(len(rows) - one - 1):
            space.entry[at] = _entry(one, one + 1 + at)
        _weigh(table, rows[one], rows[one + 1 :], space)


@shared
def _keep_pairs(table: Table, rows: NDArray[np.int32], compared: int, space: Room) -> None:
    """As `keep_pairs`, for components too large to keep all pairs, which are few: compiled once for all calls."""
    keep_pairs(table, rows, compared, space)


@inner
def _entry(one: int, other: int) -> int:
    """Where a pair of places is kept: small components take the first entries."""
    low, high = min(one, other), max(one, other)
    return high * (high - 1) // 2 + low


@inner
def _weigh(table: Table, one: int, others: NDArray[np.int32], space: Room) -> None:
    """Compare a record with others and keep what each says in its entry."""
    weights, line = table.weights, table.codes.line
    compare_row(table.codes, one, others, space.level, space.rarity, space.batch)
    for at in range(len(others)):
        entry, level = space.entry[at], space.level[at]
        odds, kin = space.odds[entry], space.kin[entry]
        for_one, for_kin = field_bits(weights, level, space.rarity[at], odds, kin)
        for field in range(len(level)):
            if level[field] > 0:
                odds[field], kin[field] = np.exp2(odds[field]), np.exp2(kin[field])
        prior = prior_bits(weights, line, one, others[at])
        space.bits[entry], space.prior[entry] = pair_bits(weights.household, prior, for_one, for_kin), prior


@inner
def evidence(table: Table, few: NDArray[np.int32], many: NDArray[np.int32], known: Known, space: Room) -> float:
    """Weigh two clusters: the mean over all pairs, and the mean of one's records against the other's profile.

    A record's weight against a profile takes each field's value as one of the cluster's values drawn at random.
    """
    total, names, births = 0.0, (0.0, 0), (0.0, 0)
    for at in range(len(few)):
        total += _against(table, int(few[at]), many, known, table.merging, space)
        names, births = _with(names, GIVEN_FIELD, space), _with(births, DATE_FIELD, space)
    if names[0] <= UNLIKE_NAMES * names[1] and births[0] <= UNLIKE_BIRTHS * births[1] and births[1] > 1:
        total -= len(few) * CAMP_BITS * max(min(camps(table.codes, few, many), MOST_CAMP) - 1, 0)
    return float(total / len(few))


@inner
def _with(sums: tuple[float, int], field: int, space: Room) -> tuple[float, int]:
    """Sums of the odds that a field says of records against others, and of how many know it, with those just noted."""
    known = space.known[0, field]
    return (sums[0] + space.sum_odds[0, field] / known, sums[1] + 1) if known > 0 else sums


@inner
def _against(table: Table, one: int, many: NDArray[np.int32], known: Known, pooling: Pooling, space: Room) -> float:
    """Weigh a record against others."""
    if known.kept:
        for at in range(len(many)):
            space.entry[at] = _entry(int(known.place[one]), int(known.place[many[at]]))
    else:
        space.beside[0] = one
        for at in range(len(many)):
            space.beside[at + 1] = many[at]
        _keep_pairs(table, space.beside[: len(many) + 1], 1, space)
    _forget(1, space)
    for at in range(len(many)):
        _note(0, space.entry[at], pooling.clip, space)
    return _pooled(table.weights.household, 0, len(many), pooling, space)


@inner
def _forget(records: int, space: Room) -> None:
    """Begin the sums of some records anew."""
    space.sum_odds[:records], space.sum_kin[:records], space.known[:records] = 0.0, 0.0, 0
    space.sum_bits[:records], space.sum_prior[:records] = 0.0, 0.0


@inner
def _note(record: int, entry: int, clip: float, space: Room) -> None:
    """Add what a pair says to the sums of a record."""
    space.sum_bits[record] += min(max(space.bits[entry], -clip), clip)
    space.sum_prior[record] += space.prior[entry]
    odds, kin, known = space.sum_odds[record], space.sum_kin[record], space.known[record]
    pair_odds, pair_kin = space.odds[entry], space.kin[entry]
    for field in range(len(odds)):
        odds[field] += pair_odds[field]
        kin[field] += pair_kin[field]
        known[field] += pair_odds[field] > 0


@inner
def _pooled(household: float, record: int, others: int, pooling: Pooling, space: Room) -> float:
    """What is noted of a record and some others: the mean of the pairs, and the record against their profile."""
    if others == 1:
        return float(space.sum_bits[record])
    profile = _profile(household, record, others, pooling.clip, space)
    pairs = float(space.sum_bits[record]) / others
    return (1 - pooling.profile_share) * pairs + pooling.profile_share * profile


@inner
def _profile(household: float, record: int, others: int, clip: float, space: Room) -> float:
    """A record against the profile of the others, in clipped bits."""
    profile, kinship = space.sum_prior[record] / others, 0.0
    odds, kin, known = space.sum_odds[record], space.sum_kin[record], space.known[record]
    all_odds, all_kin = 1.0, 1.0
    for field in range(len(odds)):
        if known[field] > 0:
            all_odds *= odds[field] / known[field]
            all_kin *= kin[field] / known[field]
            if _extreme(all_odds) or _extreme(all_kin):
                profile, kinship = profile + np.log2(all_odds), kinship + np.log2(all_kin)
                all_odds, all_kin = 1.0, 1.0
    profile, kinship = profile + np.log2(all_odds), kinship + np.log2(all_kin)
    profile -= household_loss(household, kinship)
    return float(min(max(profile, -clip), clip))


@inner
def _extreme(odds: float) -> bool:
    """Whether odds leave hardly any room to be multiplied by more."""
    return odds < 2.0**-500 or odds > 2.0**500


@inner
def each_other(table: Table, rows: NDArray[np.int32], known: Known, space: Room, bits: NDArray[np.float64]) -> None:
    """Log-odds that each record of a cluster belongs to the rest of it.

    Args:
        table: what is compared.
        rows: the cluster's records in order of row, from 2 to MOST_KEPT.
        known: what is known of their component.
        space: room.
        bits: out, shape (n,).
    """
    count, belonging = len(rows), table.belonging
    if not known.kept:
        _keep_pairs(table, rows, len(rows) - 1, space)
    _forget(count, space)
    for other in range(1, count):
        high = int(known.place[rows[other]]) if known.kept else other
        for one in range(other):
            entry = _entry(int(known.place[rows[one]]) if known.kept else one, high)
            _note(one, entry, belonging.clip, space)
            _note(other, entry, belonging.clip, space)
    for one in range(count):
        bits[rows[one]] = _pooled(table.weights.household, one, count - 1, belonging, space)


@inner
def one_of_many(table: Table, row: int, first: NDArray[np.int32], known: Known, space: Room) -> float:
    """As `each_other`, for a record of a cluster above MOST_KEPT records, against the first of the others.

    Args:
        table: what is compared.
        row: the record.
        first: shape (MOST_KEPT,). The first records of the cluster.
        known: what is known of their component.
        space: room.
    """
    used = 0
    for other in first:
        if other != row and used < MOST_WEIGHED:
            space.others[used] = other
            used += 1
    return _against(table, row, space.others, known, table.belonging, space)
