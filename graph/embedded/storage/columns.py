"""Property columns in memory: Arrow buffers read without copies, one value at a time or all at once.

A column is decoded when first used. Five types are kept: text, Boolean, 32-bit and 64-bit integers, doubles; every
other Arrow type becomes one of them, or is refused.
"""

from bisect import bisect_left
from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as pat
from gremlin_python.statics import long

from core.errors import BadInputError
from graph.embedded.values import ABSENT, Value

Rows = npt.NDArray[np.int64]
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


class Column:
    """One property of all elements of a table.

    Args:
        size: how many rows.
        load: gives the Arrow array of a kept type; called once, on first use.
    """

    __slots__ = ("__weakref__", "_array", "_load", "_read", "size")

    def __init__(self, size: int, load: Callable[[], pa.Array]) -> None:
        self.size = size
        self._load = load
        self._array: pa.Array | None = None
        self._read: Callable[[int], Value] | None = None

    @property
    def array(self) -> pa.Array:
        """All values; null where the property is absent."""
        if self._array is None:
            self._array = self._load()
        return self._array

    @property
    def is_loaded(self) -> bool:
        """Whether the array is in memory."""
        return self._array is not None

    def keep(self, array: pa.Array) -> "Column":
        """Take the array as read, where it is at hand."""
        self._array = array
        return self

    def numbers(self) -> npt.NDArray[np.int32]:
        """All values of a column of row numbers."""
        found: npt.NDArray[np.int32] = self.array.to_numpy()
        return found

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
    offsets, data = _text_buffers(array)
    return lambda row: str(data[offsets[row] : offsets[row + 1]], "utf-8")


def _text_buffers(array: pa.Array) -> tuple[npt.NDArray[np.int32], memoryview]:
    _, offset_buffer, data_buffer = array.buffers()
    count = len(array) + 1
    if offset_buffer is None or len(array) == 0:
        return np.zeros(count, np.int32), memoryview(b"")
    offsets: npt.NDArray[np.int32] = np.frombuffer(memoryview(offset_buffer), np.int32)[
        array.offset : array.offset + count
    ]
    return offsets, memoryview(b"" if data_buffer is None else data_buffer)


class IdColumn(Column):
    """Text ids in ascending order of their bytes, found by bisection."""

    __slots__ = ("_view",)

    def __init__(self, size: int, load: Callable[[], pa.Array]) -> None:
        super().__init__(size, load)
        self._view: _Ids | None = None

    def row(self, wanted: str) -> int | None:
        """The row of an id, or None. Cost: O(log n)."""
        if self._view is None:
            self._view = _Ids(self.array)
        return self._view.find(wanted.encode())


class _Ids:
    __slots__ = ("_data", "_first", "_last", "_offsets", "_size")

    def __init__(self, array: pa.Array) -> None:
        self._offsets, self._data = _text_buffers(array)
        self._size = len(array)
        self._first = self[0] if self._size else b""
        self._last = self[self._size - 1] if self._size else b""

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, row: int) -> bytes:
        return bytes(self._data[self._offsets[row] : self._offsets[row + 1]])

    def find(self, wanted: bytes) -> int | None:
        if not self._size or not self._first <= wanted <= self._last:
            return None
        row = bisect_left(self, wanted)
        return row if row < self._size and self[row] == wanted else None
