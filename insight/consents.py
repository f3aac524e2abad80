"""Consents as people gave them in answers: the question `consent_PURPOSE`, and whether the response grants it.

Of an answer by an identifier that several people bear nobody can tell whose it is: a refusal is all of theirs, and a
consent nobody's.
"""

import duckdb
import pyarrow as pa

from ingest import bearers_sql
from insight.asking import ask
from insight.contract import Sql
from insight.segments.definition import CONSENT_QUESTION, GRANTING
from lake.query import to_schema
from lake.tables import CONSENTS


def consents_of(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """Read every consent and refusal out of the answers in `events`.

    Returns:
        In the schema of `lake.tables.CONSENTS`, by its key. Of several answers at one instant the last id counts.
    """
    marks = ", ".join("?" * len(GRANTING))
    answers = f"""
        SELECT e.record_id, substr(map_extract_value(e.attributes, 'question'), {len(CONSENT_QUESTION) + 1}) AS purpose,
            coalesce(arg_max(map_extract_value(e.attributes, 'response'), e.event_id) IN ({marks}), false) AS granted,
            e.at AS since
        FROM events e
        WHERE e.type = 'answer' AND starts_with(map_extract_value(e.attributes, 'question'), ?)
        GROUP BY ALL"""
    text = f"""
        WITH said AS ({answers}),
        refused AS (
            SELECT b.record_id, purpose, granted, since FROM said JOIN records a USING (record_id)
                JOIN ({bearers_sql("records")}) b ON b.system = a.source AND b.value = a.source_key
            WHERE a.anonymous AND NOT granted
        )
        SELECT record_id, purpose, bool_and(granted) AS granted, since FROM (FROM said UNION ALL FROM refused)
        GROUP BY record_id, purpose, since ORDER BY record_id, purpose, since"""
    return to_schema(ask(connection, Sql(text=text, parameters=(*GRANTING, CONSENT_QUESTION))), CONSENTS.schema)
