"""Contacts and numbers that belong to too many to be anybody's: a clinic's telephone, an address for who has none.

What stands in many rows because one person or household does is kept: there one name is in most of its rows.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ingest.clean.run import encode, rows_of_each
from ingest.kinds.whose import words_of
from ingest.people.plan import Plan
from ingest.people.values import roles_of
from lake.workers import in_threads

OVERUSED: Final = 30
TIMES_USUAL: Final = 5
USUAL: Final = 0.999
LOOKED_AT: Final = 100
"""Rows of one value whose names are looked at."""
OF_ONE: Final = 0.5
"""Share of the rows with a name that hold one word, from which they are of one person or household."""


def overused(values: pa.Table, plan: Plan, table: pa.Table) -> Mapping[str, tuple[str, ...]]:
    """By role, the cleaned values of contacts and identifiers that stand in far too many rows, under many names.

    Args:
        values: as `clean_columns` gives them.
        plan: what the columns are.
        table: columns of text, which hold the names.

    Cost: a count of each column; LOOKED_AT rows of each value that stands in too many.
    """
    roles = [role for role, _ in roles_of(plan)]
    names = [name for name in (*plan.given, *plan.family, *plan.full) if name in table.column_names]
    frequent = in_threads(frequent_values, [values.column(role) for role in roles])
    found = {
        role: _of_many(table.select(names), values.column(role), texts)
        for role, texts in zip(roles, frequent, strict=True)
    }
    return {role: texts for role, texts in found.items() if texts}


def frequent_values(column: pa.Array | pa.ChunkedArray) -> tuple[str, ...]:
    """Values that stand in far more rows than is usual for their column, sorted.

    Args:
        column: coded, by codes of which several may mean one value or null.
    """
    encoded = encode(column)
    again = encode(encoded.dictionary)
    said = pc.is_valid(again.indices)
    rows = rows_of_each(encoded)[said.to_numpy(zero_copy_only=False)]
    counts = np.bincount(again.indices.filter(said).to_numpy(), rows, minlength=len(again.dictionary))
    if not len(counts):
        return ()
    limit = max(OVERUSED, TIMES_USUAL * float(np.quantile(counts, USUAL)))
    return tuple(sorted(again.dictionary.filter(pa.array(counts > limit)).to_pylist()))


def _of_many(names: pa.Table, column: pa.Array | pa.ChunkedArray, texts: tuple[str, ...]) -> tuple[str, ...]:
    """The values whose rows do not share a name."""
    if not texts or not names.num_columns:
        return texts
    encoded = encode(column)
    of_code = pc.fill_null(pc.index_in(encoded.dictionary, value_set=pa.array(texts, pa.string())), -1).to_numpy()
    codes = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False)
    text = np.append(of_code, -1)[codes]
    return tuple(one for place, one in enumerate(texts) if not _share_a_name(names, np.flatnonzero(text == place)))


def _share_a_name(names: pa.Table, rows: NDArray[np.int64]) -> bool:
    some = names.take(pa.array(rows[np.linspace(0, len(rows) - 1, min(len(rows), LOOKED_AT)).astype(np.int64)]))
    words = [words_of(column.cast(pa.string()).to_pylist()) for column in some.columns]
    return _one_in_most([frozenset[str]().union(*row) for row in zip(*words, strict=True)])


def _one_in_most(rows: Sequence[frozenset[str]]) -> bool:
    uses = Counter(word for row in rows for word in row)
    return max(uses.values(), default=0) >= OF_ONE * max(sum(map(bool, rows)), 1)
