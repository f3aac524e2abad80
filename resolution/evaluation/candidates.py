"""The candidate pairs of a finished run, weighed again by its own model: a resolve keeps its links only.

The records are the same, the model is given and nothing is learned, so the pairs and their weights are the run's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from core.progress import Progress, Silent
from lake.memory import Handed
from resolution.contract import Judgement, MatchModel, ResolutionSettings
from resolution.evaluation.agreement import Ints
from resolution.links import probability
from resolution.model import with_threshold
from resolution.pipeline import (
    Work,
    block_records,
    cluster_records,
    compare_pairs,
    encode_records,
    spend_budget,
    spread_copies,
    train_model,
)

STAGES: Final = (encode_records, block_records, train_model, spend_budget, compare_pairs)
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Candidate pairs worth a look, those at or above `resolution.pipeline.REVIEW_BITS`.

    Attributes:
        left: shape (pairs,). Rows of the records.
        right: shape (pairs,). Other rows.
        bits: shape (pairs,). Log-odds.
        probability: shape (pairs,). The same as probabilities.
        work: the run as far as it was done again.
    """

    left: Ints
    right: Ints
    bits: Floats
    probability: Floats
    work: Work


def weigh_candidates(
    records: pa.Table,
    settings: ResolutionSettings,
    model: MatchModel,
    *,
    judgements: Sequence[Judgement] = (),
    progress: Progress | None = None,
) -> Candidates:
    """Find and weigh the candidate pairs of a run again.

    Args:
        records: as for `resolution.resolve`.
        settings: the run's.
        model: the run's.
        judgements: what stewards said.
        progress: is told how far it has come.
    """
    settings = msgspec.structs.replace(settings, threshold=None)  # the model brings its own
    told = tuple(judgements)
    work = Work(records=Handed(records), settings=settings, judgements=told, progress=progress or Silent(), model=model)
    for stage in STAGES:
        work = stage(work)
    assert work.encoded is not None
    assert work.edges is not None
    order, edges = work.encoded.order.astype(np.int64), work.edges
    return Candidates(
        left=order[edges.left],
        right=order[edges.right],
        bits=edges.bits,
        probability=probability(edges.bits),
        work=work,
    )


def cluster_at(candidates: Candidates, threshold: float) -> Ints:
    """Cluster the records as a run with this threshold would; shape (records,)."""
    work = candidates.work
    assert work.model is not None
    found = spread_copies(cluster_records(replace(work, model=with_threshold(work.model, threshold)))).everyone
    assert found is not None
    return found.label
