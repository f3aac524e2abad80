"""Which journeys the demo shows: the ways through a day or two that most people took, and one funnel."""

from typing import Final

import duckdb

from api.demo.findings import FunnelStep, Way
from insight.journeys import FunnelOptions, JourneyOptions, funnel, top_paths

TYPES: Final = ("message_opened", "message_clicked", "view", "order", "visit", "condition", "medication", "observation")
CAMPAIGN: Final = ("message_opened", "message_clicked", "view", "order")
DAY_S: Final = 86_400.0
SHOWN: Final = 8


def top_ways(lake: duckdb.DuckDBPyConnection) -> tuple[Way, ...]:
    """The most frequent ways of two steps and more, pauses of a day apart."""
    options = JourneyOptions(types=TYPES, session_gap_s=DAY_S, collapse=True)
    paths = top_paths(lake, options, length=6, limit=80, of="session").select(["path", "people"]).to_pylist()
    ways = [
        Way(steps=" → ".join(map(spoken, row["path"])), people=row["people"]) for row in paths if len(row["path"]) > 1
    ]
    return tuple(ways[:SHOWN])


def campaign_funnel(lake: duckdb.DuckDBPyConnection) -> tuple[FunnelStep, ...]:
    """How many people go from an opened message to an order within two days."""
    table = funnel(lake, CAMPAIGN, JourneyOptions(types=CAMPAIGN), FunnelOptions(within_s=2 * DAY_S))
    return tuple(
        FunnelStep(step=spoken(row["step"]), people=row["people"], share=row["share_of_first"] or 0.0)
        for row in table.to_pylist()
    )


def spoken(step: str) -> str:
    """A step as people say it."""
    return step.replace("_", " ")
