"""Everything a record may hold several of: identifiers, phones, e-mails, devices, free categories.

Values that many records share say little of any one of them; those far above the usual are dropped here.
"""

from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from resolution.comparing.levels import CATEGORY, IDENTIFIER
from resolution.encode.codes import FieldSource
from resolution.encode.columns import (
    NULL,
    Numbered,
    Rows,
    changed,
    dictionary,
    entries,
    numbered,
    parents,
    put_in_order,
)
from resolution.encode.kernels import count_holders
from resolution.encode.letters import before_sign, spelled, turned
from resolution.encode.names import fold
from resolution.encode.pool import CATEGORY_WORLD, NUMBER_WORLD, Pool, World, flat, known, starts, to_numpy

EMAIL: Final = "email"
LISTED: Final = "; "
"""What stands between several of one category."""
PLACEHOLDER: Final = r"^(0+|1+|2+|3+|4+|5+|6+|7+|8+|9+|0?123456789?0?)$"
SQUEEZED: Final = turned(dropped=" \t\n\f\r./+-")
USUAL_TIMES: Final = 5
USUAL_QUANTILE: Final = 0.999
LEAST_LIMIT: Final = 40
LOOKED_AT: Final = 100
"""Rows of one value whose names are looked at."""
OF_ONE: Final = 0.5
"""Share of its rows that have one name, from which a value is of one person or household."""
LIFT: Final = 4
"""How many times as often as in all records a name stands there that is of one person, and not of a people."""
MOST_SOURCES: Final = 4
"""Sources that may number by themselves; each is a field more."""
FEWEST_NUMBERS: Final = 20
"""Numbers of a source, below which it may be chance that no other has them."""
LONGEST_NUMBER: Final = 8
"""Signs of a number that counts up; those of states and insurers are longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Values of one kind as they stand in the input: the row of each, ascending, and its text."""

    source: FieldSource
    row: NDArray[np.int32]
    text: pa.Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """Values of one kind in order of record ids.

    Attributes:
        source: the kind.
        row: coded row of each, ascending.
        codes: codes of its own, from 0.
        users: code of each string's part before the @; -1 where the kind is not e-mail.
        strings: distinct values by code.
        counts: how many records hold each.
    """

    source: FieldSource
    row: NDArray[np.int32]
    codes: NDArray[np.int32]
    users: NDArray[np.int32]
    strings: pa.Array
    counts: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """Values of every kind as in `Codes`."""

    kinds: tuple[FieldSource, ...]
    start: NDArray[np.int32]
    value: NDArray[np.int32]
    user: NDArray[np.int32]


def kinds_of(records: pa.Table, whole: Collection[str]) -> Iterator[Kind]:
    """All kinds of values that there may be.

    Args:
        records: as for `encode`.
        whole: systems of identifiers that are one for all sources, whatever their numbers look like.
    """
    for name, column in ((EMAIL, "emails"), ("phone", "phones"), ("device", "devices")):
        lists = flat(records.column(column))
        yield Kind(source=FieldSource(name=name, shared=True), row=parents(lists), text=pc.list_flatten(lists))
    lists = flat(records.column("identifiers"))
    row, items = parents(lists), pc.list_flatten(lists)
    sources = cache(partial(numbered, records.column("source")))
    for kind in _split(IDENTIFIER, row, pc.struct_field(items, "system"), pc.struct_field(items, "value")):
        one = kind.source.name.removeprefix(IDENTIFIER) in whole or not _short(kind.text)
        yield from [kind] if one else _of_each_source(kind, sources())
    maps = flat(records.column("categories"))
    row = np.repeat(np.arange(len(maps), dtype=np.int32), np.diff(to_numpy(maps.offsets)))
    yield from map(_each_listed, _split(CATEGORY, row, flat(maps.keys), flat(maps.items)))


def _split(prefix: str, row: NDArray[np.int32], system: pa.Array, text: pa.Array) -> Iterator[Kind]:
    """One kind for each system, in order of name."""
    systems = numbered(system)
    names = systems.strings.to_pylist()
    for name in sorted(names):
        mine = systems.codes == names.index(name)
        source = FieldSource(name=f"{prefix}{name}", shared=prefix == CATEGORY)
        yield Kind(source=source, row=row[mine], text=text.filter(pa.array(mine)))


def _each_listed(kind: Kind) -> Kind:
    """A category with each of several that one cell lists."""
    if not pc.any(pc.match_substring(kind.text, LISTED)).as_py():
        return kind
    each = pc.split_pattern(kind.text, LISTED)
    return replace(kind, row=kind.row[parents(each)], text=pc.list_flatten(each))


def _of_each_source(kind: Kind, sources: Numbered) -> Iterator[Kind]:
    """Identifiers that each source gives by itself, as kinds of their own: across sources they say nothing.

    They are so where none stands in two sources. Cost: two look-ups an identifier.

    Args:
        kind: short identifiers of one system.
        sources: the source of every record.
    """
    owner = sources.codes[kind.row]
    held = np.flatnonzero(np.bincount(owner, minlength=len(sources.strings)))
    if not (1 < len(held) <= MOST_SOURCES and _numbered_apart(_kept(kind), owner)):
        yield kind
        return
    for source, name in sorted((sources.strings[int(one)].as_py(), int(one)) for one in held):
        mine = owner == name
        named = replace(kind.source, name=f"{kind.source.name} of {source}")
        yield Kind(source=named, row=kind.row[mine], text=kind.text.filter(pa.array(mine)))


def _short(text: pa.Array) -> bool:
    """Whether identifiers are no longer than numbers that count up."""
    return (pc.max(pc.utf8_length(text)).as_py() or 0) <= LONGEST_NUMBER


def _numbered_apart(values: Numbered, owner: NDArray[np.int32]) -> bool:
    """Whether no value stands in two sources, and each source has enough to tell."""
    there = values.codes >= 0
    codes, owner = values.codes[there], owner[there]
    of = np.full(len(values.strings), NULL, np.int32)
    of[codes] = owner
    each = np.bincount(of[of >= 0])
    return bool((of[codes] == owner).all() and (each[each > 0] >= FEWEST_NUMBERS).all())


def encode_kind(kind: Kind, rows: Future[Rows], names: pa.Table) -> Coded:
    """Code the values of one kind, without those that say nothing and those that far more people use than is usual.

    Args:
        kind: the values.
        rows: the records.
        names: columns of the records' names, in the order of the input.
    """
    read = _kept(kind)
    there = read.codes >= 0
    found = entries(kind.row[there], rows.result())
    codes, strings = put_in_order(replace(read, codes=read.codes[there]), found.at)
    counts, row = count_holders(found.row, codes, len(strings)), found.row
    if not kind.source.name.startswith(CATEGORY):
        dropped = _overused(counts)
        dropped[dropped] = ~_are_of_one(names, rows.result().order[row], codes, np.flatnonzero(dropped))
        kept = ~dropped[codes]
        codes, row = codes[kept], row[kept]
    mails = kind.source.name == EMAIL
    users = _users(strings) if mails else np.full(len(strings), NULL, np.int32)
    return Coded(source=kind.source, row=row, codes=codes, users=users, strings=strings, counts=counts)


def join_kinds(coded: Sequence[Coded], records: int, pool: Pool, threads: Executor) -> Values:
    """Put the kinds that some record holds end to end, as codes of the pool, to which their values are added."""
    held = [kind for kind in coded if len(kind.strings)]
    firsts = [pool.add(kind.strings, kind.counts, *_others(kind)) for kind in held]
    begins = np.cumsum([0, *(len(kind.codes) for kind in held)], dtype=np.int32)
    start = np.zeros((len(held), records + 1), np.int32)
    value, user = np.empty((2, begins[-1]), np.int32)

    def fill(index: int, kind: Coded, first: int) -> None:
        part = slice(begins[index], begins[index + 1])
        start[index] = starts(kind.row, records) + begins[index]
        value[part] = kind.codes + np.int32(first)
        user[part] = kind.users[kind.codes]

    list(threads.map(fill, range(len(held)), held, firsts))
    return Values(kinds=tuple(kind.source for kind in held), start=start, value=value, user=user)


def _others(kind: Coded) -> tuple[World, int | None]:
    """What is known of values of a kind beforehand, and how many records know one.

    A category may be of one file among several: strangers agree in it as often as in that file, not as in all.
    """
    if not kind.source.name.startswith(CATEGORY):
        return NUMBER_WORLD, None
    return CATEGORY_WORLD, 1 + int(np.count_nonzero(np.diff(kind.row)))


def _kept(kind: Kind) -> Numbered:
    """Number the folded values; what is empty or a placeholder becomes null."""
    values, name = numbered(kind.text), kind.source.name
    if name != EMAIL:
        values = changed(values, fold if name.startswith(CATEGORY) else squeezed)
    good = known(values.strings)
    if not name.startswith(CATEGORY):
        good = pc.and_not(good, pc.match_substring_regex(values.strings, PLACEHOLDER))
    kept = np.append(good.to_numpy(zero_copy_only=False), False)
    return replace(values, codes=np.where(kept[values.codes], values.codes, np.int32(NULL)))


def _are_of_one(
    names: pa.Table, rows: NDArray[np.int32], codes: NDArray[np.int32], asked: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Which of some values are of one person or household; shape (asked,).

    Args:
        names: columns of names.
        rows: shape (entries,). Input row of each value that stands somewhere, in the order of record ids.
        codes: shape (entries,). The values.
        asked: ascending.

    Cost: one look at the codes, and one sort of the entries that are asked about.
    """
    mine = np.flatnonzero(np.isin(codes, asked)) if len(asked) else asked
    mine = mine[np.argsort(codes[mine], kind="stable")]
    ends = np.searchsorted(codes[mine], asked, side="right")
    return np.array([_of_one(names, rows[each]) for each in np.split(mine, ends)[:-1]], np.bool_)


def _of_one(names: pa.Table, rows: NDArray[np.int32]) -> bool:
    """Whether one name stands in most of these rows, and seldom in others.

    Args:
        names: columns of names.
        rows: shape (rows,), in the order of record ids.
    """
    places = pa.array(rows[np.linspace(0, len(rows) - 1, min(len(rows), LOOKED_AT)).astype(np.int64)])
    for column in names.columns:
        counts = pc.value_counts(column.take(places).drop_null())
        if not len(counts):
            continue
        most = int(np.argmax(counts.field("counts").to_numpy()))
        share = counts.field("counts")[most].as_py() / len(places)
        usual = (pc.sum(pc.equal(column, counts.field("values")[most])).as_py() or 0) / len(column)
        if share > max(OF_ONE, LIFT * usual):
            return True
    return False


def _overused(counts: NDArray[np.int64]) -> NDArray[np.bool_]:
    limit = max(LEAST_LIMIT, USUAL_TIMES * float(np.quantile(counts, USUAL_QUANTILE))) if len(counts) else 0
    return counts > limit


def squeezed(text: pa.Array) -> pa.Array:
    """Lower case, without spaces and what stands between digits."""
    return spelled(text, SQUEEZED, squeezed_slowly)


def squeezed_slowly(text: pa.Array) -> pa.Array:
    """What `squeezed` does, in any script."""
    done: pa.Array = pc.replace_substring_regex(pc.utf8_lower(text), r"[\s./+-]+", "")
    return done


def _users(emails: pa.Array) -> NDArray[np.int32]:
    """Codes of the part before the @, among themselves."""
    return dictionary(before_sign(emails, "@"))[0]
