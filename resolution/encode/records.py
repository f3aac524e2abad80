"""The whole coded table, from records in the shape of `lake.tables.RECORDS`."""

from collections.abc import Collection, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from core.errors import BadInputError
from lake.memory import give_back
from lake.tables.types import ATTRIBUTES, PROFILE
from lake.workers import cuts, open_threads
from resolution.comparing.gist import gists
from resolution.comparing.word import packed_words
from resolution.encode.ages import with_years
from resolution.encode.codes import Codes, Encoded, FieldSource
from resolution.encode.columns import Rows, numbered, put_in_order
from resolution.encode.dates import encode_dates
from resolution.encode.kernels import mark_named_mailboxes
from resolution.encode.lines import Whole, pack_lines
from resolution.encode.names import Names, encode_names, without_particles
from resolution.encode.places import Places, add_parts, encode_places, place_codes
from resolution.encode.pool import NAME_WORLD, Pool, flat
from resolution.encode.signs import with_families
from resolution.encode.values import EMAIL, Coded, Values, encode_kind, join_kinds, kinds_of

PARTS: Final = 8
"""Parts of the records whose e-mails are looked at by turns."""
CATEGORIES: Final = ("sex", "suffix", "source")
NEEDED = pa.schema(
    [pa.field("record_id", pa.string()), pa.field("source", pa.string()), *PROFILE, pa.field("categories", ATTRIBUTES)]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """Every column by itself, for n records: what is let go once all are codes of one pool.

    Attributes:
        rows: the records in order.
        names: bags of tokens, and the tokens.
        places: parts of addresses, each with codes of its own.
        values: kinds of values, each with codes of its own.
        date: as of `lines.Whole`.
        date_rarity: shape (n, 2).
        trait: shape (n, 2).
        source: shape (n,).
        sources: names of the sources, by code.
    """

    rows: Rows
    names: Names
    places: Places
    values: tuple[Coded, ...]
    date: NDArray[np.int32]
    date_rarity: NDArray[np.float32]
    trait: NDArray[np.int32]
    source: NDArray[np.int32]
    sources: tuple[str, ...]


def encode(records: pa.Table, whole: Collection[str] = ()) -> Encoded:
    """Code a table of records.

    Args:
        records: columns record_id and source, and any of the profile columns and categories; what is absent is unknown.
            Let go once its columns are coded: where the caller keeps no other reference, its memory serves the rest.
        whole: systems of identifiers that are one for all sources, whatever their numbers look like.

    Raises:
        BadInputError: record_id or source is absent, or a record id occurs twice.
    """
    columns = _columns(with_families(with_years(completed(records))), whole)
    del records
    rows, sources, ones = columns.rows, columns.sources, Whole(columns.date, columns.trait)
    give_back()  # each column has left some of it free
    codes, kinds = _codes(columns)
    del columns
    give_back()  # what is free lies in many pieces, and the lines are one
    return Encoded(
        codes=codes._replace(line=pack_lines(codes, ones)),
        order=rows.order,
        record_ids=rows.record_ids,
        sources=sources,
        kinds=kinds,
    )


def _columns(table: pa.Table, whole: Collection[str]) -> _Columns:
    """Code every column by itself, several at a time."""
    names = table.select(["given_name", "family_name"])
    with open_threads() as threads:
        sorting = threads.submit(in_order, table.column("record_id"))
        placing = threads.submit(encode_places, table.column("addresses"), sorting)
        valuing = [threads.submit(encode_kind, kind, sorting, names) for kind in kinds_of(table, whole)]
        naming = threads.submit(encode_names, table, sorting)
        dating = threads.submit(encode_dates, table.column("birth_date"), sorting)
        sex, suffix, source = (threads.submit(_category, table.column(name), sorting) for name in CATEGORIES)
    date, date_rarity = dating.result()
    codes, sources = source.result()
    return _Columns(
        rows=sorting.result(),
        names=naming.result(),
        places=placing.result(),
        values=tuple(kind.result() for kind in valuing),
        date=date,
        date_rarity=date_rarity,
        trait=np.stack([sex.result()[0], suffix.result()[0]], axis=1),
        source=codes,
        sources=tuple(sources.to_pylist()),
    )


def _codes(columns: _Columns) -> tuple[Codes, tuple[FieldSource, ...]]:
    """All columns over one pool, the lines still to be packed; and the kinds of values."""
    names, places, records = columns.names, columns.places, len(columns.rows.order)
    pool = Pool(records=records)
    pool.add(names.strings, names.counts, NAME_WORLD)
    with open_threads() as threads:
        placing = threads.submit(place_codes, places, add_parts(places, pool))
        values = join_kinds(columns.values, records, pool, threads)
        chars, start, rarity = pool.arrays(threads)
        bare = threads.submit(without_particles, names)
        gist = threads.submit(gists, chars, start, names.nickname)
        marking = [
            threads.submit(mark_named_mailboxes, chars, start, names.token[part], begins, values.value, values.user)
            for begins, part in _mails(values)
        ]
    for one in marking:
        one.result()
    names = bare.result()
    codes = Codes(
        chars=chars,
        start=start,
        gist=gist.result(),
        word=packed_words(chars, start, len(names.strings)),
        rarity=rarity,
        nickname=names.nickname,
        token=names.token,
        slot=names.slot,
        date_rarity=columns.date_rarity,
        place_start=places.start,
        place=placing.result(),
        value_start=values.start,
        value=values.value,
        user=values.user,
        source=columns.source,
        line=np.zeros((0, 0), np.int32),
    )
    return codes, values.kinds


def in_order(record_ids: pa.ChunkedArray) -> Rows:
    """Sort records by id.

    Raises:
        BadInputError: an id is missing or occurs twice.
    """
    ids = flat(record_ids)
    if not ids.null_count and pc.all(pc.less(ids[:-1], ids[1:])).as_py():
        return Rows(order=np.arange(len(ids), dtype=np.int32), record_ids=ids)
    order = pc.sort_indices(ids)
    rows = Rows(order=np.asarray(order.to_numpy(), np.int32), record_ids=ids.take(order))
    _check_unique(rows.record_ids)
    return rows


def _category(column: pa.ChunkedArray, rows: Future[Rows]) -> tuple[NDArray[np.int32], pa.Array]:
    """Code a column of few values."""
    return put_in_order(numbered(column), rows.result().order)


def _mails(values: Values) -> Iterator[tuple[NDArray[np.int32], slice]]:
    """Where the e-mails of each part of the records begin, and which records they are."""
    for kind, begins in zip(values.kinds, values.start, strict=True):
        if kind.name == EMAIL:
            for first, end in cuts(len(begins) - 1, PARTS):
                yield begins[first : end + 1], slice(first, end)


def completed(records: pa.Table) -> pa.Table:
    """The columns that are evidence, with record id and source, in their types; absent ones are filled with nulls.

    Raises:
        BadInputError: record_id or source is absent.
    """
    missing = [name for name in ("record_id", "source") if name not in records.column_names]
    if missing:
        raise BadInputError(
            f"The records have no column {missing[0]}.",
            remedy="Give every record an id and a source.",
            column=missing[0],
        )
    columns = [
        _as(field.type, records.column(field.name))
        if field.name in records.column_names
        else pa.nulls(records.num_rows, field.type)
        for field in NEEDED
    ]
    return pa.table(columns, names=NEEDED.names)


def _as(wanted: pa.DataType, column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column in a type, left as it is where it differs only in that strings have dictionaries."""
    return column if _holds(column.type, wanted) else column.cast(wanted)


def _holds(kind: pa.DataType, wanted: pa.DataType) -> bool:
    """Whether a type is another but for dictionaries of strings, by themselves or as parts of structs in lists."""
    if pa.types.is_dictionary(kind):
        return kind.value_type == wanted
    if pa.types.is_list(kind) and pa.types.is_list(wanted):
        return _holds(kind.value_type, wanted.value_type)
    if pa.types.is_struct(kind) and pa.types.is_struct(wanted):
        parts = list(zip(_parts(kind), _parts(wanted), strict=False))
        same = kind.num_fields == wanted.num_fields and all(have.name == want.name for have, want in parts)
        return same and all(_holds(have.type, want.type) for have, want in parts)
    return kind == wanted


def _parts(struct: pa.DataType) -> list[pa.Field]:
    return [struct.field(place) for place in range(struct.num_fields)]


def _check_unique(record_ids: pa.Array) -> None:
    again = pc.equal(record_ids[1:], record_ids[:-1])
    if record_ids.null_count or pc.any(again).as_py():
        raise BadInputError(
            "Record ids repeat or are missing.",
            remedy="Give each record an id of its own.",
            repeated=pc.sum(again).as_py() or 0,
        )
