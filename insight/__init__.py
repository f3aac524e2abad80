"""Segments, journeys, personas and care gaps: pure functions of the lake's tables."""

from insight.care.contract import CareSettings

__all__ = ["CareSettings"]
