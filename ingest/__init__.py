"""A source's rows become records and events with provenance."""

from ingest.contract import ColumnKind, IngestContext, Ingested, People, PeopleOptions, Proposal, SourceSettings
from ingest.kinds import detect_kinds
from ingest.read import read_people

__all__ = [
    "ColumnKind",
    "IngestContext",
    "Ingested",
    "People",
    "PeopleOptions",
    "Proposal",
    "SourceSettings",
    "detect_kinds",
    "read_people",
]
