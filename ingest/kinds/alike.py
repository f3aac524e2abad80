"""Groups under two headers: an employer in one file is the company in another, seen by the values they share."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ingest.clean.run import encode, rows_of_each
from ingest.contract import ColumnKind
from ingest.kinds.header import spaced

LEAST_SHARED: Final = 10
"""Values that both columns have; yes and no, or ten marks, stand for anything."""
SHARED_ROWS: Final = 0.5
"""Share of the rows of each column whose value the other has as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Groups:
    """A column of groups: rows that say something, and how many rows each value has."""

    filled: NDArray[np.bool_]
    rows: dict[str, int]


def group_name(column: str) -> str:
    """The name of a group: the header in small words."""
    return spaced(column).replace(" ", "_") or column


def with_same_groups(table: pa.Table, kinds: Sequence[ColumnKind]) -> tuple[ColumnKind, ...]:
    """Give groups that no row has twice, and that share their values, the name of the first.

    Args:
        table: columns of text.
        kinds: of its columns.

    Returns:
        The kinds, with the first column's name as system of the others. Cost: one pass a column of groups, and one
        look at the values of each two.
    """
    seen = {one.column: _groups(table.column(one.column)) for one in kinds if one.kind == "category"}
    together: list[list[str]] = []
    for column, groups in seen.items():
        mine = next((one for one in together if all(_alike(seen[other], groups) for other in one)), None)
        if mine is None:
            together.append([column])
        else:
            mine.append(column)
    named = {column: group_name(one[0]) for one in together for column in one[1:]}
    return tuple(replace(one, system=named[one.column]) if one.column in named else one for one in kinds)


def _groups(column: pa.ChunkedArray) -> _Groups:
    encoded = encode(column)
    texts = pc.utf8_lower(pc.utf8_trim_whitespace(encoded.dictionary.cast(pa.string()))).to_pylist()
    rows = dict[str, int]()
    for text, count in zip(texts, rows_of_each(encoded).tolist(), strict=True):
        if text:
            rows[text] = rows.get(text, 0) + count
    codes = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False)
    return _Groups(filled=np.array([*(bool(text) for text in texts), False])[codes], rows=rows)


def _alike(one: _Groups, other: _Groups) -> bool:
    shared = {value for value in one.rows.keys() & other.rows.keys() if not value.isdigit()}
    if len(shared) < LEAST_SHARED or bool((one.filled & other.filled).any()):
        return False
    return all(
        sum(each.rows[value] for value in shared) >= SHARED_ROWS * sum(each.rows.values()) for each in (one, other)
    )
