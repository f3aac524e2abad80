"""What came in: records about people, and events they took part in."""

from typing import Final

import pyarrow as pa

from lake.tables.types import ATTRIBUTES, INSTANT, PROFILE, Table, column

RECORDS: Final = Table(
    name="records",
    row="What one source says of one person, in its newest version.",
    key=("record_id",),
    schema=pa.schema(
        [
            column(
                "record_id",
                pa.string(),
                "`source:key`. Stays in the lake; the graph and the API use `uid`.",
                required=True,
            ),
            column("uid", pa.string(), "Keyed id of the record (`r_…`), safe to show.", required=True),
            column("source", pa.string(), "Name of the source in c360.toml.", required=True),
            column("source_key", pa.string(), "The source's own key.", required=True),
            column("kind", pa.string(), "customer or patient.", required=True),
            column("anonymous", pa.bool_(), "Made for an event whose person nobody knows.", required=True),
            column("version", pa.int64(), "The source's version, or 1, 2 … by content.", required=True),
            column("observed_at", INSTANT, "When the source last saw it."),
            column("ingested_at", INSTANT, "When this content first came here.", required=True),
            column("deleted_at", INSTANT, "When the source deleted it; null while it lives."),
            *PROFILE,
            column("categories", ATTRIBUTES, "Mapped free codes, such as occupation, by column name."),
            column(
                "original",
                ATTRIBUTES,
                "Every mapped column as the source wrote it, and what was read out of one as a column of its own.",
            ),
            column("extra", ATTRIBUTES, "Every column no mapping names."),
            column("content_hash", pa.string(), "SHA-256 of the row as read.", required=True),
        ]
    ),
)

EVENTS: Final = Table(
    name="events",
    row="One thing that happened to one person.",
    key=("event_id",),
    schema=pa.schema(
        [
            column(
                "event_id", pa.string(), "Keyed id (`ev_…`) of source and key, or of source and content.", required=True
            ),
            column("source", pa.string(), "Name of the source in c360.toml.", required=True),
            column(
                "who_system",
                pa.string(),
                "What the event says its person by: a source, or an identifier system.",
                required=True,
            ),
            column("who_value", pa.string(), "The value it gives there.", required=True),
            column(
                "record_id",
                pa.string(),
                "The record that value leads to, anonymous if nobody or several people bear it.",
                required=True,
            ),
            column("type", pa.string(), "order, visit, claim, reading, answer, message_opened …", required=True),
            column("at", INSTANT, "When it happened.", required=True),
            column("channel", pa.string(), "web, store, clinic, device, email …"),
            column("about", pa.string(), "What it concerns: a product, condition, medication or measure."),
            column("value", pa.float64(), "The measure, score or quantity, in the unit of `attributes`."),
            column("cost", pa.float64(), "Money, in the workspace's currency."),
            column("attributes", ATTRIBUTES, "Everything else: question and response, unit, code …"),
            column("version", pa.int64(), "The source's version, or 1, 2 … by content."),
            column("observed_at", INSTANT, "When the source last saw it."),
            column("ingested_at", INSTANT, "When this content first came here.", required=True),
        ]
    ),
)

EVENT_DELETIONS: Final = Table(
    name="event_deletions",
    row="One event that its source deleted, so that an older version of it that comes late stays deleted.",
    key=("event_id",),
    schema=pa.schema(
        [
            column("event_id", pa.string(), "The event (`ev_…`).", required=True),
            column("source", pa.string(), "Name of the source in c360.toml.", required=True),
            column("version", pa.int64(), "The source's version of the deletion, or 1, 2 … by content."),
            column("observed_at", INSTANT, "When the source last saw it."),
            column("deleted_at", INSTANT, "When the deletion first came here.", required=True),
        ]
    ),
)
