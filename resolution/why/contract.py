"""Explanations as values: of a pair, and of an entity."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one field says of a pair.

    Attributes:
        field: the field; `prior` is what holds before any field is read.
        level: how the two values agree.
        bits: above zero speaks for one person, below against.
        left: what the left record holds there; empty where values were not asked for.
        right: what the right record holds there.
        holders: how many records hold the rarest value that both do; None when they share none.
    """

    field: str
    level: str
    bits: float
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    holders: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PairWhy:
    """Why two records are judged as they are.

    Attributes:
        left: record id, the smaller of the two.
        right: record id.
        probability: that both are one person, 0 to 1.
        weight_bits: log-odds of the same; the contributions add up to it.
        contributions: field by field, as they were weighed.
        rule: the blocking rule that proposed the pair; "" when it was asked for.
        origin: model, rule or steward.
        records: how many records `holders` were counted among; 0 where values were not asked for.
    """

    left: str
    right: str
    probability: float
    weight_bits: float
    contributions: tuple[Contribution, ...]
    rule: str = ""
    origin: str = "model"
    records: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond:
    """A link that holds an entity together."""

    left: str
    right: str
    weight_bits: float
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WeakestBond:
    """The cheapest way to break an entity in two.

    Attributes:
        links: the links that would have to go; a single one is a bridge.
        weight_bits: what they weigh together.
        apart: records that would fall off, the smaller side (ties: the side without the first record).
    """

    links: tuple[Bond, ...]
    weight_bits: float
    apart: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityWhy:
    """What holds an entity together, and what would break it.

    Attributes:
        entity_id: the entity.
        members: record ids, sorted.
        links: links among the members.
        evidence: the fewest, strongest links that join the members; strongest first.
        weakest: the cheapest break; None for one record, or when links alone do not join the members.
        parts: groups of members that links alone join; more than one when the pooled profiles joined them.
    """

    entity_id: str
    members: tuple[str, ...]
    links: int
    evidence: tuple[Bond, ...]
    weakest: WeakestBond | None
    parts: int
