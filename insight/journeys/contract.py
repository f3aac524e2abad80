"""What a question about journeys may fix: whose, which touchpoints, and what counts as a step."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from insight.contract import Sql

HALF_AN_HOUR_S: Final = 1800.0


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyOptions:
    """Which touchpoints make the journeys.

    Attributes:
        step: what a touchpoint is called: its `type`, what it is `about` (else its type), `type_about` (`order: mat`),
            or its `channel` (else its type).
        types: only events of these types; none means all.
        channels: only events through these channels; none means all.
        since: from this instant.
        until: before this instant.
        people: a query of one column `entity_id` that says whose journeys; none means everybody's.
        session_gap_s: a longer pause than this, in seconds, begins a new session.
        collapse: whether several touchpoints of one step in a row, within one session, count as one, the first.
    """

    step: Literal["type", "about", "type_about", "channel"] = "type"
    types: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    people: Sql | None = None
    session_gap_s: float = HALF_AN_HOUR_S
    collapse: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelOptions:
    """How the steps of a funnel must follow each other.

    Attributes:
        order: `strict`: with nothing between them; `sequential`: in this order, with anything between them;
            `any`: in any order.
        within_s: all of them within so many seconds; none means ever.
    """

    order: Literal["strict", "sequential", "any"] = "sequential"
    within_s: float | None = None
