"""Records and their clusters become entities with stable ids, golden profiles and a history."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from core.errors import BrokenError
from lake.tables import ENTITIES, IDENTITY_LOG, MEMBERS
from resolution.entities import stable_ids, survivorship
from resolution.entities.contract import Previous, Unified, UnifyContext
from resolution.entities.history import CHANGES

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Parameter = str | datetime


def unify(
    records: pa.Table,
    clusters: npt.NDArray[np.int64],
    membership: npt.NDArray[np.float64],
    *,
    previous: Previous | None,
    context: UnifyContext,
) -> Unified:
    """Make every cluster of living records an entity, carrying on the entities of the run before.

    Args:
        records: table `records`; rows whose `deleted_at` is set take no part.
        clusters: shape (records,). The cluster of each row; only equality counts.
        membership: shape (records,), in [0, 1]. Confidence that the record belongs to its cluster. An entity is as sure
            as its least sure member.
        previous: who was who, or None in a first run.
        context: key, clock and run.

    Returns:
        Entities, members and history. Row order of the input and cluster labels leave no trace.

    Raises:
        BrokenError: the arrays do not fit the table.

    Cost: O(n log n) in DuckDB, about 3 GB and some forty seconds for a million records on two cores.
    """
    import duckdb

    if not len(records) == len(clusters) == len(membership):
        raise BrokenError("Clusters and records differ in length.", records=len(records), clusters=len(clusters))
    before = previous or _nothing()
    with duckdb.connect() as database:
        _stage(database, records.append_column("label", pa.array(clusters)), membership, before)
        _settle(database, context)
        _name(database, context.key)
        changes = _read(database, CHANGES, {"now": context.now, "run_id": context.run_id}, IDENTITY_LOG.schema)
        log = pa.concat_tables([before.identity_log.cast(IDENTITY_LOG.schema), changes])
        entities = _profiles(database, log)
        members = _read(database, "FROM now_members ORDER BY record_id", {}, MEMBERS.schema)
    return Unified(entities=entities, members=members, identity_log=log, changes=changes)


def _nothing() -> Previous:
    """Who was who before the first run."""
    return Previous(members=MEMBERS.schema.empty_table(), identity_log=IDENTITY_LOG.schema.empty_table())


def _stage(
    database: "DuckDBPyConnection", records: pa.Table, membership: npt.NDArray[np.float64], previous: Previous
) -> None:
    """Hand the tables to DuckDB."""
    database.register("given", records.append_column("membership", pa.array(membership)))
    database.register("given_members", previous.members.select(["record_id", "entity_id"]))
    database.register("given_log", previous.identity_log)
    _make(database, "was", "FROM given_members")
    _make(
        database,
        "born",
        "SELECT entity_id, min(known_from) FILTER (change = 'created') AS created_at FROM given_log GROUP BY entity_id",
    )


def _settle(database: "DuckDBPyConnection", context: UnifyContext) -> None:
    """Part the living from the deleted, and match clusters with the entities they carry on."""
    profile = ", ".join((*survivorship.SCALARS, *survivorship.LISTS, "categories"))
    now = {"now": context.now}
    _make(
        database,
        "living",
        f"SELECT record_id, label, membership, kind, observed_at, least(coalesce(observed_at, $now), $now) AS seen_at, "
        f"{profile} FROM given WHERE deleted_at IS NULL",
        now,
    )
    _make(
        database,
        "deaths",
        "SELECT record_id, least(deleted_at, $now) AS died_at FROM given WHERE deleted_at IS NOT NULL",
        now,
    )
    database.register("given_judged", pa.table({"record_id": pa.array(context.judged, pa.string())}))
    _make(database, "judged", "SELECT DISTINCT record_id FROM given_judged")
    _make(database, "clusters", stable_ids.CLUSTERS)
    _make(database, "parts", stable_ids.PARTS)
    _make(database, "unsettled", "FROM parts")
    _make(database, "kept", "SELECT entity_id, label FROM parts LIMIT 0")
    while database.execute("SELECT count(*) > 0 FROM unsettled").fetchall()[0][0]:
        database.execute(stable_ids.MUTUAL)
        database.execute(stable_ids.SETTLE)


def _name(database: "DuckDBPyConnection", key: bytes) -> None:
    """Give every cluster its id: the kept one, or a new one that nobody ever bore."""
    unnamed: pa.Table = database.sql(stable_ids.UNNAMED).to_arrow_table()

    def is_used(ids: pa.Array) -> npt.NDArray[np.bool_]:
        database.register("drawn", pa.table({"id": ids, "place": pa.array(np.arange(len(ids)))}))
        found = database.sql("SELECT id IN (SELECT entity_id FROM born) AS used FROM drawn ORDER BY place")
        return np.asarray(found.fetchnumpy()["used"], dtype=np.bool_)

    firsts = unnamed.column("first_record").combine_chunks()
    ids = stable_ids.new_ids(firsts, key, is_used)
    database.register("fresh", pa.table({"label": unnamed.column("label"), "entity_id": ids}))
    _make(
        database,
        "named",
        "SELECT label, entity_id, false AS fresh FROM kept UNION ALL SELECT label, entity_id, true FROM fresh",
    )
    _make(
        database,
        "now_members",
        "SELECT record_id, entity_id, membership AS confidence FROM living JOIN named USING (label)",
    )


def _profiles(database: "DuckDBPyConnection", log: pa.Table) -> pa.Table:
    """Golden profiles of the entities that now are."""
    database.register("whole_log", log)
    _make(
        database,
        "facts",
        """SELECT entity_id, list(DISTINCT kind ORDER BY kind) AS kinds, min(confidence) AS confidence,
            list(record_id ORDER BY record_id) AS members, any_value(created.created_at) AS created_at
        FROM now_members JOIN living USING (record_id) JOIN (
            SELECT entity_id, min(known_from) AS created_at FROM whole_log WHERE change = 'created' GROUP BY entity_id
        ) AS created USING (entity_id) GROUP BY entity_id""",
    )
    for name, query in survivorship.steps():
        _make(database, name, query)
    return _read(database, "FROM entities ORDER BY entity_id", {}, ENTITIES.schema)


def _make(
    database: "DuckDBPyConnection", name: str, query: str, parameters: Mapping[str, Parameter] | None = None
) -> None:
    database.execute(f"CREATE TEMP TABLE {name} AS {query}", parameters)


def _read(
    database: "DuckDBPyConnection", query: str, parameters: Mapping[str, Parameter], schema: pa.Schema
) -> pa.Table:
    """The answer in the schema's column order, types and documentation."""
    table: pa.Table = database.sql(query, params=parameters).to_arrow_table()
    return table.select(schema.names).cast(schema)
