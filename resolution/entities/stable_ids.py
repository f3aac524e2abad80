"""Stable ids: which cluster of this run carries on which entity of the run before.

Parts are ranked by how many records a cluster shares with an entity, ties by the oldest entity, then by entity id, then
by the cluster's first record. A cluster and an entity that are each other's best go on together; that is repeated among
the rest. So the largest surviving part keeps the id, whatever the order of rows. What is left over gets a new id: an
HMAC of the cluster's first record id and a generation, which counts up past ids that were ever used.

SQL text and ids; `unify` runs it.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from core.ids import content_ids, keyed_ids

CLUSTERS: Final = "SELECT label, min(record_id) AS first_record FROM living GROUP BY label"

PARTS: Final = """
    SELECT was.entity_id, living.label, row_number() OVER (
        ORDER BY count(*) DESC, min(born.created_at) NULLS LAST, was.entity_id, min(clusters.first_record)) AS rank
    FROM living JOIN was USING (record_id) JOIN clusters USING (label) LEFT JOIN born USING (entity_id)
    GROUP BY was.entity_id, living.label"""

MUTUAL: Final = """
    INSERT INTO kept
    SELECT entity_id, label FROM (
        SELECT *, min(rank) OVER (PARTITION BY entity_id) AS of_entity, min(rank) OVER (PARTITION BY label) AS of_label
        FROM unsettled) WHERE rank = of_entity AND rank = of_label"""

SETTLE: Final = """
    DELETE FROM unsettled WHERE entity_id IN (SELECT entity_id FROM kept) OR label IN (SELECT label FROM kept)"""

UNNAMED: Final = """
    SELECT label, first_record FROM clusters WHERE label NOT IN (SELECT label FROM kept) ORDER BY first_record"""


def new_ids(first_records: pa.Array, key: bytes, is_used: Callable[[pa.Array], npt.NDArray[np.bool_]]) -> pa.Array:
    """Name clusters that carry on no entity.

    Args:
        first_records: shape (clusters,), strings, distinct.
        key: the workspace key.
        is_used: tells of each id whether an entity ever bore it.

    Returns:
        Shape (clusters,), strings `e_…`: the first generation that is unused.
    """
    ids = np.full(len(first_records), "", dtype=object)
    waiting = np.arange(len(first_records))
    generation = 0
    while waiting.size:
        names = first_records.take(pa.array(waiting))
        drawn = keyed_ids("e", key, [names, pa.repeat(pa.scalar(str(generation)), len(names))])
        used = is_used(drawn)
        ids[waiting[~used]] = drawn.to_numpy(zero_copy_only=False)[~used]
        waiting, generation = waiting[used], generation + 1
    return pa.array(ids, pa.string())


def content_entity_ids(record_ids: pa.Array, labels: npt.NDArray[np.int64]) -> pa.Array:
    """Name entities where there is no workspace: by the smallest record id of each cluster.

    Args:
        record_ids: shape (records,), strings, distinct.
        labels: shape (records,), the cluster of each record.

    Returns:
        Shape (records,), strings `e_…`: the id of each record's entity. Row order does not matter.
    """
    table = pa.table({"label": pa.array(labels), "record_id": record_ids.cast(pa.string())})
    first = table.group_by("label").aggregate([("record_id", "min")])
    ids = content_ids("e", [first.column("record_id_min").combine_chunks()])
    places = pc.index_in(table.column("label").combine_chunks(), value_set=first.column("label").combine_chunks())
    return ids.take(places)
