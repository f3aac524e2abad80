"""A source's rows become records and events with provenance."""

from ingest.contract import (
    Batch,
    ColumnKind,
    IngestContext,
    Ingested,
    People,
    PeopleOptions,
    Proposal,
    Source,
    SourceSettings,
    WhoSettings,
)
from ingest.kinds import detect_kinds
from ingest.read import read_people
from ingest.run import ingest

__all__ = [
    "Batch",
    "ColumnKind",
    "IngestContext",
    "Ingested",
    "People",
    "PeopleOptions",
    "Proposal",
    "Source",
    "SourceSettings",
    "WhoSettings",
    "detect_kinds",
    "ingest",
    "read_people",
]
