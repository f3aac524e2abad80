"""Personas: stable kinds of people by behaviour and profile, or the reason why there are none."""

from insight.personas.clustering import likeness
from insight.personas.contract import (
    CHANNEL_SHARE,
    TYPE_SHARE,
    Feature,
    FeatureTable,
    NoPersonas,
    PersonaOptions,
    Personas,
)
from insight.personas.features import read_features
from insight.personas.finding import find_personas, personas_of
from insight.personas.plane import on_a_plane

__all__ = [
    "CHANNEL_SHARE",
    "TYPE_SHARE",
    "Feature",
    "FeatureTable",
    "NoPersonas",
    "PersonaOptions",
    "Personas",
    "find_personas",
    "likeness",
    "on_a_plane",
    "personas_of",
    "read_features",
]
