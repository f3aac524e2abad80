"""Rows that answers are made from, before policy: what the lake and the graph say of people and their events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

Parameter = str | int | float | bool | datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """SQL and the values of its `?`."""

    text: str
    parameters: tuple[Parameter | Sequence[str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One person's golden profile."""

    id: str
    is_customer: bool
    is_patient: bool
    confidence: float
    records: int
    first_seen: datetime | None
    given_name: str | None = None
    middle_name: str | None = None
    family_name: str | None = None
    suffix: str | None = None
    birth_date: str | None = None
    sex: str | None = None
    email: str | None = None
    phone: str | None = None
    city: str | None = None
    region: str | None = None
    postcode: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """One member of a household."""

    id: str
    given_name: str | None
    family_name: str | None
    birth_year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdRow:
    """One household and its members, by id."""

    id: str
    city: str | None
    postcode: str | None
    members: tuple[MemberRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One event of one person."""

    id: str
    type: str
    at: datetime
    channel: str | None = None
    about: str | None = None
    value: float | None = None
    cost: float | None = None
    unit: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRow:
    """The newest reading of one measure of one person."""

    measure: str
    value: float | None
    unit: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionRow:
    """One condition of one person, since its first mention."""

    name: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """Evidence that two records are of one person; contributions are (field, level, bits), as they were weighed."""

    left: str
    right: str
    probability: float
    weight_bits: float
    rule: str | None
    origin: str | None
    contributions: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifierRow:
    """One identifier, without its value."""

    id: str
    system: str
    shared: bool
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityRow:
    """One source record of a person, and the identifiers it bears."""

    record: str
    source: str
    kind: str | None
    observed_at: datetime | None
    identifiers: tuple[IdentifierRow, ...]
