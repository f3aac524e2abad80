"""Records that stand in a table many times over: compared once, counted once, put together again at the end.

Somebody who stands a thousand times among two thousand records would make his own name the commonest there is, fill
every block he is in, and spend the whole budget of pairs on his copies. One record stands for all that are equal to it
in everything that is evidence. Whether copies are one person is the model's to say, as of any other pair: a thousand
records of a common name and nothing else stay apart.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from resolution.clustering import Clusters
from resolution.clustering.agglomerate import in_company
from resolution.crowds import counted_by_people, often, row_keys
from resolution.encode import Encoded, encode
from resolution.encode.codes import AT_SEX, AT_SOURCE
from resolution.encode.columns import dictionary
from resolution.encode.pool import flat
from resolution.encode.records import completed
from resolution.links import Chosen, explain, probability
from resolution.model import Weights

LOOKED_AT: Final = np.array([AT_SOURCE, *range(AT_SEX)])
"""Words of a record's line, its source, names and date, in which many must be equal before they are looked at."""
RULE: Final = "equal records"
BETWEEN_PARTS, BETWEEN_ITEMS = "\x1e", "\x1f"
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Everyone:
    """What was found, for every record of the input.

    Attributes:
        label: shape (records,). Cluster, from 0.
        confidence: shape (records,). That the record belongs to it.
        copies: shape (joined copies,). Input rows of records that are one person with the one that stands for them.
        stands: shape (joined copies,). Coded row of the one that stands for each.
    """

    label: Ints
    confidence: Floats
    copies: Ints
    stands: NDArray[np.int32]


def encode_once(records: pa.Table, apart: NDArray[np.bool_], whole: Collection[str] = ()) -> tuple[Encoded, Ints]:
    """Code a table of records, those that many are equal to only once.

    Args:
        records: as for `encode`.
        apart: shape (records,). Records that nothing may stand for.
        whole: as for `encode`.

    Returns:
        The coded table, whose `order` names rows of the input; and the coded row of every record, shape (records,).
    """
    encoded = encode(records, whole)
    stands = _stands_for(records, encoded, apart)
    kept = stands == np.arange(len(stands))
    coded = np.empty(len(stands), np.int64)
    if kept.all():
        coded[encoded.order] = stands
        return counted_by_people(encoded), coded
    coded[encoded.order] = (np.cumsum(kept) - 1)[stands]
    rows = np.sort(encoded.order[kept])
    once = encode(records.take(pa.array(rows)), whole)
    return replace(counted_by_people(once), order=rows[once.order]), coded


def _stands_for(records: pa.Table, encoded: Encoded, apart: NDArray[np.bool_]) -> Ints:
    """The coded row that stands for each: the first of those that are equal, mostly itself. Shape (n,)."""
    stands = np.arange(len(encoded.order), dtype=np.int64)
    alike = often(row_keys(encoded.codes.line, LOOKED_AT)) & ~apart[encoded.order]
    rows = np.flatnonzero(alike)
    if not len(rows):
        return stands
    columns = _coded_columns(records.take(pa.array(encoded.order[rows])))
    keys = row_keys(np.stack(columns, axis=1), np.arange(len(columns)))
    many = often(keys)
    rows, keys = rows[many], keys[many]
    _, first, group = np.unique(keys, return_index=True, return_inverse=True)
    stands[rows] = rows[first][group]
    return stands


def _coded_columns(records: pa.Table) -> list[NDArray[np.int32]]:
    """Every column that is evidence, each distinct value as a number."""
    table = completed(records)
    return [dictionary(_as_text(flat(table.column(name))))[0] for name in table.column_names if name != "record_id"]


def _as_text(column: pa.Array) -> pa.Array:
    """A column as one text a record; lists, structs and maps are different texts where their values are."""
    kind, text = column.type, column
    if pa.types.is_dictionary(kind):
        text = column.cast(pa.string())
    elif pa.types.is_map(kind):
        pairs = pa.StructArray.from_arrays([column.keys, column.items], ["key", "value"])
        text = _as_text(pa.ListArray.from_arrays(column.offsets, pairs))
    elif pa.types.is_struct(kind):
        text = pc.binary_join_element_wise(*(_as_text(part) for part in column.flatten()), BETWEEN_PARTS)
    elif pa.types.is_list(kind):
        counts = pc.cumulative_sum(pc.fill_null(pc.list_value_length(column), 0))
        ends = pa.concat_arrays([pa.array([0], pa.int32()), counts])
        text = pc.binary_join(pa.ListArray.from_arrays(ends, _as_text(pc.list_flatten(column))), BETWEEN_ITEMS)
    filled: pa.Array = pc.fill_null(text, "")
    return filled


def everyone(encoded: Encoded, coded: Ints, weights: Weights, found: Clusters, threshold: float) -> Everyone:
    """Give every record the cluster of the one that stands for it, if their equality is evidence enough.

    Args:
        encoded: the coded table.
        coded: shape (records,). Coded row of every record.
        weights: the model.
        found: clusters of the coded rows.
        threshold: least probability of a link.
    """
    label, confidence = found.label[coded], found.confidence[coded]
    compared = np.zeros(len(coded), np.bool_)
    compared[encoded.order] = True
    copies = np.flatnonzero(~compared)
    if not len(copies):
        return Everyone(label=label, confidence=confidence, copies=copies, stands=coded[copies].astype(np.int32))
    chance = _chance_of_copies(encoded, weights, np.unique(coded[copies]))[coded]
    joined = chance[copies] >= threshold
    alone = copies[~joined]
    label[alone] = len(found.label) + np.arange(len(alone))
    copies = copies[joined]
    stands = coded[copies].astype(np.int32)
    held = np.bincount(coded[copies], minlength=len(found.label))[coded]
    only = (held > 0) & (np.bincount(found.label)[found.label][coded] == 1)
    only[alone] = False
    confidence[only] = in_company(chance[only], held[only])
    confidence[alone] = 1.0
    return Everyone(label=_by_first(label), confidence=confidence, copies=copies, stands=stands)


def _chance_of_copies(encoded: Encoded, weights: Weights, rows: Ints) -> Floats:
    """Probability that two records are one person which both say what a coded row says; 0 for rows not asked for."""
    chance = np.zeros(len(encoded.order))
    chance[rows] = probability(explain(encoded, weights, rows.astype(np.int32), rows.astype(np.int32)).bits)
    return chance


def _by_first(label: Ints) -> Ints:
    """Clusters numbered from 0 without gaps, in their old order."""
    return np.unique(label, return_inverse=True)[1].astype(np.int64)


def with_equals(encoded: Encoded, weights: Weights, chosen: Chosen, stands: NDArray[np.int32], ids: pa.Array) -> Chosen:
    """All links in order, those of records that equal another among them.

    Args:
        encoded: the coded table.
        weights: the model.
        chosen: links of the records that were compared.
        stands: shape (k,). The coded row that stands for each of the others.
        ids: shape (k,). Their record ids.

    Cost: one sort of all ids and one of the links.
    """
    rows, which = np.unique(stands, return_inverse=True)
    bits = explain(encoded, weights, rows, rows).bits[which]
    count = len(encoded.record_ids)
    rank = np.empty(count + len(ids), np.int64)
    rank[pc.sort_indices(pa.concat_arrays([encoded.record_ids, ids]))] = np.arange(len(rank))
    left, right = np.concatenate([chosen.left, stands]), np.concatenate([chosen.right, stands])
    equal = np.concatenate([chosen.equal, np.arange(len(ids), dtype=np.int32)])
    order = np.lexsort((rank[np.where(equal < 0, right, count + equal)], rank[left]))
    return Chosen(
        left=left,
        right=right,
        equal=equal,
        bits=np.concatenate([chosen.bits, bits]),
        rule=pa.concat_arrays([chosen.rule, pa.repeat(pa.scalar(RULE), len(ids))]),
        steward=np.concatenate([chosen.steward, np.zeros(len(ids), np.bool_)]),
    ).at(order)
