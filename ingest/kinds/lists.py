"""Cells that list several things each: the authors of a paper, the owners of a flat, what somebody takes or likes."""

import re
from collections import Counter
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ingest.clean.codes import BETWEEN
from ingest.clean.run import encode, even_places, evenly, rows_of_each
from ingest.kinds.settle import Candidate, Candidates

APART: Final = re.compile(f"[{BETWEEN}]")
LISTABLE: Final = frozenset({"category", "text"})
LISTED: Final = 0.15
"""Share of the distinct values that hold several things."""
AGAIN: Final = 1.2
"""How often a thing stands in the column on average: what stands there once tells nothing."""
LEAST_THINGS: Final = 20
WORDY: Final = 0.2
"""Share of the texts with digits, or with signs of programs, from which no list of people or groups is meant."""
PATTERNS: Final = (f"[{BETWEEN}]", "[0-9]", r"[{}]|://|^\[|Mozilla")
"""What parts things; digits; and how objects, addresses of pages and names of browsers look."""
MOST_TEXTS: Final = 20_000
MOST_THINGS: Final = 50
"""Distinct texts, and things of each, that are counted."""
MOST_WORDS: Final = 5
"""Words of a thing on average; of notes there are more."""
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
    some = evenly(said, SAMPLE) if len(said) else said
    several, numbered, coded = ((pc.sum(pc.match_substring_regex(some, one)).as_py() or 0) for one in PATTERNS)
    plain = max(numbered, coded) < WORDY * len(some)
    return plain and several >= max(LISTED * len(some), 1) and _come_again(texts, rows_of_each(encoded))


def _come_again(texts: pa.Array, rows: NDArray[np.int64]) -> bool:
    """Whether the things of texts stand in more than one row on average.

    Args:
        texts: distinct.
        rows: shape (texts,). How many rows have each.
    """
    things = Counter[str]()
    places = even_places(len(texts), MOST_TEXTS)
    for text, count in zip(texts.take(pa.array(places)).to_pylist(), rows[places].tolist(), strict=True):
        each = {one.strip().lower() for one in APART.split(text, MOST_THINGS)[:MOST_THINGS]} - {""}
        things.update(dict.fromkeys(each, count))
    words = sum(len(one.split()) for one in things)
    short = words <= MOST_WORDS * len(things)
    return short and len(things) >= LEAST_THINGS and things.total() >= AGAIN * len(things)
