"""Events by an identifier that several people bear: nobody can tell whose they are, so they are nobody's.

While sources are merged, an event by an identifier goes to a record that bears it. Whether its bearers are one person
is known only once records are resolved: if they are several, the event goes to an anonymous record that holds nothing
but the identifier (`docs/decisions/0006-events-of-the-unknown.md`).

Cost: a pass over records and events where events name people by identifiers; where any is shared, a sort of both.
Memory: what DuckDB holds, which spills to the stage.
"""

from collections.abc import Sequence
from typing import Final

import duckdb
import pyarrow as pa

from ingest.contract import IngestContext, Shared
from ingest.merge.events_sql import ALL_EVENTS, bearers_sql, borne_sql
from ingest.merge.records_sql import all_records_sql
from ingest.merge.run import BATCH, name_nobodies
from lake.query import to_schema
from lake.tables import EVENTS, RECORDS, Table

GIVEN: Final = "e.record_id <> e.who_system || ':' || e.who_value"
"""That an event went to a bearer of its identifier, not to the record of its key."""
SHARED: Final = f"""
    CREATE TEMP TABLE shared AS
    WITH named AS (SELECT DISTINCT who_system AS system, {{borne}} AS value FROM events e WHERE {GIVEN})
    SELECT system, value, max(kind) AS kind
    FROM ({bearers_sql("records")}) JOIN named USING (system, value)
        JOIN clusters USING (record_id) JOIN records USING (record_id)
    GROUP BY system, value HAVING count(DISTINCT cluster) > 1
"""
PLACED: Final = f"""
    CREATE TEMP VIEW placed AS
    SELECT e.* REPLACE (if(s.value IS NULL, e.record_id, e.who_system || ':' || e.who_value) AS record_id),
        s.kind AS person_kind
    FROM events e LEFT JOIN shared s ON s.system = e.who_system AND s.value = {{borne}} AND {GIVEN}
"""
COUNTED: Final = """
    SELECT source, who_system, count(*), count(DISTINCT record_id) FROM placed
    WHERE person_kind IS NOT NULL GROUP BY ALL ORDER BY ALL
"""
MERGED: Final = "CREATE TEMP VIEW merged AS FROM records"
KNOWN: Final = "SELECT record_id, ingested_at, anonymous FROM records WHERE anonymous"


def find_shared(lake: duckdb.DuckDBPyConnection, clusters: pa.Table, people: Sequence[str]) -> tuple[Shared, ...]:
    """Find the events by identifiers that several people bear.

    Args:
        lake: shows records and events as they were merged; temporary tables and views are made in it.
        clusters: `record_id` of every living record, and `cluster`, a number for each person.
        people: the people sources.

    Returns:
        How many events, by source and kind of identifier.
    """
    borne = borne_sql(people)
    lake.register("clusters", clusters)
    lake.execute(SHARED.format(borne=borne))
    lake.execute(PLACED.format(borne=borne))
    return tuple(
        Shared(source=source, system=system, events=events, values=values)
        for source, system, events, values in lake.execute(COUNTED).fetchall()
    )


def records_with_nobodies(lake: duckdb.DuckDBPyConnection, context: IngestContext) -> pa.RecordBatchReader:
    """Every record, and one for each identifier found to be shared, as the lake keeps them.

    Args:
        lake: in which `find_shared` looked.
        context: the run's.
    """
    known = RECORDS.schema.empty_table() if context.previous is None else context.previous.sql(KNOWN).to_arrow_table()
    lake.register("known", known)
    lake.execute(MERGED)
    name_nobodies(lake, context.key)
    return _reader(lake.sql(all_records_sql(), params={"now": context.now}), RECORDS)


def events_of_nobodies(lake: duckdb.DuckDBPyConnection) -> pa.RecordBatchReader:
    """Every event, those by a shared identifier at its anonymous record, as the lake keeps them.

    Args:
        lake: in which `find_shared` looked.
    """
    return _reader(lake.sql(ALL_EVENTS), EVENTS)


def _reader(rows: duckdb.DuckDBPyRelation, table: Table) -> pa.RecordBatchReader:
    """Stream rows in the table's schema."""
    batches = (
        batch
        for part in rows.to_arrow_reader(BATCH)
        for batch in to_schema(pa.Table.from_batches([part]), table.schema).to_batches()
    )
    return pa.RecordBatchReader.from_batches(table.schema, batches)
