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
    flat = {name: table.column(name).combine_chunks() for name in table.column_names}
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


def _keyed(name: str, values: pa.Array, shape: pa.StructType) -> pa.Array:
    """Each value with what it is a value of; null where there is none."""
    key = pa.repeat(name.partition("_")[2], len(values))
    return pa.StructArray.from_arrays([key, values.cast(pa.string())], fields=list(shape), mask=values.is_null())


def _lists(columns: list[pa.Array]) -> pa.Array:
    """One list a row, of what the columns know of it."""
    known = np.stack([_known(column) for column in columns], axis=1)
    offsets = np.append(0, np.cumsum(known.sum(axis=1, dtype=np.int32), dtype=np.int32))
    values = pa.concat_arrays([_those(column, known[:, at]) for at, column in enumerate(columns)])
    if len(columns) > 1:
        order = np.empty(len(values), np.int32)
        before = np.cumsum(known, axis=1, dtype=np.int32) - known
        order[np.concatenate([(offsets[:-1] + before[:, at])[known[:, at]] for at in range(len(columns))])] = np.arange(
            len(values), dtype=np.int32
        )
        values = values.take(pa.array(order))
    return pa.ListArray.from_arrays(pa.array(offsets), values)


def _those(column: pa.Array, known: np.ndarray) -> pa.Array:
    return column if known.all() else column.filter(pa.array(known))


def _known(column: pa.Array) -> np.ndarray:
    if not pa.types.is_struct(column.type) or column.null_count:
        return np.asarray(column.is_valid())
    parts = [column.field(at) for at in range(column.type.num_fields)]
    if any(not part.null_count for part in parts):
        return np.ones(len(column), np.bool_)
    return np.any([part.is_valid() for part in parts if part.null_count < len(part)], axis=0)
