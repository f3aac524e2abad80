"""Whose name it is, asked of the numbers: rows of one telephone or one number have one owner.

A doctor's name stands in the rows of many numbers, and one number's rows name one doctor today and another tomorrow.
The owner's name stays where the number stays, and where it comes again the number mostly comes again. So a column of
names that neither header nor values make the person's is told from the one that is, in any language.
"""

from collections import Counter
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ingest.kinds.settle import NAMES, Apart, Candidate, Candidates, may_be_names
from ingest.kinds.told import codes_of, pairs_alike
from ingest.kinds.whose import LEAST_ROWS, in_one_script, row_hashes, words_of

KEYS: Final = frozenset({"email", "phone", "national_id", "identifier", "device", "address"})
MOST_OF_ONE: Final = 6
"""Rows of one key that are of one person or one household."""
KEYS_LOOKED_AT: Final = 1500
CLEARLY: Final = 0.4
"""Share of rows of one key that have a name in common more, from which a column of names is rather the person's."""
WANDERS: Final = 0.1
"""Share of rows of one name that share a key, from which the name is of who has the key."""
COMMON: Final = 0.2
"""Share of rows in which a word stands that is a title, or everybody's."""
Ints = NDArray[np.int64]
Pairs = tuple[Ints, Ints]


def by_owners(database: duckdb.DuckDBPyConnection, table: pa.Table, columns: Candidates, apart: Apart) -> Candidates:
    """Take the names of others for categories; where none is left, the column that goes with the numbers is the name.

    Columns of different files, of which a row has only one, do not compete.

    What a header calls a part of a name stays, and so does what it calls a name where none says so of the other.

    Args:
        database: any.
        table: columns of text.
        columns: what each was taken for.
        apart: whether two columns are never filled in the same row.

    Cost: a hash of each key and two sorts of the rows by it; of at most KEYS_LOOKED_AT keys of each column the words
    are read. Nothing where headers tell whose all names are.
    """
    suspects = [one for one in columns if _may_be_anothers(one)]
    rivals = [one for one in columns if (one.kind in NAMES and not one.header.of_alias()) or may_be_names(one)]
    keys = [_numbers(database, table.column(one.column)) for one in columns if _is_key(one)] if suspects else []
    pairs = _together([_rows_of_one_key(key) for key in keys])
    if len(pairs[0]) < LEAST_ROWS or len(rivals) < 2:
        return columns
    seen = {one.column: _stays(table, one.column, pairs) for one in rivals}
    stays = {name: share for name, share in seen.items() if share is not None}
    others: dict[str, tuple[Candidate, Candidates]] = {}
    for one in suspects:
        beside = tuple(other for other in rivals if other.column in stays and not apart(one.column, other.column))
        best = max(beside, key=lambda other: (stays[other.column], other.column), default=one)
        if (
            stays.get(one.column, 1.0) + CLEARLY <= stays.get(best.column, 0.0)
            and (best.said() or not one.said())
            and _returns(codes_of(table, one.column), keys) < WANDERS
        ):
            others[one.column] = best, beside
    turned = {
        best.column: "full_name"
        for best, beside in others.values()
        if not any(other.kind in NAMES and other.column not in others for other in beside)
    } | dict.fromkeys(others, "category")
    return tuple(one.turned(turned[one.column], 0.7) if one.column in turned else one for one in columns)


def _is_key(column: Candidate) -> bool:
    return column.kind in KEYS and column.facts.filled > column.facts.distinct


def _may_be_anothers(column: Candidate) -> bool:
    """Whole names, and family names that no header tells; first names and earlier names change in a household."""
    guessed = column.kind == "family_name" and not column.said()
    return (column.kind == "full_name" or guessed) and not column.header.of_alias()


def _numbers(database: duckdb.DuckDBPyConnection, column: pa.ChunkedArray) -> Ints:
    """Which key each row has, numbered by their hashes; -1 for none, and where more than MOST_OF_ONE rows have it.

    The same numbers whatever the order of rows. Shape (rows,).
    """
    key = np.asarray(row_hashes(database, column).cast(pa.uint64()).fill_null(0).to_numpy(), np.uint64)
    _, code, size = np.unique(key, return_inverse=True, return_counts=True)
    return np.where((key > 0) & (size[code] <= MOST_OF_ONE), code, -1).astype(np.int64)


def _rows_of_one_key(key: Ints) -> Pairs:
    """All pairs of rows of one key, of the first keys that several rows have."""
    rows = np.flatnonzero(key >= 0)
    order = rows[np.argsort(key[rows], kind="stable")]
    size = np.bincount(key[rows])
    begin = np.cumsum(size) - size
    few = np.flatnonzero(size > 1)[:KEYS_LOOKED_AT]
    left, right = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for one in range(MOST_OF_ONE):
        for other in range(one + 1, MOST_OF_ONE):
            there = begin[few[size[few] > other]]
            left.append(order[there + one])
            right.append(order[there + other])
    return np.concatenate(left), np.concatenate(right)


def _together(pairs: list[Pairs]) -> Pairs:
    left, right = (np.concatenate([np.zeros(0, np.int64), *(one[side] for one in pairs)]) for side in (0, 1))
    return left, right


def _stays(table: pa.Table, name: str, pairs: Pairs) -> float | None:
    """Share of pairs of rows whose values, in one script, have a word in common that is no title; None of few pairs."""
    left, right = (words_of(table.column(name).take(pa.array(side)).cast(pa.string()).to_pylist()) for side in pairs)
    uses = Counter(word for one in left for word in one)
    common = {word for word, count in uses.items() if count > COMMON * len(left)}
    every = ((one - common, other - common) for one, other in zip(left, right, strict=True))
    both = [(one, other) for one, other in every if one and other and in_one_script(one, other)]
    return sum(not one.isdisjoint(other) for one, other in both) / len(both) if len(both) >= LEAST_ROWS else None


def _returns(names: Ints, keys: list[Ints]) -> float:
    """Share of the pairs of rows of one name that share a key, of those that know it; of several keys the largest.

    Args:
        names: shape (rows,). Codes, -1 for none.
        keys: shape (rows,) each, -1 for none.
    """
    shares: list[float] = []
    for key in keys:
        rows = np.flatnonzero((names >= 0) & (key >= 0))
        both = names[rows] * (int(key.max(initial=0)) + 1) + key[rows]
        shares.append(pairs_alike(both) / max(pairs_alike(names[rows]), 1))
    return max(shares, default=0.0)
