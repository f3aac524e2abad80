"""Indexes made on demand: where a value stands in a column, where ids stand among sorted ids. Arrays only.

An index is sorted arrays: a key of eight bytes for each value, and its row. Keys of texts are hashes, or the bytes
after what all ids share; equal keys are told apart by the values themselves.
"""

from bisect import bisect_left
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as pat

from graph.embedded.values import Value

Rows = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]
Bytes = npt.NDArray[np.uint8]
FACTOR: Final = 0x9E3779B97F4A7C15
MASK: Final = 2**64 - 1
CHUNK: Final = 1 << 16
NONE: Final = -1
SINGLY: Final = 16  # rows up to which one text after the other is compared


def text_buffers(array: pa.Array) -> tuple[npt.NDArray[np.int32], Bytes]:
    """Offsets, shape (len + 1,), and the bytes they point into."""
    _, offset_buffer, data_buffer = array.buffers()
    count = len(array) + 1
    if offset_buffer is None or len(array) == 0:
        return np.zeros(count, np.int32), np.zeros(0, np.uint8)
    offsets: npt.NDArray[np.int32] = np.frombuffer(memoryview(offset_buffer), np.int32)
    data = np.zeros(0, np.uint8) if data_buffer is None else np.frombuffer(memoryview(data_buffer), np.uint8)
    return offsets[array.offset : array.offset + count], data


def text_hashes(array: pa.Array) -> Keys:
    """Shape (len,): a polynomial over the bytes of each text, modulo 2⁶⁴; nulls hash like the empty text."""
    offsets, data = text_buffers(array)
    found = np.zeros(len(array), np.uint64)
    longest = int(np.diff(offsets).max(initial=0))
    powers = np.full(max(longest, 1), FACTOR, np.uint64)
    powers[0] = 1
    powers = np.cumprod(powers, dtype=np.uint64)
    for start in range(0, len(array), CHUNK):
        part = offsets[start : start + CHUNK + 1].astype(np.int64)
        lengths = np.diff(part)
        inside: Rows = np.arange(int(part[-1] - part[0]), dtype=np.int64) - np.repeat(part[:-1] - part[0], lengths)
        weighted = (data[part[0] : part[-1]].astype(np.uint64) + np.uint64(1)) * powers[inside]
        sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(weighted, dtype=np.uint64)])
        found[start : start + CHUNK] = sums[part[1:] - part[0]] - sums[part[:-1] - part[0]]
    return found


def text_hash(text: str) -> int:
    """The same of one text."""
    found, power = 0, 1
    for byte in text.encode():
        found += (byte + 1) * power
        power = power * FACTOR & MASK
    return found & MASK


class ValueIndex:
    """Rows by value of one column. Memory: 12 bytes a row that has a value.

    Args:
        array: of a kept type; Booleans have no index.
    """

    def __init__(self, array: pa.Array) -> None:
        self._array = array
        self._is_text = pat.is_string(array.type)
        present = np.flatnonzero(pc.is_valid(array).to_numpy(zero_copy_only=False))
        keys = text_hashes(array) if self._is_text else pc.fill_null(array, 0).to_numpy(zero_copy_only=False)
        keys = keys[present]
        order = np.argsort(keys, kind="stable")
        self._keys = keys[order]
        self._texts = text_buffers(array) if self._is_text else None
        self._rows = present[order].astype(np.int32)

    @property
    def nbytes(self) -> int:
        """Memory held."""
        return self._keys.nbytes + self._rows.nbytes

    def rows(self, value: Value) -> Rows:
        """Ascending rows that hold the value; texts in text columns, numbers in number columns. Cost: O(log n)."""
        key = self._key(value)
        if key is None:
            return np.empty(0, np.int64)
        first, last = self._keys.searchsorted(key, "left"), self._keys.searchsorted(key, "right")
        rows: Rows = self._rows[first:last].astype(np.int64)
        if not self._is_text or not len(rows):
            return rows
        if len(rows) <= SINGLY:
            wanted = str(value).encode()
            return rows[[self._text(row) == wanted for row in rows.tolist()]]
        equal = pc.equal(self._array.take(pa.array(rows)), pa.scalar(value, pa.string()))
        kept: Rows = rows[equal.to_numpy(zero_copy_only=False)]
        return kept

    def _text(self, row: int) -> bytes:
        assert self._texts is not None
        offsets, data = self._texts
        return data[offsets[row] : offsets[row + 1]].tobytes()

    def _key(self, value: Value) -> np.generic | None:
        """The key in the type of the column, so that no copy of all keys is made."""
        if self._is_text:
            return np.uint64(text_hash(value)) if isinstance(value, str) else None
        if isinstance(value, str | bool) or (self._keys.dtype != np.float64 and value != int(value)):
            return None
        limits = np.iinfo(self._keys.dtype) if self._keys.dtype != np.float64 else None
        if limits is not None and not limits.min <= int(value) <= limits.max:
            return None
        kind = self._keys.dtype.type
        return kind(value if limits is None else int(value))


class SortedIds:
    """Where ids stand among unique texts in ascending order. Memory: 8 bytes an id, once many are asked for.

    Args:
        array: the texts.
    """

    def __init__(self, array: pa.Array) -> None:
        self._array = array
        offsets, data = text_buffers(array)
        self._offsets, self._data = offsets.data, data.data
        self._size = len(array)
        self._first = self[0] if self._size else b""
        self._last = self[self._size - 1] if self._size else b""

    def __len__(self) -> int:
        """How many ids."""
        return self._size

    def __getitem__(self, row: int) -> bytes:
        """The bytes of one id."""
        return bytes(self._data[self._offsets[row] : self._offsets[row + 1]])

    def find(self, wanted: bytes) -> int | None:
        """The row of an id, or None. Cost: O(log n)."""
        if not self._size or not self._first <= wanted <= self._last:
            return None
        return self._between(wanted, 0, self._size)

    def _between(self, wanted: bytes, low: int, high: int) -> int | None:
        row = bisect_left(self, wanted, low, high)
        return row if row < self._size and self[row] == wanted else None

    def find_many(self, wanted: pa.Array) -> Rows:
        """Shape (len(wanted),): the row of each id, or -1. Cost: O(log n) each, in arrays."""
        if not self._size:
            return np.full(len(wanted), NONE, np.int64)
        keys = self._keys_of(wanted)
        low = np.searchsorted(self._keys, keys, "left")
        high = np.searchsorted(self._keys, keys, "right")
        row = np.minimum(low, self._size - 1)
        equal = pc.equal(self._array.take(pa.array(row)), wanted).to_numpy(zero_copy_only=False)
        found: Rows = np.where(equal, row, NONE)
        for place in np.flatnonzero(~equal & (high - low > 1)):
            inside = self._between(wanted[int(place)].as_py().encode(), int(low[place]), int(high[place]))
            found[place] = NONE if inside is None else inside
        return found

    @cached_property
    def _shared(self) -> int:
        """How many bytes all ids begin with in common."""
        pairs = zip(self._first, self._last, strict=False)
        return next((place for place, (one, other) in enumerate(pairs) if one != other), len(self._first))

    @cached_property
    def _keys(self) -> Keys:
        return self._keys_of(self._array)

    def _keys_of(self, array: pa.Array) -> Keys:
        """Shape (len,): the eight bytes after the shared ones, as a number that orders as they do."""
        offsets, data = text_buffers(array)
        keys = np.zeros(len(array), np.uint64)
        if not len(data):
            return keys
        for place in range(8):
            where = offsets[:-1].astype(np.int64) + self._shared + place
            inside = where < offsets[1:]
            byte = np.where(inside, data[np.minimum(where, len(data) - 1)], 0)
            keys = keys << np.uint64(8) | byte.astype(np.uint64)
        return keys
