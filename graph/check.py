"""Whether a store holds the graph of its lake snapshot: counts by label, and a hash of what every element says."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gremlin_python.process.traversal import T

from graph.contract import Batch, EdgeBatch, GraphStore
from graph.stores.requests import REQUEST_IDS, read_elements, read_properties
from graph.stores.rows import Properties, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One label, in the lake and in the store.

    Attributes:
        label: the vertex or edge label.
        edges: whether it is an edge label.
        lake: elements that the lake's snapshot gives.
        store: elements that the store has.
        lake_hash: SHA-256 over the lake's elements, in their order.
        store_hash: the same over the elements that the store has under the same ids.
    """

    label: str
    edges: bool
    lake: int
    store: int
    lake_hash: str
    store_hash: str

    @property
    def equal(self) -> bool:
        """Whether both hold the same."""
        return self.lake == self.store and self.lake_hash == self.store_hash


def check(store: GraphStore, batches: Iterable[Batch]) -> tuple[Check, ...]:
    """Compare a store with the batches of a projection, label by label.

    Cost: reads every element of the store once, `REQUEST_IDS` at a time.
    """
    counts = _counts(store)
    lake: Counter[tuple[bool, str]] = Counter()
    hashes: dict[tuple[bool, str], tuple[Any, Any]] = {}
    for batch in batches:
        kind = (isinstance(batch, EdgeBatch), batch.label)
        lake[kind] += batch.table.num_rows
        pair = hashes.setdefault(kind, (hashlib.sha256(), hashlib.sha256()))
        _hash_both(store, batch, pair)
    return tuple(
        Check(
            label=kind[1],
            edges=kind[0],
            lake=lake[kind],
            store=counts.get(kind, 0),
            lake_hash=hashes[kind][0].hexdigest() if kind in hashes else "",
            store_hash=hashes[kind][1].hexdigest() if kind in hashes else "",
        )
        for kind in sorted({*lake, *counts})
    )


def _counts(store: GraphStore) -> Mapping[tuple[bool, str], int]:
    counted: list[Any] = [*store.run(store.g().V().group_count().by(T.label))]
    counted += store.run(store.g().E().group_count().by(T.label))
    return {
        (is_edge, str(label)): int(number) for is_edge in (False, True) for label, number in counted[is_edge].items()
    }


def _hash_both(store: GraphStore, batch: Batch, pair: tuple[Any, Any]) -> None:
    is_edge = isinstance(batch, EdgeBatch)
    wanted = list(rows(batch))
    for start in range(0, len(wanted), REQUEST_IDS):
        part = wanted[start : start + REQUEST_IDS]
        answers = store.run(read_elements(store.g(), [row.id for row in part], edges=is_edge))
        present = read_properties(answers, edges=is_edge)
        for row in part:
            pair[0].update(_line(row.id, row.properties))
            pair[1].update(_line(row.id, present.get(row.id, {})))


def _line(name: str, properties: Properties) -> bytes:
    return json.dumps([name, sorted(properties.items())]).encode() + b"\n"
