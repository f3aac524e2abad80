"""The history of who is who: what changed since the run before, what the log adds up to, and where old ids lead.

Every change is one row: an entity is created, merged into another, split from another or erased; a record joins or
leaves. A row says since when it holds in the world (a new record: since its source saw it; a deletion: since its source
deleted it; a change of mind: now) and since when the engine knows. Replaying joined and left gives the present members.
"""

from typing import Final

import pyarrow as pa

from lake.tables import MEMBERS

CHANGES: Final = """
    WITH moved AS (
        SELECT record_id, was.entity_id AS old_id, now_members.entity_id AS new_id
        FROM was FULL JOIN now_members USING (record_id) WHERE was.entity_id IS DISTINCT FROM now_members.entity_id
    ), touched AS (
        SELECT entity_id FROM was JOIN judged USING (record_id)
        UNION SELECT entity_id FROM now_members JOIN judged USING (record_id)
    ), best AS (
        SELECT parts.entity_id AS old_id, named.entity_id AS new_id, named.fresh,
            row_number() OVER (PARTITION BY parts.entity_id ORDER BY rank) AS of_old,
            row_number() OVER (PARTITION BY label ORDER BY rank) AS of_new
        FROM parts JOIN named USING (label)
    ), gone AS (
        SELECT entity_id, bool_or(living.record_id IS NOT NULL) AS survives, max(deaths.died_at) AS died_at
        FROM was LEFT JOIN living USING (record_id) LEFT JOIN deaths USING (record_id)
        WHERE entity_id NOT IN (SELECT entity_id FROM named) GROUP BY entity_id
    ), changes AS (
        SELECT 1 AS place, named.entity_id, 'created' AS change, NULL AS record_id, NULL AS other_entity_id,
            min(seen_at) AS valid_from, NULL AS told
        FROM named JOIN living USING (label) WHERE fresh GROUP BY named.entity_id
            HAVING named.entity_id NOT IN (SELECT new_id FROM best)
        UNION ALL
        SELECT 1, new_id, 'created', NULL, NULL, $now, 'model' FROM best WHERE fresh AND of_new = 1
        UNION ALL
        SELECT 2, new_id, 'split_from', NULL, old_id, $now, 'model' FROM best WHERE fresh AND of_new = 1
        UNION ALL
        SELECT 3, new_id, 'joined', record_id, NULL, CASE WHEN old_id IS NULL THEN seen_at ELSE $now END,
            CASE WHEN old_id IS NOT NULL THEN 'model' END
        FROM moved JOIN living USING (record_id)
        UNION ALL
        SELECT 4, old_id, 'left', record_id, NULL, CASE WHEN new_id IS NULL THEN coalesce(died_at, $now) ELSE $now END,
            CASE WHEN new_id IS NULL THEN 'source_deleted' ELSE 'model' END
        FROM moved LEFT JOIN deaths USING (record_id) WHERE old_id IS NOT NULL
        UNION ALL
        SELECT 5, entity_id, 'merged_into', NULL, new_id, $now, 'model'
        FROM gone JOIN best ON best.old_id = gone.entity_id AND of_old = 1 WHERE survives
        UNION ALL
        SELECT 6, entity_id, 'erased', NULL, NULL, coalesce(died_at, $now), 'source_deleted'
        FROM gone WHERE NOT survives
    )
    SELECT entity_id, change, record_id, other_entity_id, valid_from, $now AS known_from, $run_id AS run_id,
        CASE WHEN told = 'model' AND (entity_id IN (FROM touched) OR other_entity_id IN (FROM touched)) THEN 'steward'
             ELSE coalesce(told, 'new_record') END AS cause
    FROM changes ORDER BY place, entity_id, record_id"""
"""Reads `was`, `now_members`, `named`, `parts`, `living`, `deaths` and `judged`; see `unify`."""


def replay(identity_log: pa.Table) -> pa.Table:
    """Give the present members by the log alone: record_id, entity_id, by record id.

    Args:
        identity_log: the whole log in the order it was written; the later of two rows of one instant counts.
    """
    query = """
        SELECT record_id, entity_id FROM (
            SELECT record_id, entity_id, arg_max(change, (known_from, ordinal)) AS last_change
            FROM log WHERE change IN ('joined', 'left') GROUP BY record_id, entity_id)
        WHERE last_change = 'joined' ORDER BY record_id, entity_id"""
    members = _on_log(identity_log, query)
    return members.cast(pa.schema([MEMBERS.schema.field("record_id"), MEMBERS.schema.field("entity_id")]))


def redirects(identity_log: pa.Table) -> pa.Table:
    """Say where every id that was merged away leads now: entity_id, current_id, by entity id.

    The chain is followed to its end; an end that was erased later is still given, and names nobody.
    """
    query = """
        WITH RECURSIVE step AS (
            SELECT entity_id, other_entity_id FROM log WHERE change = 'merged_into'
        ), walk AS (
            SELECT entity_id, other_entity_id AS current_id FROM step
            UNION ALL
            SELECT walk.entity_id, step.other_entity_id FROM walk JOIN step ON step.entity_id = walk.current_id
        )
        SELECT entity_id, current_id FROM walk WHERE current_id NOT IN (SELECT entity_id FROM step)
        ORDER BY entity_id"""
    return _on_log(identity_log, query)


def _on_log(identity_log: pa.Table, query: str) -> pa.Table:
    """Run a query over the log with its row number as `ordinal`."""
    import duckdb

    ordinal = pa.array(range(identity_log.num_rows), pa.int64())
    with duckdb.connect() as database:
        database.register("log", identity_log.append_column("ordinal", ordinal))
        answer: pa.Table = database.sql(query).to_arrow_table()
    return answer
