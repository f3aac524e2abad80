"""What insight hands on: SQL ready to run, a person's facts, and why somebody is in a segment or not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

FEWEST: Final = 5
"""People who share what is told of them together; fewer could be told apart."""

Parameter = str | int | float | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sql:
    """A query of the lake's views with its values apart: no value ever stands in the text.

    Attributes:
        text: one SELECT for DuckDB, with a `?` for each parameter.
        parameters: the values, in the order of their places.
    """

    text: str
    parameters: tuple[Parameter, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FactEvent:
    """One event of one person, as segments see it; `at_ms` is epoch milliseconds."""

    event_id: str
    type: str
    at_ms: int
    about: str | None = None
    channel: str | None = None
    value: float | None = None
    cost: float | None = None
    question: str | None = None
    response: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that a segment definition may ask about one person.

    Attributes:
        entity_id: the person.
        profile: the known fields of `segments.fields`, by name; `age` is derived and never here.
        confidence: that the records are all of one person, 0 to 1.
        events: every event, by time, then id.
        segments: names of the segments the person is in.
    """

    entity_id: str
    profile: Mapping[str, Parameter]
    confidence: float
    events: tuple[FactEvent, ...] = ()
    segments: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One condition of a definition, held against one person.

    Attributes:
        path: its place in the tree, such as `of[1]`.
        says: the condition as a sentence.
        holds: whether it does.
        found: what the facts show instead of, or for, it.
        negated: whether it stands under `not`, so that not to hold speaks for being in the segment.
    """

    path: str
    says: str
    holds: bool
    found: str
    negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a person is in a segment, or not.

    Attributes:
        inside: whether the person is in.
        reasons: every condition, in the order of the tree.
        nearest_miss: the fewest conditions whose change would turn the verdict; the first such in the tree's order.
    """

    inside: bool
    reasons: tuple[Reason, ...]
    nearest_miss: tuple[Reason, ...]
