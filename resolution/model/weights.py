"""Match weights of a model as arrays, and the bits of a pair.

A level's weight is log2(m / u), less what the agreeing value's frequency exceeds the usual by (term frequency), plus a
correction where the names agree. A pair of relatives agrees on shared fields without being one person: its odds are
taken off the pair's own, log2(1 + household odds).

Source: Fellegi and Sunter (1969), A Theory for Record Linkage, JASA 64(328), 1183-1210.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.errors import BadInputError
from resolution.comparing.levels import FAMILY_FIELD, FIRST_FIELDS, GIVEN_FIELD, MOST_LEVELS, NAMES, value_field
from resolution.compiled import inner
from resolution.contract import FieldModel, MatchModel
from resolution.encode.codes import AT_SOURCE, Encoded

AGREES: Final = 6
"""Level of a name slot (typing error or better) from which the corrections for agreeing names hold."""
MOVED: Final = (3, 5)
"""Levels of a given name in another slot: where relatives meet whose family name one record has swapped."""
NEGLIGIBLE_BITS: Final = -30.0
"""Odds below these change a pair's bits by less than any digit that is kept."""


BITS, RELATIVE, FREQUENCY, RELATIVE_FREQUENCY, USUAL = range(5)
"""Columns of `Weights.says`."""


class Weights(NamedTuple):
    """What each level of each field says; level 0, unknown, says nothing.

    Attributes:
        says: shape (4, fields, levels, 5), by which names agree: none, the given, the family, or both. What a pair
            needs of one level stands side by side: BITS log2(m / u); RELATIVE log2(r / u) of relatives; FREQUENCY how
            much of a value's rarity counts; RELATIVE_FREQUENCY the same for relatives; USUAL the rarity that the bits
            already hold, log2.
        most: shape (fields, levels). The largest BITS, whichever names agree.
        plain: the most that an agreeing name says where its rarity does not count.
        half: the same where half of its rarity counts, for a value that every record has.
        rare: the same where all of it counts.
        within: prior log-odds of pairs inside one source, in bits.
        across: the same between sources.
        household: log2 share of pairs that are relatives.
    """

    says: NDArray[np.float64]
    most: NDArray[np.float64]
    plain: float
    half: float
    rare: float
    within: float
    across: float
    household: float


def field_names(encoded: Encoded) -> tuple[str, ...]:
    """Names of the compared fields, in the order of every level array."""
    return (*(shape.name for shape in FIRST_FIELDS), *(kind.name for kind in encoded.kinds))


def model_weights(model: MatchModel, encoded: Encoded) -> Weights:
    """Lay a model out for a coded table; kinds of values that the model does not know weigh nothing.

    Raises:
        BadInputError: the model's levels are not those of this version.
    """
    known = {field.name: field for field in model.fields}
    names = field_names(encoded)
    grid = np.zeros((7, len(names), MOST_LEVELS))
    own = np.zeros(len(names), np.bool_)
    common = np.zeros((len(names), 1))
    for place, name in enumerate(names):
        if name in known:
            own[place], common[place] = known[name].role == "person", known[name].common
            _fill(grid[:, place], known[name])
    moved = np.log2(np.where(grid[6] > 0, grid[6], 1.0))
    bits = _with_corrections(grid[0], grid[4], grid[5])
    shared = _with_corrections(grid[3], grid[4], grid[5])
    relative = np.where(own[:, None], np.log2(1 - common + common * np.exp2(bits)) + moved, shared)
    kin = np.where(own[:, None] & (grid[1] < 1), 0.0, grid[1]) * ~(own[:, None] & (common == 0))
    columns = np.broadcast_arrays(bits, relative, grid[1], kin, grid[2])
    most = bits.max(axis=0)
    unscaled = (most + grid[1] * grid[2])[:NAMES]
    plain, half, rare = (float(unscaled[grid[1][:NAMES] == share].max(initial=0.0)) for share in (0.0, 0.5, 1.0))
    return Weights(
        says=np.ascontiguousarray(np.stack(columns, axis=-1)),
        most=most,
        plain=plain,
        half=half,
        rare=rare,
        within=model.within_bits,
        across=model.across_bits,
        household=model.household_bits,
    )


def relatives_own(m: NDArray[np.float64], u: NDArray[np.float64], common: NDArray[np.float64]) -> NDArray[np.float64]:
    """How often relatives are at each level of a person's own fields.

    Args:
        m: shape (fields, levels). Shares among pairs of one person.
        u: shape (fields, levels). Shares among strangers.
        common: shape (fields,). How often relatives have a person's own value in common.

    Returns:
        Shape (fields, levels): (1 - common) u + common m, but given names that have moved are as frequent as in one
        person's pairs, for it is the family name that moves.
    """
    mixed = (1 - common[:, None]) * u + common[:, None] * m
    mixed[GIVEN_FIELD] = with_moved(mixed[GIVEN_FIELD], m[GIVEN_FIELD])
    return mixed


def with_moved(shares: NDArray[np.float64], moved: NDArray[np.float64]) -> NDArray[np.float64]:
    """Level shares of a name field, level 0 first, those of MOVED from elsewhere and the others in proportion."""
    away = np.isin(np.arange(len(shares)), MOVED)
    rest = np.where(away, 0.0, shares) * (1 - moved[away].sum()) / (1 - shares[away].sum())
    return np.asarray(np.where(away, moved, rest), np.float64)


def _fill(grid: NDArray[np.float64], field: FieldModel) -> None:
    shape = next((first for first in FIRST_FIELDS if first.name == field.name), None) or value_field(
        field.name, shared=False
    )
    if [level.name for level in field.levels] != [level.name for level in shape.levels]:
        raise BadInputError(
            f"The model's levels of {field.name} are not known here.",
            remedy="Train the model with this version.",
            field=field.name,
        )
    for place, level in enumerate(field.levels, start=1):
        relative = np.log2(level.relative / level.u)
        mixed = (1 - field.common) * level.u + field.common * level.m
        grid[:, place] = (
            level.bits,
            level.frequency,
            level.frequency_bits,
            relative,
            level.given_bits,
            level.family_bits,
            level.relative / mixed,
        )


def _with_corrections(
    bits: NDArray[np.float64], given: NDArray[np.float64], family: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Four tables: no name agrees, given, family, both (then the stronger correction)."""
    return np.stack([bits, bits + given, bits + family, bits + np.minimum(given, family)])


@inner
def agreement(level: NDArray[np.uint8]) -> int:
    """Which names agree: 0 none, 1 given, 2 family, 3 both."""
    return int(level[GIVEN_FIELD] >= AGREES) + 2 * int(level[FAMILY_FIELD] >= AGREES)


@inner
def field_bits(
    weights: Weights,
    level: NDArray[np.uint8],
    rarity: NDArray[np.float32],
    match: NDArray[np.float64],
    relative: NDArray[np.float64],
) -> tuple[float, float]:
    """Bits of every field, for one person against strangers and for relatives against strangers.

    Args:
        weights: the model.
        level: shape (fields,).
        rarity: shape (fields,).
        match: out, shape (fields,).
        relative: out, shape (fields,).

    Returns:
        The sums of both.
    """
    names, all_match, all_relative = agreement(level), 0.0, 0.0
    for field in range(len(level)):
        at = level[field]
        match[field], relative[field] = 0.0, 0.0
        if at > 0:
            match[field], relative[field] = _level_bits(weights.says[names, field, at], rarity[field])
            all_match += match[field]
            all_relative += relative[field]
    return all_match, all_relative


@inner
def summed_bits(weights: Weights, level: NDArray[np.uint8], rarity: NDArray[np.float32]) -> tuple[float, float]:
    """The sums of `field_bits`, which are all that most pairs are asked for."""
    names, all_match, all_relative = agreement(level), 0.0, 0.0
    for field in range(len(level)):
        at = level[field]
        if at > 0:
            match, relative = _level_bits(weights.says[names, field, at], rarity[field])
            all_match += match
            all_relative += relative
    return all_match, all_relative


@inner
def _level_bits(says: NDArray[np.float64], rarity: float) -> tuple[float, float]:
    """Bits of one level, for one person and for relatives."""
    rarer = says[USUAL] - rarity
    return says[BITS] + says[FREQUENCY] * rarer, says[RELATIVE] + says[RELATIVE_FREQUENCY] * rarer


@inner
def household_loss(household: float, relative: float) -> float:
    """What the odds of being relatives take off, log2(1 + 2^(household + relative)), at least 0."""
    odds = household + relative
    if odds < NEGLIGIBLE_BITS:
        return 0.0
    return odds if odds > 50.0 else np.log2(1.0 + 2.0**odds)


@inner
def prior_bits(weights: Weights, line: NDArray[np.int32], one: int, other: int) -> float:
    """Prior log-odds of two records, in bits: those of one source or of two.

    Args:
        weights: the model.
        line: the records' lines, as of `encode.codes.Codes`.
        one: a row.
        other: another.
    """
    return weights.within if line[one, AT_SOURCE] == line[other, AT_SOURCE] else weights.across


@inner
def pair_bits(household: float, prior: float, match: float, relative: float) -> float:
    """Log-odds that a pair is one person, in bits, from the sums of its fields' bits."""
    return prior + match - household_loss(household, relative)
