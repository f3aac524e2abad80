"""SQL that merges what a run read with what earlier runs knew. It says the text; `ingest.run` runs it.

Newest wins, in whatever order versions arrive: by the source's version, then by when it was seen; where the source
says neither, what is read now is newer than what was read before, and a later row than an earlier. Two contents of one
version are told apart by their hash, so that the answer does not depend on the order of arrival.
"""

from collections.abc import Sequence
from typing import Final

from lake.tables import EVENTS, RECORDS
from lake.tables.types import PROFILE

PROFILE_COLUMNS: Final = (*(field.name for field in PROFILE), "categories", "original", "extra")
ARRIVAL: Final = "given_version IS NULL AND observed_at IS NULL"
NEWEST_FIRST: Final = (
    "given_version DESC NULLS LAST, observed_at DESC NULLS LAST, "
    f"CASE WHEN {ARRIVAL} THEN file END DESC NULLS LAST, CASE WHEN {ARRIVAL} THEN line END DESC NULLS LAST, "
)

NEWEST_RECORDS: Final = (
    "CREATE TABLE newest AS SELECT * FROM staged_records "
    f"QUALIFY row_number() OVER (PARTITION BY record_id ORDER BY {NEWEST_FIRST} content_hash DESC) = 1"
)

LATE: Final = (
    "p.record_id IS NOT NULL AND NOT p.anonymous AND (n.given_version < p.version OR "
    "((n.given_version IS NULL OR n.given_version = p.version) AND (n.observed_at < p.observed_at OR "
    "(n.content_hash < p.content_hash AND NOT (n.given_version IS NULL AND (n.observed_at IS NULL OR "
    "p.observed_at IS NULL OR n.observed_at <> p.observed_at)) AND (n.observed_at IS NULL OR p.observed_at IS NULL OR "
    "n.observed_at = p.observed_at)))))"
)
SAME: Final = (
    "coalesce(p.content_hash = n.content_hash AND (p.deleted_at IS NOT NULL) = (n.operation = 'delete') "
    "AND NOT p.anonymous, false)"
)


def merge_records_sql(mirrored: Sequence[str]) -> str:
    """All records but the anonymous: those of this run, and those only earlier runs knew.

    Args:
        mirrored: sources whose absent records are deleted.

    Parameters: $now.
    """
    joined = (
        f"SELECT n.record_id IS NOT NULL AND NOT coalesce({LATE}, false) AS taken, {SAME} AS same, n AS n, p AS p "
        "FROM newest n FULL OUTER JOIN known p ON n.record_id = p.record_id"
    )
    taken = f"SELECT {_taken_columns()} FROM ({joined}) WHERE taken"
    gone = (
        f"p.source IN ({_listed(mirrored)}) AND p.deleted_at IS NULL AND n.record_id IS NULL" if mirrored else "false"
    )
    kept = f"SELECT {_kept_columns(gone)} FROM ({joined}) WHERE NOT taken AND NOT p.anonymous"
    return f"CREATE TABLE merged AS {taken} UNION ALL {kept}"


def _taken_columns() -> str:
    keeps = "n.operation = 'delete' AND p.record_id IS NOT NULL AND NOT p.anonymous AND cardinality(n.original) = 0"
    values = {
        "record_id": "n.record_id",
        "uid": "n.uid",
        "source": "n.source",
        "source_key": "n.source_key",
        "kind": "n.kind",
        "anonymous": "false",
        "version": "CASE WHEN n.given_version IS NOT NULL THEN n.given_version WHEN same THEN p.version "
        "WHEN p.anonymous THEN 1 ELSE coalesce(p.version, 0) + 1 END",
        "observed_at": "n.observed_at",
        "ingested_at": "CASE WHEN same THEN p.ingested_at ELSE $now END",
        "deleted_at": "CASE WHEN n.operation = 'delete' THEN "
        "coalesce(n.deleted_time, CASE WHEN same THEN p.deleted_at END, "
        "$now) END",
        **{name: f"CASE WHEN {keeps} THEN p.{name} ELSE n.{name} END" for name in PROFILE_COLUMNS},
        "content_hash": "n.content_hash",
    }
    return ", ".join(f"{values[name]} AS {name}" for name in RECORDS.schema.names)


def _kept_columns(gone: str) -> str:
    return ", ".join(
        f"CASE WHEN {gone} THEN $now ELSE p.deleted_at END AS deleted_at"
        if name == "deleted_at"
        else f"p.{name} AS {name}"
        for name in RECORDS.schema.names
    )


NEWEST_EVENTS: Final = (
    "CREATE TABLE newest_events AS SELECT * FROM staged_events "
    f'QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY {NEWEST_FIRST} hash(type, "at", about, value, cost, '
    "who_value, attributes)) = 1"
)
CONTENT: Final = ("who_system", "who_value", "type", "at", "channel", "about", "value", "cost", "attributes")

BEARERS: Final = """
    CREATE TABLE bearers AS SELECT system, value, min(record_id) AS record_id FROM (
        SELECT 'email' AS system, unnest(emails) AS value, record_id FROM merged WHERE deleted_at IS NULL
        UNION ALL SELECT 'phone', unnest(phones), record_id FROM merged WHERE deleted_at IS NULL
        UNION ALL SELECT 'device', unnest(devices), record_id FROM merged WHERE deleted_at IS NULL
        UNION ALL SELECT i.system, i.value, record_id FROM (
            SELECT unnest(identifiers) AS i, record_id FROM merged WHERE deleted_at IS NULL)
    ) GROUP BY system, value
"""


def merge_events_sql() -> str:
    """All events, without their records. Parameters: $now."""
    same = " AND ".join(f"n.{name} IS NOT DISTINCT FROM p.{name}" for name in CONTENT)
    picked = ", ".join(
        f"n.{name}"
        for name in (
            "event_id",
            "source",
            "who_system",
            "who_value",
            "type",
            "at",
            "channel",
            "about",
            "value",
            "cost",
            "attributes",
        )
    )
    old = ", ".join(
        f"p.{name}"
        for name in (
            "event_id",
            "source",
            "who_system",
            "who_value",
            "type",
            "at",
            "channel",
            "about",
            "value",
            "cost",
            "attributes",
        )
    )
    return (
        f"CREATE TABLE happened AS SELECT {picked}, CASE WHEN {same} THEN p.ingested_at ELSE $now END AS ingested_at, "
        "n.person_kind FROM newest_events n LEFT JOIN known_events p ON n.event_id = p.event_id "
        f"WHERE n.operation = 'upsert' UNION ALL SELECT {old}, p.ingested_at, k.kind "
        "FROM known_events p ANTI JOIN newest_events n ON n.event_id = p.event_id "
        "LEFT JOIN known k ON k.record_id = p.record_id"
    )


def place_events_sql(sources: Sequence[str]) -> str:
    """Every event with the record its person leads to: a source's key, else an identifier's bearer, else nobody yet.

    Args:
        sources: the people sources. One of them may also be the system of an identifier, as a loyalty programme is.
    """
    by_key = f"e.who_system IN ({_listed(sources)})" if sources else "false"
    cleaned = (
        f"CASE WHEN {by_key} THEN regexp_replace(upper(e.who_value), '[\\s\\-./_]+', '', 'g') ELSE e.who_value END"
    )
    return (
        "CREATE TABLE placed AS SELECT e.*, coalesce(m.record_id, b.record_id, e.who_system || ':' || e.who_value) "
        f"AS record_id FROM happened e LEFT JOIN merged m ON {by_key} AND m.record_id = e.who_system || ':' "
        f"|| e.who_value "
        f"LEFT JOIN bearers b ON b.system = e.who_system AND b.value = {cleaned}"
    )


# Who nobody knows yet: a record for each, holding only what the event says.
NOBODIES: Final = """
    CREATE TABLE nobodies AS SELECT e.record_id, any_value(e.who_system) AS system, any_value(e.who_value) AS value,
        coalesce(min(e.person_kind), 'customer') AS kind
    FROM placed e ANTI JOIN merged m ON m.record_id = e.record_id GROUP BY e.record_id ORDER BY e.record_id
"""


def anonymous_records_sql() -> str:
    """The records of nobodies. Parameters: $now. `named` holds their uids."""
    values = {
        "record_id": "a.record_id",
        "uid": "a.uid",
        "source": "a.system",
        "source_key": "a.value",
        "kind": "a.kind",
        "anonymous": "true",
        "version": "1",
        "ingested_at": "coalesce(p.ingested_at, $now)",
        "emails": "CASE WHEN a.system = 'email' THEN [a.value] END",
        "phones": "CASE WHEN a.system = 'phone' THEN [a.value] END",
        "devices": "CASE WHEN a.system = 'device' THEN [a.value] END",
        "identifiers": "CASE WHEN a.system NOT IN ('email', 'phone', 'device') THEN "
        "[{'system': a.system, 'value': a.value}] END",
        "content_hash": "sha256(a.system || chr(31) || a.value)",
    }
    picked = ", ".join(f"{values.get(name, 'NULL')} AS {name}" for name in RECORDS.schema.names)
    return f"SELECT {picked} FROM named a LEFT JOIN known p ON p.record_id = a.record_id AND p.anonymous"


def all_records_sql() -> str:
    """Every record in order of its id. Parameters: $now."""
    columns = ", ".join(RECORDS.schema.names)
    return (
        f"SELECT {columns} FROM (SELECT {columns} FROM merged UNION ALL {anonymous_records_sql()}) ORDER BY record_id"
    )


ALL_EVENTS: Final = (
    "SELECT " + ", ".join(f'"{name}"' for name in EVENTS.schema.names) + ' FROM placed ORDER BY "at", event_id'
)


def _listed(names: Sequence[str]) -> str:
    return ", ".join("'" + name.replace("'", "''") + "'" for name in sorted(names)) or "NULL"
