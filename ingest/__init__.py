"""A source's rows become records and events with provenance."""

from ingest.contract import (
    Batch,
    ColumnKind,
    IngestContext,
    Ingested,
    MapOptions,
    People,
    PeopleOptions,
    Proposal,
    SetAside,
    Source,
    SourceSettings,
    Unknown,
    WhoSettings,
)
from ingest.kinds import detect_kinds
from ingest.mapping import add_block, propose_mapping, roles_of
from ingest.read import read_people, read_rows
from ingest.run import ingest
from ingest.told import reasons_of, set_aside_sentence, unknown_sentence

__all__ = [
    "Batch",
    "ColumnKind",
    "IngestContext",
    "Ingested",
    "MapOptions",
    "People",
    "PeopleOptions",
    "Proposal",
    "SetAside",
    "Source",
    "SourceSettings",
    "Unknown",
    "WhoSettings",
    "add_block",
    "detect_kinds",
    "ingest",
    "propose_mapping",
    "read_people",
    "read_rows",
    "reasons_of",
    "roles_of",
    "set_aside_sentence",
    "unknown_sentence",
]
