"""The dictionary of strings: every distinct value once, sign by sign, with how rare it is.

Source: Good (1953), The population frequencies of species and the estimation of population parameters, Biometrika
40(3/4), 237-264, for names that hardly anybody has.
"""

from concurrent.futures import Executor
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from resolution.encode.letters import letters_of
from resolution.encode.spelling import decode


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What is known of values before a record is read: in few records, a value that two hold is rarer than it looks.

    Attributes:
        records: how many records this counts for.
        share: share of records that hold one value.
        is_open: whether more records bring ever more values, as of family names, so that `one_other` tells; then
            `records` is above 0.
    """

    records: float
    share: float = 0.0
    is_open: bool = False


NAME_WORLD: Final = World(records=50, share=0.002, is_open=True)
NUMBER_WORLD: Final = World(records=50_000)
CATEGORY_WORLD: Final = World(records=0)
BOTH: Final = 2
"""Records that hold a value which nobody holds but the two that are compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One dictionary of the pool, as it was added."""

    values: pa.Array
    counts: NDArray[np.int64]
    world: World
    among: int


@dataclass(slots=True, kw_only=True)
class Pool:
    """Grows by dictionaries; `records` is the number of records that shares are taken of."""

    records: int
    parts: list[_Part] = field(default_factory=list[_Part])
    size: int = 0

    def add(self, values: pa.Array, counts: NDArray[np.int64], world: World, among: int | None = None) -> int:
        """Append distinct strings with the number of records that hold each; return the code of the first.

        Args:
            values: shape (values,).
            counts: shape (values,).
            world: what is known of such values beforehand.
            among: how many records know such a value; all, if not given.
        """
        first = self.size
        held_by = self.records if among is None else among
        self.parts.append(_Part(values=values, counts=counts, world=world, among=held_by))
        self.size += len(values)
        return first

    def arrays(self, threads: Executor) -> tuple[NDArray[np.uint16], NDArray[np.int64], NDArray[np.float32]]:
        """Signs, starts and rarity of the whole pool, its dictionaries side by side."""
        rarity = threads.map(_rarity, self.parts)
        begin = np.cumsum([0, *(len(part.values) for part in self.parts)]).tolist()
        start = np.zeros(self.size + 1, np.int64)
        for (first, end), lengths in zip(pairwise(begin), threads.map(_lengths, self.parts), strict=True):
            start[first + 1 : end + 1] = lengths
        np.cumsum(start, out=start)
        chars = np.empty(start[-1], np.uint16)
        signs = [chars[start[first] : start[end]] for first, end in pairwise(begin)]
        list(threads.map(fill_signs, (part.values for part in self.parts), signs))
        return chars, start, np.concatenate([np.zeros(0, np.float32), *rarity])


def _rarity(part: _Part) -> NDArray[np.float32]:
    return log_share(part.counts, part.among, part.world)


def _lengths(part: _Part) -> NDArray[np.int64]:
    return to_numpy(pc.utf8_length(part.values))


def log_share(counts: NDArray[np.int64] | NDArray[np.float64], records: float, world: World) -> NDArray[np.float32]:
    """log2 of the share of other records that hold a value, from the number of all that do."""
    held = np.minimum(np.maximum(counts - 1, 1), max(records, 1)) + world.records * world.share
    if world.is_open:
        held = np.where(counts <= BOTH, one_other(counts, world), held)
    return np.log2(held / (max(records, 1) + world.records)).astype(np.float32)


def one_other(counts: NDArray[np.int64] | NDArray[np.float64], world: World) -> float:
    """How many holders a value that one other record holds counts for.

    Counting says one. But where most values stand once, hardly any of them is met again in the next record: who has
    such a value has been met and others as rare have not. Of all values that stand once, those that stand twice tell
    how many are met again, 2 twice / once each (Good 1953).

    Args:
        counts: shape (values,). Records that hold each.
        world: what is known of such values beforehand; its records stand for as many values counted plainly.

    Returns:
        Records, above 0; at most what counting says, for what stands twice may be of one person.
    """
    once, twice = np.count_nonzero(counts == 1), np.count_nonzero(counts == BOTH)
    plainly = 1 + world.records * world.share
    return float(min(plainly, (2 * twice + plainly * world.records) / (once + world.records)))


def fill_signs(strings: pa.Array, signs: NDArray[np.uint16]) -> None:
    """Write the signs of a string column without nulls, end to end.

    Args:
        strings: shape (strings,).
        signs: out, one place for each code point of the column.
    """
    letters, start = letters_of(strings)
    letters = letters[start[0] : start[-1]]
    if len(letters) == len(signs):
        signs[:] = letters
    else:
        decode(letters, signs)


def to_numpy(column: pa.Array | pa.ChunkedArray) -> NDArray[np.int64]:
    """A numeric column without nulls as int64."""
    return np.asarray(column.to_numpy(zero_copy_only=False), np.int64)


def flat(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """One array of a column, however it is chunked; copied unless it is one already.

    A part of a larger array is copied, and so are maps: their keys would be those of the larger one.
    """
    if not isinstance(column, pa.ChunkedArray):
        return column
    whole = column.num_chunks == 1 and not column.chunk(0).offset and not pa.types.is_map(column.type)
    return column.chunk(0) if whole else column.combine_chunks()


def known(column: pa.Array) -> pa.Array:
    """True where the string is neither null nor empty."""
    there: pa.Array = pc.fill_null(pc.not_equal(column, ""), False)
    return there


def starts(rows: NDArray[np.int32] | NDArray[np.int64], records: int) -> NDArray[np.int32]:
    """Where each record's entries begin among ascending rows, fewer than 2^31; shape (records + 1,)."""
    start = np.zeros(records + 1, np.int32)
    np.cumsum(np.bincount(rows, minlength=records), dtype=np.int32, out=start[1:])
    return start
