"""A table that is cleaned already, in the shape that our engine resolves: lists of one value each."""

from typing import Final

import numpy as np
import pyarrow as pa

from lake.tables.types import ADDRESS, ATTRIBUTES, IDENTIFIER, PROFILE

PLAIN: Final = [field.name for field in PROFILE if field.type == pa.string()]
ENTRY: Final = pa.struct([ATTRIBUTES.key_field, ATTRIBUTES.item_field])
LISTS: Final = {"email": "emails", "phone": "phones"}


def records_of(table: pa.Table) -> pa.Table:
    """The table in the shape that the engine resolves."""
    flat = {name: _flat(table.column(name)) for name in table.column_names}
    columns = {name: flat[name] for name in ("record_id", "source", *PLAIN) if name in flat}
    columns |= {many: _lists([flat[one]]) for one, many in LISTS.items() if one in flat}
    parts = [flat.get(field.name, pa.nulls(table.num_rows, pa.string())) for field in ADDRESS]
    address = pa.StructArray.from_arrays(parts, names=[field.name for field in ADDRESS])
    columns["addresses"] = _lists([address])
    identifiers = [_keyed(name, flat[name], IDENTIFIER) for name in flat if name.startswith("identifiers_")]
    if identifiers:
        columns["identifiers"] = _lists(identifiers)
    categories = [_keyed(name, flat[name], ENTRY) for name in flat if name.startswith("categories_")]
    if categories:
        lists = _lists(categories)
        entries = lists.values
        columns["categories"] = pa.MapArray.from_arrays(lists.offsets, entries.field(0), entries.field(1))
    return pa.table(columns)


def _flat(column: pa.ChunkedArray) -> pa.Array:
    """One array of a column of a whole file, copied only where it is several; while this runs, the engine loads."""
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _keyed(name: str, values: pa.Array, shape: pa.StructType) -> pa.Array:
    """Each value with what it is a value of; null where there is none."""
    key = pa.repeat(name.partition("_")[2], len(values))
    return pa.StructArray.from_arrays([key, values.cast(pa.string())], fields=list(shape), mask=values.is_null())


def _lists(columns: list[pa.Array]) -> pa.Array:
    """One list a row, of what the columns know of it."""
    known = [_known(column) for column in columns]
    offsets = np.zeros(len(known[0]) + 1, np.int32)
    np.cumsum(np.sum(known, axis=0, dtype=np.int32), out=offsets[1:])
    values = pa.concat_arrays([_those(column, there) for column, there in zip(columns, known, strict=True)])
    if len(columns) > 1:
        values = values.take(pa.array(_row_by_row(known, offsets[:-1].copy())))
    return pa.ListArray.from_arrays(pa.array(offsets), values)


def _row_by_row(known: list[np.ndarray], place: np.ndarray) -> np.ndarray:
    """Which value comes where, when values that stand column by column shall stand row by row.

    Args:
        known: of each column, which rows have a value.
        place: where the next value of each row comes; moved on.
    """
    order, first = np.empty(sum(map(np.count_nonzero, known)), np.int32), 0
    for there in known:
        rows = np.flatnonzero(there)
        order[place[rows]] = np.arange(first, first + len(rows), dtype=np.int32)
        place[rows] += 1
        first += len(rows)
    return order


def _those(column: pa.Array, known: np.ndarray) -> pa.Array:
    return column if known.all() else column.filter(pa.array(known))


def _known(column: pa.Array) -> np.ndarray:
    if not pa.types.is_struct(column.type) or column.null_count:
        return np.asarray(column.is_valid())
    parts = [column.field(at) for at in range(column.type.num_fields)]
    if any(not part.null_count for part in parts):
        return np.ones(len(column), np.bool_)
    return np.any([part.is_valid() for part in parts if part.null_count < len(part)], axis=0)
