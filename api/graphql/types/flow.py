"""How people go from step to step: transitions, paths and funnels, as counts of many."""

from collections.abc import Callable, Hashable
from datetime import datetime
from enum import Enum
from typing import Any, Final

import duckdb
import pyarrow as pa
import strawberry

from api.graphql.context import Request
from api.graphql.described import described
from api.graphql.types.page import bounded_first
from core.errors import BadInputError
from insight.journeys import FunnelOptions, JourneyOptions, flow, funnel, top_paths

LONGEST_PATH: Final = 20
FOREVER_S: Final = 1e12

Count = Callable[[duckdb.DuckDBPyConnection, JourneyOptions], pa.Table]


@strawberry.enum(description="What a step is called.")
class StepName(Enum):
    """What a step is called."""

    TYPE = "type"
    ABOUT = "about"
    TYPE_ABOUT = "type_about"
    CHANNEL = "channel"


@strawberry.enum(description="How the steps of a funnel must follow each other.")
class FunnelOrder(Enum):
    """How the steps of a funnel must follow each other."""

    STRICT = "strict"
    SEQUENTIAL = "sequential"
    ANY = "any"


@strawberry.input(description="Which touchpoints of whose journeys.")
class JourneyFilter:
    """Which touchpoints of whose journeys."""

    step: StepName = StepName.TYPE
    types: list[str] | None = strawberry.field(default=None, description="Only events of these types.")
    channels: list[str] | None = None
    since: datetime | None = None
    until: datetime | None = None
    segment: strawberry.ID | None = strawberry.field(default=None, description="Only people of this segment.")


@strawberry.type(description="How often people go from one step to the next.")
class Transition:
    """How often people go from one step to the next."""

    from_step: str | None = strawberry.field(description="Null where journeys begin.")
    to_step: str | None = strawberry.field(description="Null where journeys end.")
    transitions: int
    people: int
    share: float = strawberry.field(description="Of all transitions that leave the step, 0 to 1.")
    median_s: float | None
    mean_s: float | None
    mean_cost: float | None = strawberry.field(description="Of what is reached, in the workspace's currency.")


@strawberry.type(description="A frequent beginning of journeys.")
class Path:
    """A frequent beginning of journeys."""

    steps: list[str]
    journeys: int
    people: int
    share: float
    median_s: float | None
    mean_cost: float | None


@strawberry.type(description="One step of a funnel.")
class FunnelStep:
    """One step of a funnel."""

    step: str
    people: int
    share_of_first: float | None
    share_of_previous: float | None
    median_s: float | None = strawberry.field(description="Since the step before, in seconds.")


@strawberry.type(description="How people go from step to step.")
class Journeys:
    """How people go from step to step; numbers of fewer people than `least` are left out."""

    snapshot: str
    request: strawberry.Private[Request]
    options: strawberry.Private[JourneyOptions | None]
    least: strawberry.Private[int]
    money: strawberry.Private[bool]

    @described("Transitions, most frequent first: the edges of a process map.")
    def flow(self, first: int = 50) -> list[Transition]:
        """Transitions, most frequent first."""
        bounded_first(first, self.request.engine.limits.page)
        rows = self._counted("flow", lambda lake, options: flow(lake, options, limit=first), first)
        return [
            Transition(
                from_step=row["from_step"],
                to_step=row["to_step"],
                transitions=row["transitions"],
                people=row["people"],
                share=row["share"],
                median_s=row["median_s"],
                mean_s=row["mean_s"],
                mean_cost=row["mean_cost"] if self.money else None,
            )
            for row in rows
        ]

    @described("Frequent beginnings of journeys, most frequent first.")
    def paths(self, first: int = 20, length: int = 5) -> list[Path]:
        """Frequent beginnings of journeys."""
        bounded_first(first, self.request.engine.limits.page)
        if not 1 <= length <= LONGEST_PATH:
            raise BadInputError("`length` is out of bounds.", remedy=f"Ask for 1 to {LONGEST_PATH} steps.")
        rows = self._counted(
            "paths", lambda lake, options: top_paths(lake, options, length=length, limit=first), length, first
        )
        return [
            Path(
                steps=row["path"],
                journeys=row["journeys"],
                people=row["people"],
                share=row["share"],
                median_s=row["median_s"],
                mean_cost=row["mean_cost"] if self.money else None,
            )
            for row in rows
        ]

    @described("How many people reach each of these steps after the ones before it.")
    def funnel(
        self, steps: list[str], order: FunnelOrder = FunnelOrder.SEQUENTIAL, within_s: float | None = None
    ) -> list[FunnelStep]:
        """How many people reach each of these steps."""
        if within_s is not None and not 0 < within_s < FOREVER_S:
            raise BadInputError("`withinS` is out of bounds.", remedy="Give a number of seconds above 0.")
        how = FunnelOptions(order=order.value, within_s=within_s)
        rows = self._counted("funnel", lambda lake, options: funnel(lake, steps, options, how), tuple(steps), how)
        return [
            FunnelStep(
                step=row["step"],
                people=row["people"],
                share_of_first=row["share_of_first"],
                share_of_previous=row["share_of_previous"],
                median_s=row["median_s"],
            )
            for row in rows
        ]

    def _counted(self, what: str, count: Count, *asked: Hashable) -> list[dict[str, Any]]:
        """The rows that may be shown; what was counted in this snapshot before is not counted again."""
        options = self.options
        if options is None:
            return []
        table = self.request.engine.flows.answer(
            (self.snapshot, options, what, *asked), lambda: count(self.request.connection(), options)
        )
        return [row for row in table.to_pylist() if row["people"] >= self.least]
