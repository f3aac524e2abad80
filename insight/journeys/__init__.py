"""Journeys: touchpoints in order, sessions, paths, funnels and the flow between steps."""

from insight.journeys.contract import FunnelOptions, JourneyOptions
from insight.journeys.funnels import funnel
from insight.journeys.paths import flow, sessions, steps, top_paths
from insight.journeys.touchpoints import touchpoints

__all__ = ["FunnelOptions", "JourneyOptions", "flow", "funnel", "sessions", "steps", "top_paths", "touchpoints"]
