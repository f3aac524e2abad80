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

from lake.memory import Handed
from resolution.clustering import Clusters
from resolution.clustering.agglomerate import in_company
from resolution.crowds import counted_by_people
from resolution.encode import Encoded, encode
from resolution.encode.records import completed, in_order
from resolution.equals import stands_for
from resolution.links import Chosen, explain, probability
from resolution.model import Weights

RULE: Final = "equal records"
Ints = NDArray[np.int64]
Rows = NDArray[np.int32]
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


def encode_once(records: pa.Table, apart: NDArray[np.bool_], whole: Collection[str] = ()) -> tuple[Encoded, Rows]:
    """Code a table of records, those that many are equal to only once.

    Args:
        records: as for `encode`; likewise let go.
        apart: shape (records,). Records that nothing may stand for.
        whole: as for `encode`.

    Returns:
        The coded table, whose `order` names rows of the input; and the coded row of every record, shape (records,).
    """
    table = Handed(completed(records))
    del records
    stands = stands_for(table.there, apart)
    rows = np.flatnonzero(stands == np.arange(len(stands)))
    if len(rows) < len(stands):
        in_order(table.there.column("record_id"))
        table = Handed(table.take().take(pa.array(rows)))
    encoded = counted_by_people(encode(table.take(), whole))
    order = rows.astype(np.int32)[encoded.order]
    coded = np.empty(len(stands), np.int32)
    coded[order] = np.arange(len(order), dtype=np.int32)
    return replace(encoded, order=order), coded[stands]


def everyone(encoded: Encoded, coded: Rows, weights: Weights, found: Clusters, threshold: float) -> Everyone:
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


def _chance_of_copies(encoded: Encoded, weights: Weights, rows: Rows) -> Floats:
    """Probability that two records are one person which both say what a coded row says; 0 for rows not asked for."""
    chance = np.zeros(len(encoded.order))
    chance[rows] = probability(explain(encoded, weights, rows, rows).bits)
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
