"""Contacts and numbers that belong to too many to be anybody's: a clinic's telephone, an address for who has none.

What stands in many rows because one person or household does is kept: there one name is in most of its rows.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ingest.clean.run import encode, even_places, rows_of_each
from ingest.clean.text import UNKNOWN
from ingest.kinds.whose import Words, drawn, united, words_of
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
LIFT: Final = 4
"""How many times as often as in all rows a word stands there that is no particle, no title and no name of a people."""
NOBODY: Final = frozenset({*UNKNOWN, "guest", "customer", "client", "patient", "member", "user", "visitor", "walk"})


def overused(
    database: duckdb.DuckDBPyConnection, values: pa.Table, plan: Plan, table: pa.Table
) -> Mapping[str, tuple[str, ...]]:
    """By role, the cleaned values of contacts and identifiers that stand in far too many rows, under many names.

    Args:
        database: any.
        values: as `clean_columns` gives them.
        plan: what the columns are.
        table: columns of text, which hold the names.

    Cost: a count of each column; where values stand in too many rows, one sort of these, and the names in LOOKED_AT
    rows of each and in a sample of all rows.
    """
    roles = [role for role, _ in roles_of(plan)]
    names = table.select([name for name in (*plan.given, *plan.family, *plan.full) if name in table.column_names])
    frequent = dict(zip(roles, in_threads(frequent_values, [values.column(role) for role in roles]), strict=True))
    if not any(frequent.values()):
        return {}
    usual = _shares(_words(names.take(drawn(database, names, names.column_names)))) if names.num_columns else {}
    found = {role: _of_many(names, values.column(role), texts, usual) for role, texts in frequent.items()}
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


def _of_many(
    names: pa.Table, column: pa.Array | pa.ChunkedArray, texts: tuple[str, ...], usual: Mapping[str, float]
) -> tuple[str, ...]:
    """The values whose rows do not share a name."""
    if not texts or not names.num_columns:
        return texts
    encoded = encode(column)
    of_code = pc.fill_null(pc.index_in(encoded.dictionary, value_set=pa.array(texts, pa.string())), -1).to_numpy()
    text = np.append(of_code, -1)[pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False)]
    rows = np.flatnonzero(text >= 0)
    rows = rows[np.argsort(text[rows], kind="stable")]
    each = np.split(rows, np.cumsum(np.bincount(text[rows], minlength=len(texts)))[:-1])
    return tuple(one for one, mine in zip(texts, each, strict=True) if not _share_a_name(names, mine, usual))


def _share_a_name(names: pa.Table, rows: NDArray[np.int64], usual: Mapping[str, float]) -> bool:
    """Whether most of these rows have a name, and most of the names hold one word that other names seldom hold."""
    words = sorted(_words(names.take(pa.array(rows))), key=sorted)
    some = [words[int(at)] for at in even_places(len(words), LOOKED_AT)]
    named = [row - NOBODY for row in some if row]
    share = _shares(named)
    own = any(each >= max(OF_ONE, LIFT * usual.get(word, 0.0)) for word, each in share.items())
    return own and len(named) >= OF_ONE * len(some)


def _shares(rows: Sequence[frozenset[str]]) -> dict[str, float]:
    """The share of the rows in which each word stands."""
    uses = Counter(word for row in rows for word in row)
    return {word: count / len(rows) for word, count in uses.items()}


def _words(names: pa.Table) -> Words:
    """The words of the names of each row."""
    return united([words_of(column.cast(pa.string()).to_pylist()) for column in names.columns])
