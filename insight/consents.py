"""Consents as people gave them in answers: the question `consent_PURPOSE`, and whether the response grants it."""

import duckdb
import pyarrow as pa

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
    text = f"""
        SELECT e.record_id, substr(map_extract_value(e.attributes, 'question'), {len(CONSENT_QUESTION) + 1}) AS purpose,
            coalesce(arg_max(map_extract_value(e.attributes, 'response'), e.event_id) IN ({marks}), false) AS granted,
            e.at AS since
        FROM events e
        WHERE e.type = 'answer' AND starts_with(map_extract_value(e.attributes, 'question'), ?)
        GROUP BY ALL ORDER BY record_id, purpose, since"""
    return to_schema(ask(connection, Sql(text=text, parameters=(*GRANTING, CONSENT_QUESTION))), CONSENTS.schema)
