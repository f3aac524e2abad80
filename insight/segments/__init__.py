"""Segments: a typed definition with one meaning in SQL, in Gremlin and on one person's facts."""

from insight.segments.definition import (
    Confidence,
    Consent,
    Definition,
    Event,
    EventFilter,
    Profile,
    Reading,
    Related,
    Total,
)
from insight.segments.evaluate import explain, holds
from insight.segments.facts import facts_of
from insight.segments.fields import FIELDS
from insight.segments.gremlin import to_gremlin
from insight.segments.membership import Preview, Saved, fitted_segments, maintained, members, preview
from insight.segments.reading import dump, inline, parse, segment_called, walk
from insight.segments.sentences import sentence
from insight.segments.spelling import Fitted, Unheard
from insight.segments.sql import to_sql
from insight.segments.vocabulary import fitted

__all__ = [
    "FIELDS",
    "Confidence",
    "Consent",
    "Definition",
    "Event",
    "EventFilter",
    "Fitted",
    "Preview",
    "Profile",
    "Reading",
    "Related",
    "Saved",
    "Total",
    "Unheard",
    "dump",
    "explain",
    "facts_of",
    "fitted",
    "fitted_segments",
    "holds",
    "inline",
    "maintained",
    "members",
    "parse",
    "preview",
    "segment_called",
    "sentence",
    "to_gremlin",
    "to_sql",
    "walk",
]
