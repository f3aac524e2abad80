"""Segments: a typed definition with one meaning in SQL, in Gremlin and on one person's facts."""

from insight.segments.definition import (
    Confidence,
    Consent,
    Definition,
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
from insight.segments.membership import Preview, Saved, maintained, members, preview
from insight.segments.reading import dump, inline, parse, walk
from insight.segments.sentences import sentence
from insight.segments.sql import to_sql

__all__ = [
    "FIELDS",
    "Confidence",
    "Consent",
    "Definition",
    "EventFilter",
    "Preview",
    "Profile",
    "Reading",
    "Related",
    "Saved",
    "Total",
    "dump",
    "explain",
    "facts_of",
    "holds",
    "inline",
    "maintained",
    "members",
    "parse",
    "preview",
    "sentence",
    "to_gremlin",
    "to_sql",
    "walk",
]
