"""What the engine did: runs, and rows it could not use."""

from typing import Final

import pyarrow as pa

from lake.tables.types import INSTANT, Table, column

RUNS: Final = Table(
    name="runs",
    row="One run that published a snapshot.",
    key=("run_id",),
    schema=pa.schema(
        [
            column("run_id", pa.string(), "The run (`run_…`).", required=True),
            column("at", INSTANT, "The run's clock.", required=True),
            column("inputs", pa.string(), "Fingerprints of the code, decisions, settings and sources.", required=True),
            column("records", pa.int64(), "Living records.", required=True),
            column("events", pa.int64(), "Events.", required=True),
            column("entities", pa.int64(), "Entities.", required=True),
            column("links", pa.int64(), "Links.", required=True),
            column("rejects", pa.int64(), "Rows set aside.", required=True),
        ]
    ),
)

WATERMARKS: Final = Table(
    name="watermarks",
    row="How far one source has been read.",
    key=("source",),
    schema=pa.schema(
        [
            column("source", pa.string(), "Name of the source in c360.toml.", required=True),
            column("watermark", pa.string(), "Where the next run goes on from; null where the source keeps none."),
            column("settings", pa.string(), "Fingerprint of the settings it was read under.", required=True),
            column("taught", pa.string(), "Fingerprint of what its whole columns taught.", required=True),
            column("key", pa.string(), "The column that named its rows; empty where their contents did."),
        ]
    ),
)

REJECTS: Final = Table(
    name="rejects",
    row="One row that could not be used, or one value of a row that was kept, and why.",
    key=("source", "file", "line", "field"),
    schema=pa.schema(
        [
            column("source", pa.string(), "Name of the source in c360.toml.", required=True),
            column("file", pa.string(), "The file or table, relative to the workspace.", required=True),
            column("line", pa.int64(), "Line of the file (1 is the first) or row of the table.", required=True),
            column("field", pa.string(), "The column, or null when the whole row is bad."),
            column("value", pa.string(), "What stood there, cut to 200 characters."),
            column("reason", pa.string(), "What is wrong and what to do.", required=True),
            column("kept", pa.bool_(), "True when the row was kept, false when it was set aside.", required=True),
        ]
    ),
)
