"""Clusters meet truth: the two tables are joined by record, and their agreement is measured.

They are joined on the record id as text where that is unique in both, and on source and record id where it repeats;
where the truth names more records whole, its ids are taken for `source:key`.
"""

from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from core.errors import BadInputError
from resolution.evaluation.agreement import Ints, agreement
from resolution.evaluation.contract import Evaluation

TRUTH = """
    CREATE TEMP TABLE truth AS SELECT DISTINCT {source} AS source, record_id::VARCHAR AS record_id,
        nullif(trim(label::VARCHAR), '') AS label FROM given_truth WHERE record_id IS NOT NULL"""

PLAIN = "truth.record_id = clusters.record_id"
WHOLE = "truth.record_id = clusters.source || ':' || clusters.record_id"
NAMED = f"""
    CREATE OR REPLACE TEMP TABLE truth AS SELECT coalesce(clusters.source, truth.source) AS source,
        coalesce(clusters.record_id, truth.record_id) AS record_id, label
    FROM truth LEFT JOIN clusters ON {WHOLE}"""

JOINED = """
    SELECT place, dense_rank() OVER (ORDER BY entity_id, lone) - 1 AS cluster,
        dense_rank() OVER (ORDER BY label) - 1 AS person
    FROM (
        SELECT place, entity_id, label,
            CASE WHEN entity_id IS NULL THEN row_number() OVER (ORDER BY {keys}) ELSE 0 END AS lone
        FROM (FROM truth WHERE label IS NOT NULL) LEFT JOIN clusters USING ({keys}))
    ORDER BY place NULLS FIRST, person"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """Labelled records with their cluster, those first that the clusters lack.

    Attributes:
        place: shape (labelled,). Row of the clusters table; -1 where it has none.
        cluster: shape (labelled,). Numbered from 0; a record that the table lacks has one of its own.
        person: shape (labelled,). Numbered from 0.
        joined_on: the columns the two tables were joined on.
    """

    place: Ints
    cluster: Ints
    person: Ints
    joined_on: tuple[str, ...]


def evaluate(clusters: pa.Table, truth: pa.Table) -> Evaluation:
    """Measure clusters against truth.

    Args:
        clusters: columns source, record_id and entity_id, one row a record.
        truth: columns record_id, label and, where there are several, source. A null or blank label is no label.

    Returns:
        The figures over the labelled records. A labelled record that the clusters lack is a cluster of its own; a
        record without a label is left out. Cost: a million records take seconds.

    Raises:
        BadInputError: record ids repeat and truth has no source; one record has two labels; nothing can be joined.
    """
    return measure(match_truth(clusters, truth), clusters)


def measure(matched: Matched, clusters: pa.Table) -> Evaluation:
    """The figures of clusters that have met their truth; arguments and result as for `evaluate`."""
    absent = int((matched.place < 0).sum())
    labelled = len(matched.place) - absent
    return Evaluation(
        agreement=agreement(matched.cluster, matched.person),
        records=clusters.num_rows,
        labelled=labelled,
        unlabelled=clusters.num_rows - labelled,
        absent=absent,
        entities=len(clusters.column("entity_id").unique()),
        joined_on=matched.joined_on,
    )


def match_truth(clusters: pa.Table, truth: pa.Table) -> Matched:
    """Join clusters and truth by record; arguments and errors as for `evaluate`."""
    with duckdb.connect() as database:
        database.register("given_clusters", clusters.append_column("place", pa.array(np.arange(clusters.num_rows))))
        database.register("given_truth", truth)
        source = "source::VARCHAR" if "source" in truth.column_names else "NULL::VARCHAR"
        database.execute(
            "CREATE TEMP TABLE clusters AS SELECT place, source::VARCHAR AS source, "
            "record_id::VARCHAR AS record_id, entity_id::VARCHAR AS entity_id FROM given_clusters"
        )
        database.execute(TRUTH.format(source=source))
        plain, named = (
            _count(database, f"SELECT count(*) FROM truth SEMI JOIN clusters ON {on}") for on in (PLAIN, WHOLE)
        )
        whole = named > plain
        if whole:
            database.execute(NAMED)
        keys = _keys(database, has_source=whole or "source" in truth.column_names)
        _check_labels(database, keys)
        found = database.sql(JOINED.format(keys=", ".join(keys))).fetchnumpy()
    place = np.ma.filled(np.ma.asarray(found["place"], dtype=np.int64), -1)
    if not (place >= 0).any():
        raise BadInputError(
            "No labelled record of the truth is in the clusters.",
            remedy="Name the id column with --id, and the source column with --source where record ids repeat.",
            joined_on=" and ".join(keys),
        )
    cluster, person = (np.asarray(found[name], dtype=np.int64) for name in ("cluster", "person"))
    return Matched(place=place, cluster=cluster, person=person, joined_on=keys)


def _keys(database: duckdb.DuckDBPyConnection, *, has_source: bool) -> tuple[str, ...]:
    """The columns to join on: the record id alone where it is unique on both sides."""
    repeats = _count(database, "SELECT count(*) - count(DISTINCT record_id) FROM clusters")
    repeats += _count(database, "SELECT count(DISTINCT (source, record_id)) - count(DISTINCT record_id) FROM truth")
    if not repeats:
        return ("record_id",)
    if not has_source:
        raise BadInputError(
            "Record ids repeat among sources, and the truth does not say whose they are.",
            remedy="Name the truth's source column with --source.",
        )
    return ("source", "record_id")


def _check_labels(database: duckdb.DuckDBPyConnection, keys: tuple[str, ...]) -> None:
    """Refuse records with two labels; a labelled and a blank row of one record is a labelled record."""
    names = ", ".join(keys)
    twice = _count(
        database,
        f"SELECT count(*) FROM (SELECT {names} FROM truth GROUP BY {names} HAVING count(DISTINCT label) > 1)",
    )
    if twice:
        raise BadInputError(
            f"The truth gives {twice} records two labels or more.",
            remedy="Name an --id column that is unique, or --source where record ids repeat.",
            records=twice,
        )
    database.execute(
        f"CREATE OR REPLACE TEMP TABLE truth AS SELECT {names}, max(label) AS label FROM truth GROUP BY {names}"
    )


def _count(database: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(database.sql(query).fetchall()[0][0])
