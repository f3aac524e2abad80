"""Everything a record may hold several of: identifiers, phones, e-mails, devices, free categories.

Values that many records share say little of any one of them; those far above the usual are dropped here.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from resolution.encode.codes import FieldSource
from resolution.encode.names import fold
from resolution.encode.pool import (
    CATEGORY_WORLD,
    NUMBER_WORLD,
    Column,
    Pool,
    dictionary,
    flat,
    holders,
    starts,
    to_numpy,
)

PLACEHOLDER: Final = r"^(0+|1+|2+|3+|4+|5+|6+|7+|8+|9+|0?123456789?0?)$"
WORKERS: Final = 2
USUAL_TIMES: Final = 5
USUAL_QUANTILE: Final = 0.999
LEAST_LIMIT: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """Values of every kind as in `Codes`."""

    kinds: tuple[FieldSource, ...]
    start: NDArray[np.int64]
    value: NDArray[np.int32]
    user: NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    source: FieldSource
    row: NDArray[np.int64]
    text: pa.Array


@dataclass(frozen=True, slots=True, kw_only=True)
class _Coded:
    column: Column
    user: NDArray[np.int32]


def encode_values(records: pa.Table, pool: Pool) -> Values:
    """Code every kind of value that some record holds."""
    with ThreadPoolExecutor(WORKERS) as threads:
        kinds = [kind for kind in threads.map(_kept, _kinds(records)) if len(kind.text)]
    coded = [_code(kind, pool) for kind in kinds]
    begins = np.cumsum([0, *(len(part.user) for part in coded)])
    start = np.zeros((len(kinds), records.num_rows + 1), np.int64)
    for index, part in enumerate(coded):
        start[index] = starts(part.column.row, records.num_rows) + begins[index]
    value = np.concatenate([np.zeros(0, np.int32), *(part.column.code for part in coded)])
    user = np.concatenate([np.zeros(0, np.int32), *(part.user for part in coded)])
    return Values(kinds=tuple(kind.source for kind in kinds), start=start, value=value, user=user)


def _kinds(records: pa.Table) -> Iterator[_Kind]:
    for name, column in (("email", "emails"), ("phone", "phones"), ("device", "devices")):
        lists = flat(records.column(column))
        row = to_numpy(pc.list_parent_indices(lists))
        yield _Kind(source=FieldSource(name=name, shared=True), row=row, text=pc.list_flatten(lists))
    lists = flat(records.column("identifiers"))
    row, items = to_numpy(pc.list_parent_indices(lists)), pc.list_flatten(lists)
    yield from _split("identifier", row, pc.struct_field(items, "system"), pc.struct_field(items, "value"))
    maps = flat(records.column("categories"))
    keys, texts = flat(maps.keys), flat(maps.items)
    row = np.repeat(np.arange(len(maps)), np.diff(to_numpy(maps.offsets)))
    yield from _split("category", row, keys, texts)


def _split(prefix: str, row: NDArray[np.int64], system: pa.Array, text: pa.Array) -> Iterator[_Kind]:
    """One kind for each system, in order of name."""
    for name in sorted(pc.unique(system).drop_null().to_pylist()):
        mine = pc.fill_null(pc.equal(system, name), False)
        source = FieldSource(name=f"{prefix}:{name}", shared=prefix == "category")
        yield _Kind(source=source, row=row[mine.to_numpy(zero_copy_only=False)], text=text.filter(mine))


def _kept(kind: _Kind) -> _Kind:
    """Fold the text, and leave out what is empty or a placeholder."""
    source, text = kind.source, kind.text
    folded = text if source.name == "email" else pc.replace_substring_regex(pc.utf8_lower(text), r"[\s./+-]+", "")
    folded = fold(text) if source.name.startswith("category:") else folded
    good = pc.fill_null(pc.not_equal(folded, ""), False)
    if not source.name.startswith("category:"):
        good = pc.and_(good, pc.invert(pc.fill_null(pc.match_substring_regex(folded, PLACEHOLDER), True)))
    return _Kind(source=source, row=kind.row[good.to_numpy(zero_copy_only=False)], text=folded.filter(good))


def _code(kind: _Kind, pool: Pool) -> _Coded:
    """Code the values of one kind, without those far more used than is usual."""
    code, strings = dictionary(kind.text)
    counts = holders(Column(row=kind.row, code=code), len(strings))
    category = kind.source.name.startswith("category:")
    kept = np.ones(len(code), bool) if category else ~_overused(counts)[code]
    world = CATEGORY_WORLD if category else NUMBER_WORLD
    first = pool.add(strings, counts, world)
    user = _users(strings)[code] if kind.source.name == "email" else np.full(len(code), -1, np.int32)
    return _Coded(column=Column(row=kind.row[kept], code=code[kept] + np.int32(first)), user=user[kept])


def _overused(counts: NDArray[np.int64]) -> NDArray[np.bool_]:
    limit = max(LEAST_LIMIT, USUAL_TIMES * float(np.quantile(counts, USUAL_QUANTILE))) if len(counts) else 0
    return counts > limit


def _users(emails: pa.Array) -> NDArray[np.int32]:
    """Codes of the part before the @, among themselves."""
    return dictionary(pc.replace_substring_regex(emails, r"@.*$", ""))[0]
