"""What sets a persona apart, and a name for it made of its strongest traits."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from insight.personas.contract import Feature, FeatureTable, Labels, Matrix

TRAITS: Final = 5
WORDS: Final = 2
NOTABLE: Final = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Trait:
    """One feature in which a persona differs.

    Attributes:
        feature: its name.
        says: in a marketer's words.
        mean: over the persona's people of whom it is known.
        overall: over all people of whom it is known.
        lift: mean / overall; 1 where overall is 0.
        strength: the difference in standard deviations over all people, either way, times the share of people of
            whom it is known: what few people have says little about a persona.
        theme: what it is about; a name speaks of two themes where it can.
    """

    feature: str
    says: str
    mean: float
    overall: float
    lift: float
    strength: float
    theme: str


def traits_of(table: FeatureTable, labels: Labels, number: int) -> tuple[tuple[Trait, ...], ...]:
    """The traits of each persona, strongest first, ties in the order of features; at least one each."""
    overall = _mean(table.values)
    spread = _spread(table.values, overall)
    return tuple(_traits(table, _mean(table.values[labels == label]), overall, spread) for label in range(number))


def names_of(traits: tuple[tuple[Trait, ...], ...]) -> tuple[str, ...]:
    """A name for each persona: its strongest traits of two themes, and as many more as make it unique."""
    names: list[str] = []
    for own in map(_two_themes_first, traits):
        choices = [_name(own[:count]) for count in range(WORDS, len(own) + 1)] or [_name(own)]
        fresh = next((name for name in choices if name not in names), None)
        names.append(fresh or f"{choices[-1]} ({len(names) + 1})")
    return tuple(names)


def _traits(table: FeatureTable, mean: Matrix, overall: Matrix, spread: Matrix) -> tuple[Trait, ...]:
    known = (~np.isnan(table.values)).mean(axis=0)
    strength: Matrix = known * np.abs(mean - overall) / np.where(spread > 1e-12, spread, np.inf)
    order: list[int] = np.argsort(-np.round(strength, 9), kind="stable")[:TRAITS].tolist()
    kept = [place for rank, place in enumerate(order) if rank == 0 or strength[place] >= NOTABLE]
    return tuple(
        _trait(table.features[place], float(mean[place]), float(overall[place]), float(strength[place]))
        for place in kept
    )


def _trait(feature: Feature, mean: float, overall: float, strength: float) -> Trait:
    return Trait(
        feature=feature.name,
        says=feature.high if mean >= overall else feature.low,
        mean=mean,
        overall=overall,
        lift=mean / overall if overall else 1.0,
        strength=strength,
        theme="doings" if feature.block in ("types", "channels") else feature.block,
    )


def _two_themes_first(traits: tuple[Trait, ...]) -> tuple[Trait, ...]:
    """The strongest trait, then the strongest of another theme, then the others by strength."""
    other = next((trait for trait in traits if trait.theme != traits[0].theme), None)
    return traits if other is None else (traits[0], other, *[trait for trait in traits[1:] if trait is not other])


def _name(traits: tuple[Trait, ...]) -> str:
    said = ", ".join(trait.says for trait in traits)
    return said[:1].upper() + said[1:]


def _mean(values: Matrix) -> Matrix:
    """Mean of each column over its known values; 0 where nothing is known."""
    known = ~np.isnan(values)
    mean: Matrix = np.where(known, values, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    return mean


def _spread(values: Matrix, mean: Matrix) -> Matrix:
    """Standard deviation of each column over its known values; 0 where nothing is known."""
    known = ~np.isnan(values)
    squares = np.where(known, values - mean, 0.0) ** 2
    spread: Matrix = np.sqrt(squares.sum(axis=0) / np.maximum(known.sum(axis=0), 1))
    return spread
