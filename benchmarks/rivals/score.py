"""What an engine's output is worth: its clusters against truth, and the best that any threshold of its pairs gives."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from resolution.clustering.components import roots
from resolution.evaluation import Agreement, agreement

Ints = npt.NDArray[np.int64]
THRESHOLDS = (0.05, 0.2, 0.35, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9999)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Agreement of an engine with truth.

    Attributes:
        default: its own clusters, or its pairs at 0.5 where it makes none.
        best: connected components of its pairs at the threshold that gives the best pairwise F1; None without pairs.
        threshold: that threshold.
    """

    default: Agreement
    best: Agreement | None
    threshold: float | None


def score(out: Path, prepared: Path) -> Scored:
    """Measure what an engine wrote.

    Args:
        out: clusters.parquet (record_id, entity_id), pairs.parquet (l, r, score), or both.
        prepared: records.parquet and truth.parquet.
    """
    truth = pq.read_table(prepared / "truth.parquet")
    ids = pq.read_table(prepared / "records.parquet", columns=["record_id"]).column("record_id").combine_chunks()
    person = np.full(len(ids), -1, np.int64)
    person[_places(truth.column("record_id"), ids)] = np.unique(truth.column("label").to_pylist(), return_inverse=True)[
        1
    ]
    swept: list[tuple[float, Agreement]] = []
    if (out / "pairs.parquet").is_file():
        pairs = pq.read_table(out / "pairs.parquet")
        ends = [_places(pairs.column(side), ids) for side in ("l", "r")]
        sure = np.asarray(pairs.column("score"), np.float64)
        for threshold in THRESHOLDS:
            kept = sure >= threshold
            swept.append((threshold, measured(components(len(ids), ends[0][kept], ends[1][kept]), person)))
    best = max(swept, key=lambda each: each[1].f1, default=None)
    if (out / "clusters.parquet").is_file():
        clusters = pq.read_table(out / "clusters.parquet")
        cluster = np.arange(len(ids)) + len(ids)
        names = np.unique(clusters.column("entity_id").to_pylist(), return_inverse=True)[1]
        cluster[_places(clusters.column("record_id"), ids)] = names
        default = measured(cluster, person)
    else:
        default = dict(swept)[0.5]
    return Scored(default=default, best=best[1] if best else None, threshold=best[0] if best else None)


def _places(names: pa.ChunkedArray, ids: pa.Array) -> Ints:
    return np.asarray(pc.index_in(names, value_set=ids).combine_chunks(), np.int64)


def measured(cluster: Ints, person: Ints) -> Agreement:
    """Clusters against people, over the records that have one."""
    known = person >= 0
    renumbered = np.unique(cluster[known], return_inverse=True)[1].astype(np.int64)
    return agreement(renumbered, person[known])


def components(records: int, left: Ints, right: Ints) -> Ints:
    """Connected components, each named by its smallest record; shape (records,)."""
    return roots(left.astype(np.int32), right.astype(np.int32), records).astype(np.int64)
