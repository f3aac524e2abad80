"""Numbers under two headers: the tax number of one file is the VAT number of another, and `puh` may be a telephone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ingest.clean.run import encode
from ingest.contract import ColumnKind
from ingest.kinds.detect import ISSUED, exclusive, filled_rows

LEAST_SHARED: Final = 10
SHARED: Final = 0.05
"""Share of the fewer values that the other column has as well; numbers of two systems are seldom the same."""
LONG: Final = 7
"""Letters and digits of a value that is not the same by chance."""
DENSE: Final = 0.01
"""Of the whole numbers from the smallest to the largest, the share that a column has, from which it counts up."""
SURE: Final = 1.0
PHONES_SHARED: Final = 0.2
"""Share of the fewer endings from which numbers that no header tells are telephones, as the other column's are."""
ENDING: Final = 8
"""Last digits of a telephone: the same with and without the country before them."""
DIALLED: Final = f"^[0-9]{{{ENDING},15}}$"
"""A telephone without signs: fifteen digits at most (ITU-T E.164)."""
SIGNS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, kw_only=True)
class _Numbers:
    """A column of identifiers of a table."""

    column: str
    table: pa.Table
    system: str = ""

    @cached_property
    def filled(self) -> pa.Array:
        """Which rows have one."""
        return filled_rows(self.table, self.column)

    @cached_property
    def values(self) -> frozenset[str]:
        """Its long values; read only where another column may be the same."""
        return long_values(encode(self.table.column(self.column)).dictionary)

    @cached_property
    def endings(self) -> pa.Array:
        """The last digits of what may be telephones, each once."""
        texts = encode(self.table.column(self.column)).dictionary.cast(pa.string())
        digits = pc.replace_substring_regex(texts, SIGNS.pattern, "")
        called = digits.filter(pc.fill_null(pc.match_substring_regex(digits, DIALLED), False))
        endings: pa.Array = pc.utf8_slice_codeunits(called, -ENDING).unique()
        return endings


def with_same_phones(table: pa.Table, kinds: Sequence[ColumnKind]) -> tuple[ColumnKind, ...]:
    """Take identifiers for telephones whose endings are those of a column of telephones that no row has beside them.

    Args:
        table: columns of text.
        kinds: of its columns; what the user said stays.

    Cost: as of `with_same_identifiers`.
    """
    phones = [_Numbers(column=one.column, table=table) for one in kinds if one.kind == "phone"]
    asked = [_Numbers(column=one.column, table=table) for one in kinds if one.kind in ISSUED and one.confidence < SURE]
    found = {one.column for one in asked if any(_are_phones(one, phone) for phone in phones)}
    return tuple(replace(one, kind="phone", system=None) if one.column in found else one for one in kinds)


def _are_phones(one: _Numbers, phone: _Numbers) -> bool:
    if not exclusive(one.filled, phone.filled):
        return False
    enough = max(LEAST_SHARED, PHONES_SHARED * min(len(one.endings), len(phone.endings)))
    return (pc.sum(pc.is_in(one.endings, phone.endings)).as_py() or 0) >= enough


def with_same_identifiers(table: pa.Table, kinds: Sequence[ColumnKind]) -> tuple[ColumnKind, ...]:
    """Give identifiers that no row has twice, and that share their values, the system of the first.

    Numbers that count up are left as they are: two systems both have a 1000001.

    Args:
        table: columns of text.
        kinds: of its columns; what the user said stays.

    Returns:
        The kinds, with the first column's system in the others. Cost: one pass a column, and one look at the
        values of each two that no row has both of.
    """
    numbers = [
        _Numbers(column=one.column, system=one.system, table=table)
        for one in kinds
        if one.kind in ISSUED and one.confidence < SURE and one.system is not None
    ]
    together: list[list[_Numbers]] = []
    for one in numbers:
        mine = next((group for group in together if all(_alike(member, one) for member in group)), None)
        if mine is None:
            together.append([one])
        else:
            mine.append(one)
    named = {one.column: group[0].system for group in together for one in group[1:]}
    return tuple(replace(one, system=named.get(one.column, one.system)) for one in kinds)


def _alike(one: _Numbers, other: _Numbers) -> bool:
    return exclusive(one.filled, other.filled) and of_one_system(one.values, other.values)


def long_values(numbers: pa.Array) -> frozenset[str]:
    """Values that are not the same by chance, in capitals and without signs."""
    texts = (SIGNS.sub("", text or "").upper() for text in numbers.cast(pa.string()).to_pylist())
    return frozenset(text for text in texts if len(text) >= LONG)


def of_one_system(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two columns share so many of their long values that one issued both; never where one counts up."""
    enough = max(LEAST_SHARED, SHARED * min(len(one), len(other)))
    return len(one & other) >= enough and not _counts_up(one) and not _counts_up(other)


def _counts_up(values: frozenset[str]) -> bool:
    numbers = [int(digits) for digits in (re.sub(r"\D", "", value) for value in values) if digits]
    return len(numbers) > DENSE * (max(numbers) - min(numbers)) if numbers else False
