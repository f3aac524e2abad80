"""Identifiers under two headers: the number that one file calls the tax number is another's VAT number."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import pyarrow as pa

from ingest.clean.run import encode
from ingest.contract import ColumnKind
from ingest.kinds.detect import ISSUED, apart

LEAST_SHARED: Final = 10
SHARED: Final = 0.05
"""Share of the fewer values that the other column has as well; numbers of two systems are seldom the same."""
LONG: Final = 7
"""Letters and digits of a value that is not the same by chance."""
DENSE: Final = 0.01
"""Of the whole numbers from the smallest to the largest, the share that a column has, from which it counts up."""
SURE: Final = 1.0
SIGNS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Numbers:
    """A column of identifiers, and its long values without signs."""

    column: str
    system: str
    values: frozenset[str]


def with_same_identifiers(table: pa.Table, kinds: Sequence[ColumnKind]) -> tuple[ColumnKind, ...]:
    """Give identifiers that no row has twice, and that share their values, the system of the first.

    Numbers that count up are left as they are: two systems both have a 1000001.

    Args:
        table: columns of text.
        kinds: of its columns; what the user said stays.

    Returns:
        The kinds, with the first column's system in the others. Cost: one pass a column, and one look at the values of
        each two.
    """
    together: list[list[_Numbers]] = []
    for one in kinds:
        if one.kind not in ISSUED or one.confidence >= SURE or one.system is None:
            continue
        numbers = _Numbers(column=one.column, system=one.system, values=_values(table.column(one.column)))
        mine = next((group for group in together if _alike(group, numbers, partial(apart, table))), None)
        if mine is None:
            together.append([numbers])
        else:
            mine.append(numbers)
    named = {one.column: group[0].system for group in together for one in group[1:]}
    return tuple(replace(one, system=named.get(one.column, one.system)) for one in kinds)


def _values(column: pa.ChunkedArray) -> frozenset[str]:
    texts = encode(column).dictionary.cast(pa.string()).to_pylist()
    return frozenset(text for text in (SIGNS.sub("", text or "").upper() for text in texts) if len(text) >= LONG)


def _alike(group: Sequence[_Numbers], numbers: _Numbers, is_apart: Callable[[str, str], bool]) -> bool:
    return all(_same(one.values, numbers.values) and is_apart(one.column, numbers.column) for one in group)


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    enough = max(LEAST_SHARED, SHARED * min(len(one), len(other)))
    return len(one & other) >= enough and not _counts_up(one) and not _counts_up(other)


def _counts_up(values: frozenset[str]) -> bool:
    numbers = [int(digits) for digits in (re.sub(r"\D", "", value) for value in values) if digits]
    return len(numbers) > DENSE * (max(numbers) - min(numbers)) if numbers else False
