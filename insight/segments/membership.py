"""Who is in a segment: a preview without saving, and the history of entering and leaving."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import duckdb
import pyarrow as pa

from core.ids import content_id
from ingest.clean import NO_REGION
from insight.asking import ask
from insight.contract import Sql
from insight.segments.definition import Definition
from insight.segments.spelling import Unheard, fit
from insight.segments.sql import to_sql
from insight.segments.vocabulary import LakeWords, fitted
from lake.query import to_schema
from lake.tables import SEGMENT_MEMBERSHIP

SEGMENT_PREFIX: Final = "s"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """How large a segment would be, without saving it.

    Attributes:
        size: people in it.
        people: people there are.
        share: size of people, 0 to 1; 0 when there is nobody.
        examples: the first few member ids, in order.
        unheard: values of the definition that nobody has.
    """

    size: int
    people: int
    share: float
    examples: tuple[str, ...]
    unheard: tuple[Unheard, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A saved segment: its name, the version of its definition (1 is the first), and the definition."""

    name: str
    version: int
    definition: Definition

    @property
    def segment_id(self) -> str:
        """The segment's id, derived from its name; it survives new versions."""
        return content_id(SEGMENT_PREFIX, self.name)


def preview(
    connection: duckdb.DuckDBPyConnection,
    definition: Definition,
    now: datetime,
    *,
    examples: int = 5,
    region: str = NO_REGION,
) -> Preview:
    """Count a definition's members at a moment, and name a few; `region` as in `fitted`."""
    meant = fitted(connection, definition, region=region)
    query = to_sql(meant.definition, now)
    text = f"""
        WITH found AS MATERIALIZED ({query.text})
        SELECT (SELECT count(*) FROM found) AS size, (SELECT count(*) FROM entities) AS people,
            (SELECT list(entity_id ORDER BY entity_id) FROM (SELECT entity_id FROM found ORDER BY 1 LIMIT ?)) AS ids"""
    [row] = ask(connection, Sql(text=text, parameters=(*query.parameters, examples))).to_pylist()
    share = row["size"] / row["people"] if row["people"] else 0.0
    return Preview(
        size=row["size"],
        people=row["people"],
        share=share,
        examples=tuple(row["ids"] or ()),
        unheard=meant.unheard,
    )


def members(connection: duckdb.DuckDBPyConnection, definition: Definition, now: datetime) -> pa.Table:
    """The ids of everybody in the segment: one column `entity_id`, in order."""
    return ask(connection, to_sql(fitted(connection, definition).definition, now))


def maintained(connection: duckdb.DuckDBPyConnection, segments: tuple[Saved, ...], now: datetime) -> pa.Table:
    """Bring the membership table up to date: who stays keeps the entry, who left gets `left_at`, who is new enters.

    A stay goes on under a new version of the definition, whose number it then shows. Stays of segments that are not
    given any more end. Finished stays are kept for ever.

    Args:
        connection: views of the lake; `segment_membership` is the one before.
        segments: every segment there now is, with other segments' definitions put in (`reading.inline`), in the words
            of the lake (`fitted_segments`).
        now: the run's clock.

    Returns:
        The whole new table in the schema of SEGMENT_MEMBERSHIP, ordered by its key. Unchanged when nobody moved.
    """
    return to_schema(ask(connection, _maintenance(segments, now)), SEGMENT_MEMBERSHIP.schema)


def fitted_segments(
    connection: duckdb.DuckDBPyConnection, segments: tuple[Saved, ...], *, region: str = NO_REGION
) -> tuple[tuple[Saved, ...], dict[str, tuple[Unheard, ...]]]:
    """Segments in the words of a lake; and of each by name the values, if any, that nobody there has.

    Args:
        connection: views of the lake.
        segments: with other segments' definitions put in.
        region: as in `fitted`.
    """
    words = LakeWords(connection, region)
    meant = [(one, fit(one.definition, words)) for one in segments]
    unheard = {one.name: found.unheard for one, found in meant if found.unheard}
    return tuple(replace(one, definition=found.definition) for one, found in meant), unheard


def _maintenance(segments: tuple[Saved, ...], now: datetime) -> Sql:
    queries = [(saved, to_sql(saved.definition, now)) for saved in segments]
    one = "SELECT ?::VARCHAR AS segment_id, ?::VARCHAR AS segment, ?::BIGINT AS version, entity_id FROM ({})"
    nobody = "SELECT '' AS segment_id, '' AS segment, 0::BIGINT AS version, entity_id FROM entities WHERE false"
    current = " UNION ALL ".join([nobody, *[one.format(query.text) for _, query in queries]])
    values = [
        value for saved, query in queries for value in (saved.segment_id, saved.name, saved.version, *query.parameters)
    ]
    text = f"""
        WITH current AS MATERIALIZED ({current}),
        stays AS (SELECT * FROM segment_membership WHERE left_at IS NULL),
        stayed AS (
            SELECT s.segment_id, coalesce(c.segment, s.segment) AS segment,
                coalesce(c.version, s.definition_version) AS definition_version, s.entity_id, s.entered_at,
                CASE WHEN c.entity_id IS NULL THEN ?::TIMESTAMPTZ END AS left_at
            FROM stays s LEFT JOIN current c ON c.segment_id = s.segment_id AND c.entity_id = s.entity_id),
        entered AS (
            SELECT c.segment_id, c.segment, c.version AS definition_version, c.entity_id,
                ?::TIMESTAMPTZ AS entered_at, NULL::TIMESTAMPTZ AS left_at
            FROM current c ANTI JOIN stays s ON c.segment_id = s.segment_id AND c.entity_id = s.entity_id)
        SELECT * FROM segment_membership WHERE left_at IS NOT NULL
        UNION ALL SELECT * FROM stayed UNION ALL SELECT * FROM entered
        ORDER BY segment_id, entity_id, entered_at"""
    return Sql(text=text, parameters=(*values, now.isoformat(), now.isoformat()))
