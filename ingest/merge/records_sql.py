"""SQL that merges the records a run read with those that earlier runs knew; `ingest.merge.run` runs it."""

from collections.abc import Sequence
from typing import Final

from ingest.merge.newest_sql import late_sql, listed_sql, newest_sql, version_sql
from lake.tables import RECORDS
from lake.tables.types import PROFILE

PROFILE_COLUMNS: Final = (*(field.name for field in PROFILE), "categories", "original", "extra")
NEWEST_RECORDS: Final = "CREATE TEMP TABLE newest AS " + newest_sql("staged_records", "record_id", "content_hash")
KNOWN: Final = "p.record_id IS NOT NULL AND NOT p.anonymous"
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
    late = f"coalesce({KNOWN} AND {late_sql('n.content_hash < p.content_hash')}, false)"
    joined = (
        f"SELECT n.record_id IS NOT NULL AND NOT {late} AS taken, {SAME} AS same, n AS n, p AS p "
        "FROM newest n FULL OUTER JOIN known p ON n.record_id = p.record_id"
    )
    taken = f"SELECT {_taken_columns()} FROM ({joined}) WHERE taken"
    gone = (
        f"p.source IN ({listed_sql(mirrored)}) AND p.deleted_at IS NULL AND n.record_id IS NULL"
        if mirrored
        else "false"
    )
    kept = f"SELECT {_kept_columns(gone)} FROM ({joined}) WHERE NOT taken AND NOT p.anonymous"
    return f"CREATE TEMP TABLE merged AS {taken} UNION ALL {kept}"


def _taken_columns() -> str:
    keeps = "n.operation = 'delete' AND p.record_id IS NOT NULL AND NOT p.anonymous AND cardinality(n.original) = 0"
    values = {
        "record_id": "n.record_id",
        "uid": "n.uid",
        "source": "n.source",
        "source_key": "n.source_key",
        "kind": "n.kind",
        "anonymous": "false",
        "version": f"CASE WHEN n.given_version IS NULL AND p.anonymous THEN 1 ELSE {version_sql('same')} END",
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


# Who nobody knows yet: a record for each, holding only what the event says.
NOBODIES: Final = """
    CREATE TEMP TABLE nobodies AS SELECT e.record_id, any_value(e.who_system) AS system,
        any_value(e.who_value) AS value, coalesce(min(e.person_kind), 'customer') AS kind
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
    """Every record by its id. Parameters: $now."""
    columns = ", ".join(RECORDS.schema.names)
    return f"SELECT {columns} FROM merged UNION ALL {anonymous_records_sql()} ORDER BY record_id"
