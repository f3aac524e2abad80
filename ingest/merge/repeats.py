"""Rows whose key a later row of the same file has, where nothing but their place says which is newer.

The later row counts. The earlier ones are no versions that a source is known to keep: two people may have been given
one number. So they are set aside where they can be seen, but do not count against the limit of bad rows.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from ingest.contract import SourceSettings
from ingest.merge.events_sql import CONTENT
from ingest.merge.newest_sql import ARRIVAL, content_sql
from lake.query import quoted
from lake.tables import REJECTS

REASON: Final = "A later row of the file has this key and says otherwise: that one counts."
REPEATS: Final = """
    SELECT $source AS source, file, line, $key AS field, {shown} AS value, $reason AS reason, false AS kept
    FROM read_parquet([{parts}]) s WHERE operation = 'upsert' AND {arrival}
    WINDOW same_key AS (PARTITION BY {name}, file)
    QUALIFY line < max(line) OVER same_key AND min({content}) OVER same_key <> max({content}) OVER same_key
    ORDER BY file, line"""


def repeated_rows(source: str, settings: SourceSettings, parts: Sequence[Path]) -> pa.Table:
    """Rows that give way to a later one of their file, in the schema of REJECTS.

    O(n log n) in the rows of the parts, nothing where the source says versions or times.

    Args:
        source: its name.
        settings: its block.
        parts: its cleaned rows, Parquet files in the schema RECORD_PART or EVENT_PART.
    """
    if not parts or not settings.key or settings.version or settings.observed_at:
        return REJECTS.schema.empty_table()
    people = settings.content == "people"
    query = REPEATS.format(
        shown="source_key" if people else "NULL",
        name="record_id" if people else "event_id",
        content="content_hash" if people else f"hash({content_sql('s', CONTENT)})",
        arrival=ARRIVAL,
        parts=", ".join(quoted(str(part)) for part in parts),
    )
    given = {"source": source, "key": settings.key, "reason": REASON}
    with duckdb.connect() as database:
        rows: pa.Table = database.sql(query, params=given).to_arrow_table()
    return rows.cast(REJECTS.schema)
