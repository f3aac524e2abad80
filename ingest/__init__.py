"""A source's rows become records and events with provenance."""

from ingest.clean.contacts import NO_COUNTRY
from ingest.contract import (
    Batch,
    ColumnKind,
    Gone,
    IngestContext,
    Ingested,
    MapOptions,
    People,
    PeopleOptions,
    Problem,
    Proposal,
    Shared,
    Source,
    SourceSettings,
    Unknown,
    WhoSettings,
)
from ingest.kinds import detect_kinds
from ingest.mapping import add_block, propose_mapping, roles_of
from ingest.marks import gone_sources
from ingest.merge.events_sql import bearers_sql
from ingest.read import read_people, read_rows
from ingest.run import ingest
from ingest.shared import events_of_nobodies, find_shared, records_with_nobodies
from ingest.told import gone_sentence, problem_sentence, problems_of, shared_sentence, unknown_sentence

__all__ = [
    "NO_COUNTRY",
    "Batch",
    "ColumnKind",
    "Gone",
    "IngestContext",
    "Ingested",
    "MapOptions",
    "People",
    "PeopleOptions",
    "Problem",
    "Proposal",
    "Shared",
    "Source",
    "SourceSettings",
    "Unknown",
    "WhoSettings",
    "add_block",
    "bearers_sql",
    "detect_kinds",
    "events_of_nobodies",
    "find_shared",
    "gone_sentence",
    "gone_sources",
    "ingest",
    "problem_sentence",
    "problems_of",
    "propose_mapping",
    "read_people",
    "read_rows",
    "records_with_nobodies",
    "roles_of",
    "shared_sentence",
    "unknown_sentence",
]
