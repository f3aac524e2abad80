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
from resolution.borrow import lent
from resolution.comparing.levels import FAMILY_FIELD, FIRST_FIELDS, GIVEN_FIELD, MOST_LEVELS, value_field
from resolution.compiled import inner
from resolution.contract import FieldModel, MatchModel
from resolution.encode.codes import Encoded

AGREES: Final = 6
"""Level of a name slot (typing error or better) from which the corrections for agreeing names hold."""
NEGLIGIBLE_BITS: Final = -30.0
"""Odds below these change a pair's bits by less than any digit that is kept."""


class Weights(NamedTuple):
    """Arrays over fields and levels; level 0, unknown, weighs 0 throughout.

    Attributes:
        bits: shape (4, fields, levels). log2(m / u) where no name, the given, the family, or both names agree.
        frequency: shape (fields, levels). How much of a value's rarity counts.
        usual: shape (fields, levels). Rarity that the bits already hold, log2.
        relative: shape (4, fields, levels). log2(r / u) of relatives.
        relative_frequency: shape (fields, levels). As `frequency`, for relatives.
        within: prior log-odds of pairs inside one source, in bits.
        across: the same between sources.
        household: log2 share of pairs that are relatives.
    """

    bits: NDArray[np.float64]
    frequency: NDArray[np.float64]
    usual: NDArray[np.float64]
    relative: NDArray[np.float64]
    relative_frequency: NDArray[np.float64]
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
    bits = _with_corrections(grid[0], grid[4], grid[5])
    shared = _with_corrections(grid[3], grid[4], grid[5])
    return Weights(
        bits=bits,
        frequency=grid[1],
        usual=grid[2],
        relative=np.where(own[:, None], np.log2(1 - common + common * np.exp2(bits)), shared),
        relative_frequency=np.where(own[:, None] & (grid[1] < 1), 0.0, grid[1]) * ~(own[:, None] & (common == 0)),
        within=model.within_bits,
        across=model.across_bits,
        household=model.household_bits,
    )


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
        grid[:6, place] = (
            level.bits,
            level.frequency,
            level.frequency_bits,
            relative,
            level.given_bits,
            level.family_bits,
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
            rarer = weights.usual[field, at] - rarity[field]
            match[field] = weights.bits[names, field, at] + weights.frequency[field, at] * rarer
            relative[field] = weights.relative[names, field, at] + weights.relative_frequency[field, at] * rarer
            all_match += match[field]
            all_relative += relative[field]
    return all_match, all_relative


@inner
def household_loss(household: float, relative: float) -> float:
    """What the odds of being relatives take off, log2(1 + 2^(household + relative)), at least 0."""
    odds = household + relative
    if odds < NEGLIGIBLE_BITS:
        return 0.0
    return odds if odds > 50.0 else np.log2(1.0 + 2.0**odds)


@inner
def pair_bits(household: float, prior: float, match: float, relative: float) -> float:
    """Log-odds that a pair is one person, in bits, from the sums of its fields' bits."""
    return prior + match - household_loss(household, relative)


@inner
def lent_weights(weights: Weights) -> Weights:
    """A model's weights for the time of one kernel's call."""
    return Weights(
        lent(weights.bits),
        lent(weights.frequency),
        lent(weights.usual),
        lent(weights.relative),
        lent(weights.relative_frequency),
        weights.within,
        weights.across,
        weights.household,
    )
