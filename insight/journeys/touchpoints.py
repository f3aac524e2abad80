"""Touchpoints: every event in its place on its person's way, as one query that the other questions build on.

Whoever is not resolved to a person, such as an anonymous case of a hospital log, travels under the uid of the record.
"""

from typing import Final

import duckdb
import pyarrow as pa

from insight.asking import ask
from insight.contract import Parameter, Sql
from insight.journeys.contract import JourneyOptions

STEPS: Final = {
    "type": "e.type",
    "about": "coalesce(e.about, e.type)",
    "type_about": "concat_ws(': ', e.type, e.about)",
    "channel": "coalesce(e.channel, e.type)",
}
MONEY: Final = "DECIMAL(18, 4)"
"""Sums of decimals are exact, so they are the same in any order of adding."""


def touchpoints(
    connection: duckdb.DuckDBPyConnection,
    options: JourneyOptions,
    *,
    person: str | None = None,
    limit: int | None = None,
) -> pa.Table:
    """All touchpoints, or those of one person.

    Returns:
        Columns person_id, place (1 is the first), event_id, at, step, type, about, channel, value, cost, session (1 is
        the first), gap_s (seconds since the one before; null for the first); by person and place, ties in time by id.
    """
    query = points(options)
    where = Sql(text="", parameters=()) if person is None else Sql(text="WHERE person_id = ?", parameters=(person,))
    cut = Sql(text="", parameters=()) if limit is None else Sql(text="LIMIT ?", parameters=(limit,))
    text = f"""SELECT person_id, place, event_id, moment AS "at", step, type, about, channel,
            value, cost, session, gap_ms / 1000 AS gap_s
        FROM ({query.text}) {where.text} ORDER BY person_id, place {cut.text}"""
    return ask(connection, Sql(text=text, parameters=(*query.parameters, *where.parameters, *cut.parameters)))


def points(options: JourneyOptions) -> Sql:
    """The query of touchpoints; columns as `touchpoints` gives, with gap_ms and cost as an exact decimal (money)."""
    chosen = _chosen(options)
    order = "PARTITION BY person_id ORDER BY moment, event_id"
    repeats = f"(step, session) IS NOT DISTINCT FROM (lag(step) OVER ({order}), lag(session) OVER ({order}))"
    kept = (
        f"SELECT * FROM sessioned QUALIFY NOT coalesce({repeats}, false)"
        if options.collapse
        else "SELECT * FROM sessioned"
    )
    text = f"""
        WITH chosen AS ({chosen.text}),
        paused AS (SELECT *, epoch_ms(moment) - lag(epoch_ms(moment)) OVER ({order}) AS pause_ms FROM chosen),
        sessioned AS (
            SELECT *, 1 + count(*) FILTER (WHERE pause_ms > ?) OVER ({order} ROWS UNBOUNDED PRECEDING) AS session
            FROM paused),
        kept AS ({kept})
        SELECT * EXCLUDE (pause_ms, session), session::BIGINT AS session, row_number() OVER ({order}) AS place,
            epoch_ms(moment) - lag(epoch_ms(moment)) OVER ({order}) AS gap_ms
        FROM kept"""
    return Sql(text=text, parameters=(*chosen.parameters, round(options.session_gap_s * 1000)))


def _chosen(options: JourneyOptions) -> Sql:
    """The events in question, with the person each belongs to."""
    conditions: list[tuple[str, tuple[Parameter, ...]]] = []
    if options.types:
        conditions.append((f"e.type IN ({_marks(options.types)})", options.types))
    if options.channels:
        conditions.append((f"e.channel IN ({_marks(options.channels)})", options.channels))
    if options.since is not None:
        conditions.append(("e.at >= ?::TIMESTAMPTZ", (options.since.isoformat(),)))
    if options.until is not None:
        conditions.append(("e.at < ?::TIMESTAMPTZ", (options.until.isoformat(),)))
    if options.people is not None:
        conditions.append((f"m.entity_id IN ({options.people.text})", options.people.parameters))
    where = " AND ".join(text for text, _ in conditions) or "TRUE"
    text = f"""
        SELECT coalesce(m.entity_id, r.uid, e.record_id) AS person_id, e.event_id, e.at AS moment,
            {STEPS[options.step]} AS step, e.type, e.about, e.channel, e.value, e.cost,
            TRY_CAST(e.cost AS {MONEY}) AS money
        FROM events e LEFT JOIN members m ON m.record_id = e.record_id
            LEFT JOIN records r ON r.record_id = e.record_id
        WHERE r.deleted_at IS NULL AND {where}"""
    return Sql(text=text, parameters=tuple(value for _, values in conditions for value in values))


def _marks(values: tuple[str, ...]) -> str:
    return ", ".join("?" * len(values))
