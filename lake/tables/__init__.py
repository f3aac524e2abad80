"""The shape of every table the engine keeps: Arrow schemas with their documentation, and no logic."""

from lake.tables.identity import ENTITIES, IDENTITY_LOG, LINKS, MEMBERS
from lake.tables.insight import CARE_GAPS, CONSENTS, PERSONA_MEMBERS, PERSONA_SEARCH, PERSONAS, SEGMENT_MEMBERSHIP
from lake.tables.operation import REJECTS, RUNS, WATERMARKS
from lake.tables.source import EVENT_DELETIONS, EVENTS, RECORDS
from lake.tables.types import Table

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        RECORDS,
        EVENTS,
        EVENT_DELETIONS,
        LINKS,
        ENTITIES,
        MEMBERS,
        IDENTITY_LOG,
        SEGMENT_MEMBERSHIP,
        PERSONAS,
        PERSONA_MEMBERS,
        PERSONA_SEARCH,
        CARE_GAPS,
        CONSENTS,
        RUNS,
        REJECTS,
        WATERMARKS,
    )
}

__all__ = [
    "CARE_GAPS",
    "CONSENTS",
    "ENTITIES",
    "EVENTS",
    "EVENT_DELETIONS",
    "IDENTITY_LOG",
    "LINKS",
    "MEMBERS",
    "PERSONAS",
    "PERSONA_MEMBERS",
    "PERSONA_SEARCH",
    "RECORDS",
    "REJECTS",
    "RUNS",
    "SEGMENT_MEMBERSHIP",
    "TABLES",
    "WATERMARKS",
    "Table",
]
