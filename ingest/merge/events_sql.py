"""SQL that merges the events a run read with those that earlier runs knew, and finds the record of each.

A deleted event leaves the events; its key, version and time stay behind, so that an older version of it that comes
late does not bring it back. It says the text; `ingest.merge.run` runs it.
"""

from collections.abc import Sequence
from typing import Final

from ingest.merge.newest_sql import content_sql, late_sql, listed_sql, newest_sql, version_sql
from lake.tables import EVENT_DELETIONS, EVENTS

CONTENT: Final = ("who_system", "who_value", "type", '"at"', "channel", "about", "value", "cost", "attributes")
WHOLE: Final = ("event_id", "source", *CONTENT)
DECIDES: Final = ("deleted", *CONTENT)
"""What decides between equal versions: a deletion wins, then the greater content."""

NEWEST_EVENTS: Final = "CREATE TEMP TABLE newest_events AS " + newest_sql(
    "(SELECT *, operation = 'delete' AS deleted FROM staged_events) s", "event_id", content_sql("s", DECIDES)
)
BEFORE: Final = """
    CREATE TEMP VIEW before AS SELECT *, false AS deleted FROM known_events
    UNION ALL BY NAME SELECT event_id, source, version, observed_at, deleted_at, true AS deleted FROM known_deletions
"""


def merge_events_sql(mirrored: Sequence[str]) -> str:
    """Every event there ever was, the deleted ones marked, without their records.

    `event_sources` says of each source what its people are.

    Args:
        mirrored: sources whose absent events are deleted.

    Parameters: $now.
    """
    same = f"{content_sql('n', DECIDES)} IS NOT DISTINCT FROM {content_sql('p', DECIDES)}"
    smaller = f"{content_sql('n', DECIDES)} < {content_sql('p', DECIDES)}"
    late = f"coalesce(p.event_id IS NOT NULL AND {late_sql(smaller)}, false)"
    joined = (
        f"SELECT n.event_id IS NOT NULL AND NOT {late} AS taken, {same} AS same, n AS n, p AS p "
        "FROM newest_events n FULL OUTER JOIN before p ON n.event_id = p.event_id"
    )
    taken = (
        f"{_of('n', WHOLE)}, n.deleted, {version_sql('same')} AS version, n.observed_at, "
        "CASE WHEN same THEN p.ingested_at ELSE $now END AS ingested_at, "
        "CASE WHEN n.deleted THEN coalesce(CASE WHEN p.deleted THEN p.deleted_at END, $now) END AS deleted_at, "
        "n.person_kind"
    )
    gone = f"(p.source IN ({listed_sql(mirrored)}) AND n.event_id IS NULL)" if mirrored else "false"
    kept = (
        f"{_of('p', WHOLE)}, p.deleted OR {gone}, p.version, p.observed_at, p.ingested_at, "
        f"coalesce(p.deleted_at, CASE WHEN {gone} THEN $now END), coalesce(s.kind, k.kind)"
    )
    return (
        f"CREATE TEMP TABLE happened AS SELECT {taken} FROM ({joined}) WHERE taken UNION ALL SELECT {kept} "
        f"FROM ({joined}) LEFT JOIN known k ON k.record_id = p.record_id "
        "LEFT JOIN event_sources s ON s.source = p.source WHERE NOT taken"
    )


def bearers_sql(records: str) -> str:
    """Which living records bear which identifiers: `system`, `value`, `record_id`.

    Args:
        records: the table of records.
    """
    living = f"FROM {records} WHERE deleted_at IS NULL AND NOT anonymous"
    lists = {"email": "emails", "phone": "phones", "device": "devices"}
    named = [
        f"SELECT '{system}' AS system, unnest({column}) AS value, record_id {living}"
        for system, column in lists.items()
    ]
    issued = f"SELECT i.system, i.value, record_id FROM (SELECT unnest(identifiers) AS i, record_id {living})"
    return " UNION ALL ".join((*named, issued))


BEARERS: Final = (
    "CREATE TEMP TABLE bearers AS SELECT system, value, min(record_id) AS record_id "
    f"FROM ({bearers_sql('merged')}) GROUP BY system, value"
)


def borne_sql(sources: Sequence[str]) -> str:
    """The identifier that an event `e` names, as records bear it.

    Args:
        sources: the people sources. One of them may also be the system of an identifier, as a loyalty programme is.
    """
    as_code = "regexp_replace(upper(e.who_value), '[\\s\\-./_]+', '', 'g')"
    return f"CASE WHEN {_by_key(sources)} THEN {as_code} ELSE e.who_value END"


def place_events_sql(sources: Sequence[str]) -> str:
    """Every event with the record its person leads to: a source's key, else an identifier's bearer, else nobody yet.

    Args:
        sources: the people sources.
    """
    return (
        "CREATE TEMP TABLE placed AS SELECT e.*, coalesce(m.record_id, b.record_id, e.who_system || ':' || "
        f"e.who_value) AS record_id FROM happened e LEFT JOIN merged m ON {_by_key(sources)} "
        "AND m.record_id = e.who_system || ':' || e.who_value "
        f"LEFT JOIN bearers b ON b.system = e.who_system AND b.value = {borne_sql(sources)} WHERE NOT e.deleted"
    )


EVENT_COLUMNS: Final = ", ".join(f'"{name}"' for name in EVENTS.schema.names)
ALL_EVENTS: Final = f'SELECT {EVENT_COLUMNS} FROM placed ORDER BY "at", event_id'
ALL_DELETIONS: Final = f"SELECT {', '.join(EVENT_DELETIONS.schema.names)} FROM happened WHERE deleted ORDER BY event_id"


def unknown_events_sql(sources: Sequence[str]) -> str:
    """How many events name how many people whom no record is of, by source and what they name them by.

    Args:
        sources: the people sources.
    """
    return (
        f"SELECT e.source, e.who_system, {_by_key(sources)}, count(*), count(DISTINCT e.record_id) "
        "FROM placed e ANTI JOIN merged m ON m.record_id = e.record_id GROUP BY ALL ORDER BY ALL"
    )


def _by_key(sources: Sequence[str]) -> str:
    return f"e.who_system IN ({listed_sql(sources)})" if sources else "false"


def _of(table: str, columns: Sequence[str]) -> str:
    return ", ".join(f"{table}.{name}" for name in columns)
