"""What the demo found, for people to read: numbers and a few masked examples. Shapes only."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from resolution.evaluation import Agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCount:
    """What one source gave: records and events, rows set aside, and problems in rows that were kept."""

    source: str
    records: int
    events: int
    rejects: int
    problems: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong with rows of a file: how many such rows there were, and whether they were kept."""

    file: str
    reason: str
    rows: int
    kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One thing a person did."""

    day: str
    type: str
    about: str
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDown:
    """How one source has the person down, masked as a marketer sees it."""

    source: str
    name: str
    born: str
    email: str
    phone: str
    city: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One person: the records that turned out to be theirs, and what they did last."""

    entity_id: str
    records: tuple[WrittenDown, ...]
    moments: tuple[Moment, ...]
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A segment or a persona: its name, how many people, and what it is."""

    name: str
    people: int
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way many people went, step by step."""

    steps: str
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelStep:
    """How many people got to a step, and what share that is of those at the first."""

    step: str
    people: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Everything the summary shows.

    Attributes:
        sources: by source, in the order of c360.toml.
        problems: what was wrong with rows, most frequent first.
        records: records about people, anonymous ones left out.
        people: people found among them.
        anonymous: browsers and wearables nobody has claimed.
        claimed: events made by a device before its owner was written down, and now theirs.
        agreement: how right the people are, against the generator's truth.
        household: size of the largest household in the graph, and its city.
        story: one person.
        segments: by name.
        personas: largest first; empty with `no_personas` as the reason.
        no_personas: why there are none, or "".
        persona_agreement: adjusted Rand index of personas with the planted behaviours, None without personas.
        journeys: most people first.
        funnel: from an opened message to an order.
        places: what is where: label to path.
        seconds: wall time by stage.
    """

    sources: tuple[SourceCount, ...]
    problems: tuple[Problem, ...]
    records: int
    people: int
    anonymous: int
    claimed: int
    agreement: Agreement
    household: tuple[int, str]
    story: Story
    segments: tuple[Group, ...]
    personas: tuple[Group, ...]
    no_personas: str
    persona_agreement: float | None
    journeys: tuple[Way, ...]
    funnel: tuple[FunnelStep, ...]
    places: Mapping[str, Path]
    seconds: Mapping[str, float]
