"""Property columns in memory: Arrow buffers read without copies, one value at a time or all at once.

A column is decoded when first used. Five types are kept: text, Boolean, 32-bit and 64-bit integers, doubles; every
other Arrow type becomes one of them, or is refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as pat
from gremlin_python.statics import long

from core.errors import BadInputError
from graph.embedded.storage.indexes import SortedIds, ValueIndex, text_buffers
from graph.embedded.values import ABSENT, Value

Rows = npt.NDArray[np.int64]
SCANS: Final = 2  # scans of a column before an index is made
INDEXED: Final = 1024  # rows below which a scan is as good
SAMPLE: Final = 4096
KEPT: Final = (pa.string(), pa.bool_(), pa.int32(), pa.int64(), pa.float64())


def kept_array(column: pa.ChunkedArray | pa.Array, name: str) -> pa.Array:
    """Give a column as one array of a kept type.

    Raises:
        BadInputError: the type has no place in the graph (lists, structs, timestamps …).
    """
    array = _one_array(column)
    if pat.is_dictionary(array.type):
        array = array.cast(array.type.value_type)
    wanted = _kept_type(array.type, name)
    return _canonical(array if array.type == wanted else array.cast(wanted))


def _one_array(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    if isinstance(column, pa.Array):
        return column
    chunks = [chunk for chunk in column.chunks if len(chunk)]
    if not chunks:
        return pa.array([], column.type)
    return chunks[0] if len(chunks) == 1 else pa.concat_arrays(chunks)


def _kept_type(kind: pa.DataType, name: str) -> pa.DataType:
    if kind in KEPT:
        return kind
    if pat.is_integer(kind):
        return pa.int32() if kind in (pa.int8(), pa.int16(), pa.uint8(), pa.uint16()) else pa.int64()
    if pat.is_floating(kind):
        return pa.float64()
    if pat.is_large_string(kind) or pat.is_string_view(kind) or pat.is_null(kind):
        return pa.string()
    raise BadInputError(
        f"Column {name} has type {kind}, which the graph does not keep.",
        remedy="Give text, Booleans, integers, doubles, or times as whole milliseconds.",
        column=name,
    )


def _canonical(array: pa.Array) -> pa.Array:
    """The same values with no slack in the buffers and zeros below nulls, so equal columns are equal bytes."""
    if pat.is_string(array.type):
        return pc.take(array, pa.array(np.arange(len(array), dtype=np.int64))) if array.offset else array
    present = pc.is_valid(array)
    zero = pa.scalar(False if pat.is_boolean(array.type) else 0, array.type)
    filled = pc.fill_null(array, zero).to_numpy(zero_copy_only=False)
    mask = None if array.null_count == 0 else ~present.to_numpy(zero_copy_only=False)
    return pa.array(filled, array.type, mask=mask)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A column over a table.

    Attributes:
        codes: shape (rows,), places in the table; len(table) where the property is absent.
        table: the different values, in the order of their first rows.
    """

    codes: npt.NDArray[np.int32]
    table: pa.Array


def _coded(array: pa.Array) -> Coded | None:
    sample = array.slice(0, SAMPLE)
    if len(array) > SAMPLE and pc.count_distinct(sample).as_py() > SAMPLE // 4:
        return None
    encoded = array.dictionary_encode()
    codes = pc.fill_null(encoded.indices, len(encoded.dictionary)).to_numpy()
    return Coded(codes=codes, table=encoded.dictionary)


class Column:
    """One property of all elements of a table.

    Args:
        size: how many rows.
        load: gives the Arrow array of a kept type; called once, on first use.
    """

    __slots__ = ("__weakref__", "_array", "_asked", "_codes", "_index", "_load", "_read", "size")

    def __init__(self, size: int, load: Callable[[], pa.Array]) -> None:
        self.size = size
        self._load = load
        self._array: pa.Array | None = None
        self._read: Callable[[int], Value] | None = None
        self._asked = 0
        self._index: ValueIndex | None = None
        self._codes: Coded | bool | None = False

    @property
    def array(self) -> pa.Array:
        """All values; null where the property is absent."""
        if self._array is None:
            self._array = self._load()
        return self._array

    def keep(self, array: pa.Array) -> "Column":
        """Take the array as read, where it is at hand."""
        self._array = array
        return self

    def numbers(self) -> npt.NDArray[np.int32]:
        """All values of a column of row numbers."""
        found: npt.NDArray[np.int32] = self.array.to_numpy()
        return found

    def bytes_held(self) -> int:
        """Memory of what has been read, and of what was made of it."""
        coded = self._codes.codes.nbytes if isinstance(self._codes, Coded) else 0
        made = 0 if self._index is None else self._index.nbytes
        return (0 if self._array is None else int(self._array.nbytes)) + coded + made

    def index(self) -> ValueIndex | None:
        """An index of the values from the third time it is asked for, where one is worth while."""
        if self._index is None and self.size >= INDEXED and not pat.is_boolean(self.array.type):
            self._asked += 1
            if self._asked > SCANS:
                self._index = ValueIndex(self.array)
        return self._index

    def coded(self) -> "Coded | None":
        """The values as numbers over a table of the different ones; None where most values differ."""
        if isinstance(self._codes, bool):
            self._codes = _coded(self.array)
        return self._codes

    def value(self, row: int) -> Value:
        """The value in a row, or ABSENT."""
        if self._read is None:
            self._read = _reader(self.array)
        return self._read(row)


def _reader(array: pa.Array) -> Callable[[int], Value]:
    present = None if array.null_count == 0 else pc.is_valid(array).to_numpy(zero_copy_only=False)
    read = _text_reader(array) if pat.is_string(array.type) else _plain_reader(array)
    if present is None:
        return read
    return lambda row: read(row) if present[row] else ABSENT


def _plain_reader(array: pa.Array) -> Callable[[int], Value]:
    zero = pa.scalar(False if pat.is_boolean(array.type) else 0, array.type)
    numbers = pc.fill_null(array, zero).to_numpy(zero_copy_only=False)
    if pat.is_int64(array.type):
        return lambda row: long(numbers[row])
    return lambda row: numbers[row].item()


def _text_reader(array: pa.Array) -> Callable[[int], Value]:
    offsets, data = text_buffers(array)
    starts, view = offsets.data, data.data  # faster than arrays, one by one
    return lambda row: str(view[starts[row] : starts[row + 1]], "utf-8")


class IdColumn(Column):
    """Text ids in ascending order of their bytes."""

    __slots__ = ("_sorted",)

    def __init__(self, size: int, load: Callable[[], pa.Array]) -> None:
        super().__init__(size, load)
        self._sorted: SortedIds | None = None

    @property
    def sorted(self) -> SortedIds:
        """Finds rows by id."""
        if self._sorted is None:
            self._sorted = SortedIds(self.array)
        return self._sorted

    def row(self, wanted: str) -> int | None:
        """The row of an id, or None. Cost: O(log n)."""
        return self.sorted.find(wanted.encode())
