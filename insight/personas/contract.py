"""What personas are made from, and what is found: personas, or the reason why there are none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]
TYPE_SHARE: Final = "share of type "
CHANNEL_SHARE: Final = "share of channel "
"""How the names of features begin that say which part of what people did was of one type, or in one channel."""
Block = Literal["activity", "types", "channels", "readings", "answers", "profile"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One input column.

    Attributes:
        name: such as `share of channel web`.
        block: columns of one block together weigh as much as any other block.
        high: what a marketer calls people with much of it.
        low: what a marketer calls people with little of it.
        shape: how it is straightened before standardising: `log` for counts, days and money, `root` for shares.
    """

    name: str
    block: Block
    high: str
    low: str
    shape: Literal["log", "root", "plain"] = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureTable:
    """Everybody's features.

    Attributes:
        entity_ids: shape (people,), in order.
        features: what each column is.
        values: shape (people, features), as measured; NaN where not known.
    """

    entity_ids: Sequence[str]
    features: tuple[Feature, ...]
    values: Matrix


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonaOptions:
    """How personas are sought; the defaults are the definition of "stable" that the documentation gives.

    Attributes:
        fewest: smallest number of personas tried.
        most: largest number tried.
        least_people: with fewer people no personas are sought.
        least_share: the smallest persona's share of people.
        samples: bootstrap samples.
        least_agreement: mean adjusted Rand index over the samples.
        one_column: a persona that a threshold on one column gives with this F1 or more is merely that column.
        sample_size: people in each bootstrap sample, at most, so that cost stays bounded: above it the samples are
            smaller than the table, which makes them differ more and tends to make the check stricter.
        least_strength: mean prediction strength that a number of personas must have, 0 to 1.
        halvings: how often a sample is halved to measure it.
    """

    fewest: int = 2
    most: int = 8
    least_people: int = 100
    least_share: float = 0.02
    samples: int = 20
    least_agreement: float = 0.8
    one_column: float = 0.98
    sample_size: int = 6000
    least_strength: float = 0.8
    halvings: int = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Personas:
    """Stable personas.

    Attributes:
        personas: in the schema of `lake.tables.PERSONAS`, largest first.
        members: in the schema of `lake.tables.PERSONA_MEMBERS`, by person.
    """

    personas: pa.Table
    members: pa.Table


@dataclass(frozen=True, slots=True, kw_only=True)
class NoPersonas:
    """There are no stable personas; the reason is a sentence."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clustering:
    """A partition of people that passed every check.

    Attributes:
        labels: shape (people,), 0 … k-1.
        centres: shape (k, features), in the weighed space.
        distances: shape (people,), to the own centre there.
        agreement: mean adjusted Rand index over the bootstrap samples.
    """

    labels: Labels
    centres: Matrix
    distances: Matrix
    agreement: float
