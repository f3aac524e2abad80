"""Open care gaps: somebody has a condition, and the reading it asks for is missing or too old."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

import duckdb
import pyarrow as pa

from core.clock import epoch_ms
from insight.asking import ask
from insight.care.contract import CareGapRule
from insight.contract import Parameter, Sql
from insight.segments.windows import DAY_MS

READINGS: Final = "('reading', 'observation')"
CONDITIONS: Final = "('condition', 'diagnosis')"


def open_gaps(connection: duckdb.DuckDBPyConnection, rules: Mapping[str, CareGapRule], now: datetime) -> pa.Table:
    """Find every open care gap at a moment.

    Returns:
        Columns entity_id, name (the rule's), since (when the last reading ran out, or the condition began where there
        never was one), evidence (event id of that last reading, or of the condition's first event); by name and person.
        Events after `now` are not looked at.
    """
    query = gaps_sql(rules, now)
    return ask(
        connection, Sql(text=f"SELECT * FROM ({query.text}) ORDER BY name, entity_id", parameters=query.parameters)
    )


def gaps_sql(rules: Mapping[str, CareGapRule], now: datetime) -> Sql:
    """The query of open gaps, unordered; columns as in `open_gaps`."""
    nothing = """SELECT NULL::VARCHAR AS entity_id, NULL::VARCHAR AS name, NULL::TIMESTAMPTZ AS since,
        NULL::VARCHAR AS evidence WHERE false"""
    parts = [_gap(name, rule, now) for name, rule in sorted(rules.items())]
    text = " UNION ALL ".join([nothing, *[f"({part.text})" for part in parts]])
    return Sql(text=text, parameters=tuple(value for part in parts for value in part.parameters))


def _gap(name: str, rule: CareGapRule, now: datetime) -> Sql:
    now_ms, lasts_ms = epoch_ms(now), rule.within_days * DAY_MS
    seen = "SELECT m.entity_id, e.at, e.event_id FROM events e JOIN members m ON m.record_id = e.record_id"
    which = "epoch_ms(e.at) <= ? AND regexp_matches(lower(e.about), ?)"
    # Before the read of the oldest event of a tie, ids decide; so the evidence is the same on every run.
    text = f"""
        WITH having_it AS (
            SELECT entity_id, min(epoch_ms("at")) AS began_ms, arg_min(event_id, ("at", event_id)) AS event_id
            FROM ({seen} WHERE e.type IN {CONDITIONS} AND {which}) GROUP BY entity_id),
        taken AS (
            SELECT entity_id, max(epoch_ms("at")) AS last_ms, arg_max(event_id, ("at", event_id)) AS event_id
            FROM ({seen} WHERE e.type IN {READINGS} AND {which}) GROUP BY entity_id)
        SELECT h.entity_id, ?::VARCHAR AS name,
            make_timestamptz(coalesce(greatest(t.last_ms + ?, h.began_ms), h.began_ms) * 1000) AS since,
            coalesce(t.event_id, h.event_id) AS evidence
        FROM having_it h LEFT JOIN taken t USING (entity_id)
        WHERE t.last_ms IS NULL OR t.last_ms <= ?"""
    values: tuple[Parameter, ...] = (
        now_ms, _phrases(rule.conditions), now_ms, _phrases(rule.measures), name, lasts_ms, now_ms - lasts_ms,
    )  # fmt: skip
    return Sql(text=text, parameters=values)


def _phrases(phrases: list[str]) -> str:
    """A pattern for any of the phrases as whole words, in lower case."""
    return r"(^|\W)(" + "|".join(sorted(re.escape(phrase.lower()) for phrase in phrases)) + r")(\W|$)"
