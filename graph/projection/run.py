"""Runs a projection: lake views in, batches of vertices and edges out, the same ones for the same lake every time."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import Final

import duckdb
import pyarrow as pa

from core.ids import content_ids, keyed_ids
from graph.contract import Batch, EdgeBatch, VertexBatch
from graph.ontology import Ontology, validate
from graph.projection.added import added_edges, added_names, added_vertices
from graph.projection.edges import EDGE_QUERIES
from graph.projection.prepare import steps
from graph.projection.steps import EdgeQuery, Name, Prepare, Shown, VertexQuery
from graph.projection.vertices import SNAPSHOT, VERTEX_QUERIES

BATCH_ROWS: Final = 50_000
EDGE_PREFIX: Final = "x"


def project(
    connection: duckdb.DuckDBPyConnection,
    *,
    key: bytes,
    ontology: Ontology,
    snapshot_id: str,
    run_id: str,
    now: datetime,
) -> Iterator[Batch]:
    """Make the graph of a lake snapshot.

    Args:
        connection: has a view for each table of `lake.tables`. It is the projection's alone until the last batch.
        key: the workspace key.
        ontology: what there may be; `ontology.added` says what the workspace adds.
        snapshot_id: the snapshot that the views show.
        run_id: the run that published it.
        now: that run's clock.

    Yields:
        Batches of at most `BATCH_ROWS` rows: vertices, edges, and last the Snapshot vertex.
        Cost: each query sorts its rows once; nothing is held but one batch and the prepared tables.
    """
    shown = Shown(snapshot_id=snapshot_id, run_id=run_id, at=now)
    for step in chain(steps(shown, ontology.added.identifier_limits), added_names(ontology.added)):
        _prepare(connection, step, key)
    for query in chain(VERTEX_QUERIES, added_vertices(ontology.added)):
        yield from _checked(_vertices(connection, query), ontology)
    for edges in chain(EDGE_QUERIES, added_edges(ontology.added)):
        yield from _checked(_edges(connection, edges), ontology)
    yield from _checked(_vertices(connection, SNAPSHOT), ontology)


def _checked(batches: Iterator[Batch], ontology: Ontology) -> Iterator[Batch]:
    for batch in batches:
        validate(batch, ontology)
        yield batch


def _prepare(connection: duckdb.DuckDBPyConnection, step: Prepare | Name, key: bytes) -> None:
    if isinstance(step, Prepare):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {step.table} AS {step.sql}")
        return
    rows = connection.sql(step.sql).to_arrow_table()
    connection.register("graph_named", rows.append_column("id", _ids(step, rows, key)))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {step.table} AS SELECT * FROM graph_named")
    connection.unregister("graph_named")


def _ids(step: Name, rows: pa.Table, key: bytes) -> pa.Array:
    constants = [_constant(text, rows.num_rows) for text in step.constants]
    parts = [*constants, *(rows.column(name).combine_chunks() for name in rows.column_names)]
    return keyed_ids(step.prefix, key, parts) if step.personal else content_ids(step.prefix, parts)


def _vertices(connection: duckdb.DuckDBPyConnection, query: VertexQuery) -> Iterator[Batch]:
    for table in _tables(connection, query.sql):
        yield VertexBatch(label=query.label, table=table.add_column(1, "uid", table.column("id")))


def _edges(connection: duckdb.DuckDBPyConnection, query: EdgeQuery) -> Iterator[Batch]:
    for table in _tables(connection, query.sql):
        parts = [
            _constant(query.label, table.num_rows),
            table.column("out").combine_chunks(),
            table.column("in_").combine_chunks(),
        ]
        named = table.add_column(0, "id", content_ids(EDGE_PREFIX, parts))
        yield EdgeBatch(label=query.label, out_label=query.out_label, in_label=query.in_label, table=named)


def _tables(connection: duckdb.DuckDBPyConnection, sql: str) -> Iterator[pa.Table]:
    for batch in connection.sql(sql).to_arrow_reader(BATCH_ROWS):
        if batch.num_rows:
            yield pa.Table.from_batches([batch])


def _constant(text: str, rows: int) -> pa.Array:
    return pa.repeat(pa.scalar(text, pa.string()), rows)
