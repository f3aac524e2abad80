"""One person's facts, or everybody's, read from the lake's views for plain evaluation."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import duckdb

from insight.contract import FactEvent, Facts
from insight.segments.fields import FIELDS
from insight.segments.sql import AT_MS, DID

PROFILE_FIELDS: Final = tuple(name for name in FIELDS if name != "age")


def facts_of(connection: duckdb.DuckDBPyConnection, entity_ids: Sequence[str]) -> dict[str, Facts]:
    """Read the facts of some people; ids that nobody has are left out. Cost: one pass over events."""
    wanted = [list(entity_ids)]
    events = _events(connection, wanted)
    segments = _segments(connection, wanted)
    columns = ", ".join(FIELDS[name].sql for name in PROFILE_FIELDS)
    rows = connection.execute(
        f"SELECT entity_id, confidence, {columns} FROM entities WHERE list_contains(?, entity_id) ORDER BY entity_id",
        wanted,
    ).fetchall()
    return {
        entity_id: Facts(
            entity_id=entity_id,
            confidence=confidence,
            profile={name: value for name, value in zip(PROFILE_FIELDS, values, strict=True) if value is not None},
            events=tuple(events[entity_id]),
            segments=frozenset(segments[entity_id]),
        )
        for entity_id, confidence, *values in rows
    }


def _events(connection: duckdb.DuckDBPyConnection, wanted: list[list[str]]) -> defaultdict[str, list[FactEvent]]:
    rows = connection.execute(
        f"""SELECT m.entity_id, e.event_id, e.type, {AT_MS}, e.about, e.channel, e.value, e.cost,
                map_extract_value(e.attributes, 'question'), map_extract_value(e.attributes, 'response')
            FROM {DID} WHERE list_contains(?, m.entity_id) ORDER BY m.entity_id, e.at, e.event_id""",
        wanted,
    ).fetchall()
    found: defaultdict[str, list[FactEvent]] = defaultdict(list)
    for entity_id, event_id, kind, at_ms, about, channel, value, cost, question, response in rows:
        found[entity_id].append(
            FactEvent(
                event_id=event_id,
                type=kind,
                at_ms=at_ms,
                about=about,
                channel=channel,
                value=value,
                cost=cost,
                question=question,
                response=response,
            )
        )
    return found


def _segments(connection: duckdb.DuckDBPyConnection, wanted: list[list[str]]) -> defaultdict[str, list[str]]:
    rows = connection.execute(
        "SELECT entity_id, segment FROM segment_membership WHERE left_at IS NULL AND list_contains(?, entity_id)",
        wanted,
    ).fetchall()
    found: defaultdict[str, list[str]] = defaultdict(list)
    for entity_id, segment in rows:
        found[entity_id].append(segment)
    return found
