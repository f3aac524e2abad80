"""Our engine's part of the job, once it is loaded and the records are there.

`c360 resolve` does more: it finds out what columns hold, cleans them, explains every link, and reports.
"""

from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from core.progress import Silent
from lake.memory import Handed, give_back
from resolution import ResolutionSettings
from resolution.links import probability
from resolution.pipeline import STAGES, Work, block_records, compare_pairs, spread_copies

UNBOUNDED: Final = 10_000
"""Pairs a record, and records a block: blocks of up to so many are compared whole, as the others compare them."""
LEAST: Final = 0.01
"""Pairs below this probability are not written, as with the others."""
AT_PEAK: Final = (block_records, compare_pairs)
"""After these most is free, and what comes next takes it in other sizes; elsewhere it serves what comes next."""


def resolved(records: pa.Table, rules: tuple[str, ...]) -> Work:
    """Encode, train, predict and cluster, by the given blocking rules alone."""
    settings = ResolutionSettings(
        pair_budget=UNBOUNDED,
        largest_block=UNBOUNDED,
        blocking=tuple(tuple(rule.split("+")) for rule in rules),
        automatic_blocking=False,
    )
    work = Work(records=Handed(records), settings=settings, judgements=(), progress=Silent())
    del records
    for stage in STAGES[: STAGES.index(spread_copies) + 1]:
        work = stage(work)
        if stage in AT_PEAK:
            give_back()
    return work


def write(work: Work, record_ids: pa.Array, out: Path) -> int:
    """Write clusters and scored pairs; returns how many pairs were compared.

    Args:
        work: what was found.
        record_ids: of the rows of the input.
        out: a folder.
    """
    give_back()
    encoded, edges, tally, everyone = work.encoded, work.edges, work.tally, work.everyone
    assert encoded is not None and edges is not None  # noqa: PT018  # the stages have run
    assert tally is not None and everyone is not None  # noqa: PT018
    pq.write_table(pa.table({"record_id": record_ids, "entity_id": everyone.label}), out / "clusters.parquet")
    chance = probability(edges.bits)
    kept = np.flatnonzero(chance >= LEAST)
    ends = [encoded.record_ids.take(pa.array(side[kept])) for side in (edges.left, edges.right)]
    pq.write_table(pa.table({"l": ends[0], "r": ends[1], "score": chance[kept]}), out / "pairs.parquet")
    return int(tally.pairs.sum())
