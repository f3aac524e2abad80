"""Records that are equal in everything that is evidence, of which there are many: found before anything is coded.

Names, births and sources are looked at first; each further column only for those rows of which as many are equal so
far, which in most tables are none.

Cost: a look-up a record in each of the first columns, in one that has a dictionary less.
"""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from resolution.compiled import bare
from resolution.crowds import often
from resolution.encode.columns import numbered
from resolution.encode.pool import flat
from resolution.mixing import mixed

TELLING: Final = ("family_name", "given_name", "birth_date", "source")
"""Columns that are looked at first, of all rows: they tell most people apart."""
BETWEEN_PARTS, BETWEEN_ITEMS = "\x1e", "\x1f"
Rows = NDArray[np.int64]
Keys = NDArray[np.uint64]


def stands_for(records: pa.Table, apart: NDArray[np.bool_]) -> Rows:
    """The row that stands for each: of many that are equal the one of the lowest record id, mostly itself.

    Args:
        records: all columns that are evidence.
        apart: shape (records,). Records that nothing may stand for.

    Returns:
        Shape (records,).
    """
    stands = np.arange(records.num_rows, dtype=np.int64)
    rows, keys = _equal(records, np.flatnonzero(~apart))
    if len(rows):
        by_id = np.asarray(pc.sort_indices(records.column("record_id").take(pa.array(rows))))
        rows, keys = rows[by_id], keys[by_id]
        _, first, group = np.unique(keys, return_index=True, return_inverse=True)
        stands[rows] = rows[first][group]
    return stands


def _equal(records: pa.Table, rows: Rows) -> tuple[Rows, Keys]:
    """Those of some rows that many of them are equal to, and a number for each that equal ones share."""
    keys = np.zeros(len(rows), np.uint64)
    for name in TELLING:
        _mix_in(_numbers(records.column(name), rows), keys)
    many = often(keys)
    for column in records.drop_columns(["record_id", *TELLING]).columns:
        rows, keys = rows[many], keys[many]
        if not len(rows):
            return rows, keys
        _mix_in(_numbers(column, rows), keys)
        many = often(keys)
    return rows[many], keys[many]


@bare
def _mix_in(numbers: NDArray[np.int32], keys: Keys) -> None:
    """Let one more number go into each key."""
    for row in range(len(keys)):
        keys[row] = mixed(keys[row], numbers[row])


def _numbers(column: pa.ChunkedArray, rows: Rows) -> NDArray[np.int32]:
    """A number for each of some rows' values, which equal ones share; -1 for null and empty."""
    some = flat(column if len(rows) == len(column) else column.take(pa.array(rows)))
    plain = some.type == pa.string() or pa.types.is_dictionary(some.type)
    values = numbered(some if plain else _as_text(some))
    empty = pc.index(values.strings, "").as_py()
    return values.codes if empty < 0 else np.where(values.codes == empty, np.int32(-1), values.codes)


def _as_text(column: pa.Array) -> pa.Array:
    """A column as one text a record; lists, structs and maps are different texts where their values are."""
    kind, text = column.type, column
    if pa.types.is_dictionary(kind):
        text = column.cast(pa.string())
    elif pa.types.is_map(kind):
        pairs = pa.StructArray.from_arrays([column.keys, column.items], ["key", "value"])
        text = _as_text(pa.ListArray.from_arrays(column.offsets, pairs))
    elif pa.types.is_struct(kind):
        text = pc.binary_join_element_wise(*(_as_text(part) for part in column.flatten()), BETWEEN_PARTS)
    elif pa.types.is_list(kind):
        counts = pc.cumulative_sum(pc.fill_null(pc.list_value_length(column), 0))
        ends = pa.concat_arrays([pa.array([0], pa.int32()), counts])
        text = pc.binary_join(pa.ListArray.from_arrays(ends, _as_text(pc.list_flatten(column))), BETWEEN_ITEMS)
    filled: pa.Array = pc.fill_null(text, "")
    return filled
