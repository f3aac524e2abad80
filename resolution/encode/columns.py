"""Columns as numbers: each is numbered as it comes, then its numbers are put in order of record ids.

So a string is moved once a distinct value and not once a record, what changes strings changes each only once, and no
column waits for the sorting of ids before it is read. In the end values are numbered by first appearance in order of
ids, which does not depend on the order of the input.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from resolution.encode.kernels import arrange, by_first
from resolution.encode.letters import letters_of
from resolution.encode.pool import flat
from resolution.numbering import equal_first, hash_strings, number_keys

NULL: Final = -1
Codes32 = NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Records in order of their ids.

    Attributes:
        order: shape (n,). Input row of each coded row.
        record_ids: shape (n,). Ascending.
    """

    order: NDArray[np.int32]
    record_ids: pa.Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """What records hold any number of, in order of the records' ids.

    Attributes:
        at: shape (entries,). Which of the input's entries each is.
        row: shape (entries,). Coded row of each, ascending.
    """

    at: NDArray[np.int32]
    row: NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A column of strings in any order.

    Attributes:
        codes: shape (entries,). Number of each value, -1 for null.
        strings: distinct values by number.
    """

    codes: Codes32
    strings: pa.Array


def numbered(column: pa.Array | pa.ChunkedArray) -> Numbered:
    """Number the values of a column. Cost: one look-up an entry, in a column that has a dictionary one a value."""
    whole = flat(column)
    if pa.types.is_dictionary(whole.type):
        return changed(_coded(whole), lambda strings: strings)
    if whole.type != pa.string():
        return _coded(pc.dictionary_encode(whole))
    if whole.null_count:
        codes = np.full(len(whole), NULL, np.int32)
        there = numbered(whole.drop_null())
        codes[whole.is_valid().to_numpy(zero_copy_only=False)] = there.codes
        return replace(there, codes=codes)
    letters, start = letters_of(whole)
    codes, first = number_keys(hash_strings(letters, start))
    if equal_first(letters, start, codes, first):
        return Numbered(codes=codes, strings=whole.take(pa.array(first)))
    return _coded(pc.dictionary_encode(whole))


def _coded(column: pa.Array) -> Numbered:
    """The numbers and the dictionary of a column that has one."""
    codes = np.asarray(pc.fill_null(column.indices, NULL).to_numpy(), np.int32)
    return Numbered(codes=codes, strings=column.dictionary)


def changed(values: Numbered, change: Callable[[pa.Array], pa.Array]) -> Numbered:
    """A column after a change of its strings; those that become equal share a number."""
    after = numbered(change(values.strings))
    if len(after.strings) == len(values.strings):
        return replace(values, strings=after.strings)
    return Numbered(codes=np.append(after.codes, np.int32(NULL))[values.codes], strings=after.strings)


def put_in_order(values: Numbered, at: NDArray[np.int32]) -> tuple[Codes32, pa.Array]:
    """A column in another order, numbered by first appearance in it; null and empty are -1.

    Args:
        values: the column.
        at: shape (entries,). Which value comes where.

    Returns:
        Codes, shape (entries,), and the distinct strings by code.
    """
    empty = pc.index(values.strings, "").as_py()
    codes, first = by_first(values.codes, at, len(values.strings), empty)
    return codes, values.strings.take(pa.array(first))


def dictionary(column: pa.Array | pa.ChunkedArray) -> tuple[Codes32, pa.Array]:
    """Code a string column by first appearance; null and empty are -1."""
    values = numbered(column)
    return put_in_order(values, np.arange(len(values.codes), dtype=np.int32))


def entries(row: NDArray[np.int32], rows: Rows) -> Entries:
    """Put entries in order of their records' ids; those of one record stay as they are.

    Args:
        row: shape (entries,). Input row of each, ascending.
        rows: the records.
    """
    at, owner = arrange(row, rows.order)
    return Entries(at=at, row=owner)


def parents(lists: pa.Array) -> NDArray[np.int32]:
    """Which row each entry of a column of lists belongs to; ascending."""
    return np.asarray(pc.list_parent_indices(lists).to_numpy(), np.int32)
