"""Whether a store holds the graph of its lake snapshot: counts by label, a hash of what elements say, and samples.

Batch by batch, so that memory is that of one batch on each side. The ends of an edge are part of its id.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as pat
from gremlin_python.process.traversal import T

from core.ids import ID_PATTERN
from graph.contract import Batch, ColumnReader, EdgeBatch, GraphStore
from graph.embedded.storage.indexes import Keys, text_buffers, text_hashes
from graph.stores.requests import REQUEST_IDS, read_elements, read_properties
from graph.stores.rows import Properties

ENDS: Final = ("out", "in_")
SAMPLES: Final = 10
"""How many ids of elements that differ are named of each label."""
LOOKED_AT: Final = 1_000_000
"""Among how many ids of a label those are sought that the lake does not have."""
FOREIGN: Final = "an id of another form"
"""Stands for an id that this engine did not give, for it may say who somebody is."""
Kind = tuple[bool, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One label, in the lake and in the store.

    Attributes:
        label: the vertex or edge label.
        edges: whether it is an edge label.
        lake: elements that the lake's snapshot gives.
        store: elements that the store has.
        lake_hash: SHA-256 over the lake's elements, column by column.
        store_hash: the same over the elements that the store has under the same ids.
        samples: ids of the first elements of the lake that are missing in the store or say something else there.
        extras: ids of the first elements of the store that the lake does not have, among the first `LOOKED_AT`.
    """

    label: str
    edges: bool
    lake: int
    store: int
    lake_hash: str
    store_hash: str
    samples: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()

    @property
    def equal(self) -> bool:
        """Whether both hold the same."""
        return self.lake == self.store and self.lake_hash == self.store_hash


@dataclass(slots=True, kw_only=True)
class _Compared:
    """What has been compared of one label so far; `known` are hashes of the lake's ids, eight bytes each."""

    lake: int = 0
    present: int = 0
    digests: tuple[Any, Any] = field(default_factory=lambda: (hashlib.sha256(), hashlib.sha256()))
    samples: list[str] = field(default_factory=list[str])
    known: list[Keys] = field(default_factory=list[Keys])

    def add(self, wanted: pa.Table, present: pa.Table) -> None:
        """Compare some elements of the lake with those that the store has under the same ids."""
        self.lake += wanted.num_rows
        self.present += present.num_rows
        self.known.append(text_hashes(wanted.column("id").combine_chunks()))
        for digest, table in zip(self.digests, (wanted, present), strict=True):
            add_table(digest, table)
        if len(self.samples) < SAMPLES and self.hashes[0] != self.hashes[1]:
            self.samples += differing(wanted, present)[: SAMPLES - len(self.samples)]

    @property
    def hashes(self) -> tuple[str, str]:
        """Of the lake's elements, and of the store's."""
        return self.digests[0].hexdigest(), self.digests[1].hexdigest()


def check(store: GraphStore, batches: Iterable[Batch]) -> tuple[Check, ...]:
    """Compare a store with the batches of a projection, label by label.

    Cost: reads every element of the store once; in columns where the store gives them, else `REQUEST_IDS` at a time.
    Where the store has more elements of a label than the lake, `LOOKED_AT` of their ids once more, sorted.
    """
    counts = _counts(store)
    compared: dict[Kind, _Compared] = {}
    for batch in batches:
        kind = (isinstance(batch, EdgeBatch), batch.label)
        wanted = batch.table.drop_columns([name for name in ENDS if name in batch.table.column_names])
        compared.setdefault(kind, _Compared()).add(wanted, _present(store, batch))
    return tuple(
        _told(store, kind, counts.get(kind, 0), compared.get(kind, _Compared()))
        for kind in sorted({*compared, *counts})
    )


def _told(store: GraphStore, kind: Kind, count: int, found: _Compared) -> Check:
    return Check(
        label=kind[1],
        edges=kind[0],
        lake=found.lake,
        store=count,
        lake_hash=found.hashes[0],
        store_hash=found.hashes[1],
        samples=tuple(found.samples),
        extras=_extras(store, kind, found.known) if count > found.present else (),
    )


def _extras(store: GraphStore, kind: Kind, known: Sequence[Keys]) -> tuple[str, ...]:
    """The first ids of the store's elements of a label that are not among the lake's; foreign ones are not shown."""
    g = store.g()
    elements = (g.E() if kind[0] else g.V()).has_label(kind[1]).order().by(T.id).limit(LOOKED_AT).id_()
    ids = [*map(str, store.run(elements))]
    lake = np.concatenate([*known, np.empty(0, np.uint64)])
    extra: list[int] = np.flatnonzero(~np.isin(text_hashes(pa.array(ids, pa.string())), lake))[:SAMPLES].tolist()
    return tuple(ids[place] if ID_PATTERN.fullmatch(ids[place]) else FOREIGN for place in extra)


def _counts(store: GraphStore) -> Mapping[Kind, int]:
    counted: list[Any] = [*store.run(store.g().V().group_count().by(T.label))]
    counted += store.run(store.g().E().group_count().by(T.label))
    return {
        (is_edge, str(label)): int(number) for is_edge in (False, True) for label, number in counted[is_edge].items()
    }


def _present(store: GraphStore, batch: Batch) -> pa.Table:
    """The elements of the batch as the store has them: `id` and properties."""
    is_edge = isinstance(batch, EdgeBatch)
    ids = pa.array(batch.table.column("id").to_pylist(), pa.string())
    found = store.properties(ids, edges=is_edge) if isinstance(store, ColumnReader) else None
    return _asked(store, ids.to_pylist(), edges=is_edge) if found is None else found


def _asked(store: GraphStore, ids: Sequence[str], *, edges: bool) -> pa.Table:
    present: dict[str, Properties] = {}
    for start in range(0, len(ids), REQUEST_IDS):
        answers = store.run(read_elements(store.g(), list(ids[start : start + REQUEST_IDS]), edges=edges))
        present.update(read_properties(answers, edges=edges))
    there = [name for name in ids if name in present]
    keys = sorted({key for properties in present.values() for key in properties})
    columns = {key: _column([present[name].get(key) for name in there]) for key in keys}
    return pa.table({"id": pa.array(there, pa.string()), **columns})


def _column(values: list[Any]) -> pa.Array:
    """Values of one type as that type; of several as text that says the type, so that nothing is equal by chance."""
    kinds: set[Any] = {type(value) for value in values if value is not None}
    if len(kinds) <= 1:
        return pa.array(values)
    return pa.array([None if value is None else f"{type(value).__name__} {value!r}" for value in values])


def differing(wanted: pa.Table, present: pa.Table) -> list[str]:
    """The ids of rows that are missing in the second table or say something else there, in order.

    Args:
        wanted: `id` and properties.
        present: the same, of some of these ids.
    """
    wanted = wanted.sort_by("id")
    place = pc.index_in(wanted.column("id"), present.column("id").combine_chunks())
    differs = pc.is_null(place).to_numpy(zero_copy_only=False)
    for name in sorted({*wanted.column_names, *present.column_names} - {"id"}):
        left, right = _values(wanted, name), _values(present.take(place), name)
        differs |= _unlike(left, right)
    return [str(item) for item in wanted.column("id").filter(pa.array(differs)).to_pylist()]


def _values(table: pa.Table, name: str) -> pa.Array:
    """A column in the widest type of its kind; nulls where the table has none of the name."""
    if name not in table.column_names:
        return pa.nulls(table.num_rows)
    column = table.column(name).combine_chunks()
    if pat.is_integer(column.type):
        return column.cast(pa.int64())
    if pat.is_floating(column.type):
        return column.cast(pa.float64())
    return column.cast(pa.string()) if pat.is_large_string(column.type) else column


def _unlike(left: pa.Array, right: pa.Array) -> Any:
    """Where two columns differ; a null is like a null, and two types have nothing in common but nulls."""
    absent = pc.and_(pc.is_null(left), pc.is_null(right))
    if left.type == right.type and not pat.is_null(left.type):
        equal = pc.or_(absent, pc.fill_null(pc.equal(left, right), fill_value=False))
    else:
        equal = absent
    return ~equal.to_numpy(zero_copy_only=False)


def add_table(digest: Any, table: pa.Table) -> None:
    """Add what a table says to a hash: rows by id, columns by name, whole numbers of any width alike, nulls as absent.

    Args:
        digest: of `hashlib`.
        table: `id` and properties.
    """
    table = table.sort_by("id")
    for name in ["id", *sorted(set(table.column_names) - {"id"})]:
        column = table.column(name).combine_chunks()
        if column.null_count < len(column):
            digest.update(f"{name} {len(column)}\n".encode())
            for part in _bytes_of(column):
                digest.update(part)


def _bytes_of(column: pa.Array) -> Iterator[bytes]:
    present = pc.is_valid(column)
    yield np.packbits(present.to_numpy(zero_copy_only=False)).tobytes()
    held = column.filter(present)
    if pat.is_string(held.type) or pat.is_large_string(held.type):
        offsets, data = text_buffers(held.cast(pa.string()))
        yield b"text" + np.diff(offsets).tobytes()
        yield data[offsets[0] : offsets[-1]].tobytes()
    elif pat.is_floating(held.type):
        yield b"double" + held.cast(pa.float64()).to_numpy().tobytes()
    else:
        kind = "Boolean" if pat.is_boolean(held.type) else "whole"
        yield kind.encode() + held.cast(pa.int64()).to_numpy().tobytes()
