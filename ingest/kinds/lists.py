"""Cells that list several things each: the authors of a paper, the owners of a flat, what somebody takes or likes."""

import re
from collections import Counter
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ingest.clean.codes import BETWEEN
from ingest.clean.run import encode, evenly, rows_of_each
from ingest.kinds.settle import Candidate, Candidates

APART: Final = re.compile(f"[{BETWEEN}]")
LISTABLE: Final = frozenset({"category", "text"})
LISTED: Final = 0.15
"""Share of the distinct values that hold several things."""
AGAIN: Final = 1.2
"""How often a thing stands in the column on average: what stands there once tells nothing."""
LEAST_THINGS: Final = 20
SAMPLE: Final = 1500
"""Distinct values looked at first."""


def with_lists(table: pa.Table, columns: Candidates) -> Candidates:
    """Take columns for lists whose cells part into things that come again.

    Args:
        table: columns of text.
        columns: what each was taken for.

    Cost: a sample of each column of text or groups; of those that list, each distinct value.
    """
    return tuple(one.turned("list", 0.7) if _is_list(table, one) else one for one in columns)


def _is_list(table: pa.Table, column: Candidate) -> bool:
    if column.kind not in LISTABLE:
        return False
    encoded = encode(table.column(column.column))
    texts = pc.fill_null(encoded.dictionary.cast(pa.string()), "")
    said = texts.filter(pc.not_equal(texts, ""))
    several = pc.sum(pc.match_substring_regex(evenly(said, SAMPLE), APART.pattern)).as_py() if len(said) else 0
    return (several or 0) >= max(LISTED * min(len(said), SAMPLE), 1) and _come_again(texts, rows_of_each(encoded))


def _come_again(texts: pa.Array, rows: NDArray[np.int64]) -> bool:
    """Whether the things of texts stand in more than one row on average.

    Args:
        texts: distinct.
        rows: shape (texts,). How many rows have each.
    """
    things = Counter[str]()
    for text, count in zip(texts.to_pylist(), rows.tolist(), strict=True):
        each = {one.strip().lower() for one in APART.split(text)} - {""}
        things.update(dict.fromkeys(each, count))
    return len(things) >= LEAST_THINGS and things.total() >= AGAIN * len(things)
