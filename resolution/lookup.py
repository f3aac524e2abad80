"""Looking people up: which known records might be whom a query describes.

The queries go through the same stages as a resolution, up to the weighing of candidate pairs; nothing is clustered.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from core.errors import BrokenError
from core.progress import Progress, Silent
from lake.memory import Handed
from resolution.contract import MatchModel, ResolutionSettings
from resolution.pipeline import Work, block_records, compare_pairs, encode_records, spend_budget, train_model

STAGES: Final = (encode_records, block_records, train_model, spend_budget, compare_pairs)
PER_QUERY: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Known records that queries may mean, by query and falling weight (ties: by known row).

    Attributes:
        query: shape (candidates,). Rows of the input that are queries.
        known: shape (candidates,). Rows of the input that are known.
        bits: shape (candidates,). Log-odds that both are one person.
        model: the model that weighed them.
    """

    query: NDArray[np.int64]
    known: NDArray[np.int64]
    bits: NDArray[np.float64]
    model: MatchModel


def find_candidates(
    records: pa.Table,
    is_query: NDArray[np.bool_],
    settings: ResolutionSettings,
    *,
    model: MatchModel | None = None,
    progress: Progress | None = None,
) -> Candidates:
    """Find known records for each query.

    Args:
        records: queries and known records together, as `resolve` takes them; queries have a source of their own.
        is_query: shape (records,).
        settings: links inside one source are never looked at.
        model: a trained model; without one it is learned from these records.
        progress: is told how far it is.

    Returns:
        At most `PER_QUERY` candidates a query, none below `pipeline.REVIEW_BITS`.
    """
    wide = ResolutionSettings(pair_budget=settings.pair_budget, link_only=True, seed=settings.seed)
    work = Work(records=Handed(records), settings=wide, judgements=(), progress=progress or Silent(), model=model)
    for stage in STAGES:
        work = stage(work)
    if work.encoded is None or work.edges is None or work.model is None:
        raise BrokenError("A stage of the lookup left no result.")
    left, right = work.encoded.order[work.edges.left], work.encoded.order[work.edges.right]
    crosses = is_query[left] != is_query[right]
    query = np.where(is_query[left], left, right)[crosses].astype(np.int64)
    known = np.where(is_query[left], right, left)[crosses].astype(np.int64)
    bits = work.edges.bits[crosses]
    order = np.lexsort((known, -bits, query))
    order = order[_place(query[order]) < PER_QUERY]
    return Candidates(query=query[order], known=known[order], bits=bits[order], model=work.model)


def _place(groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """Place of each row within its run of equal values, from 0."""
    rows = np.arange(len(groups), dtype=np.int64)
    starts = np.append(True, groups[1:] != groups[:-1])[: len(groups)]
    return rows - np.maximum.accumulate(np.where(starts, rows, 0))
