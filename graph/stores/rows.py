"""Batches as rows: what an upsert has to write, by comparison with what a store already holds.

Pure: stores read and write, this says which elements differ.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from core.errors import BadInputError
from graph.contract import Batch, EdgeBatch, VertexBatch

Value = str | bool | int | float
Properties = Mapping[str, Value]

STRUCTURE = frozenset({"id", "out", "in_"})
USABLE = (pa.string(), pa.bool_(), pa.int64(), pa.float64())


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One element as it should be. `out` and `in_` are set for an edge only."""

    id: str
    label: str
    properties: Properties
    out: str | None = None
    in_: str | None = None


def rows(batch: Batch) -> Iterator[Row]:
    """Each element of a batch, in its order; absent properties left out.

    Raises:
        BadInputError: a column is missing or of an unusable type, or an id is absent or repeats.
    """
    _check(batch)
    for row in batch.table.to_pylist():
        properties = {name: value for name, value in row.items() if name not in STRUCTURE and value is not None}
        yield Row(id=row["id"], label=batch.label, properties=properties, out=row.get("out"), in_=row.get("in_"))


def changed(wanted: Iterable[Row], present: Mapping[str, Properties]) -> list[Row]:
    """The rows that are absent, or whose properties differ in any way."""
    return [row for row in wanted if row.id not in present or present[row.id] != row.properties]


def differing(row: Row, present: Mapping[str, Properties]) -> Properties:
    """The properties that the element lacks or has otherwise; all of them when it is absent."""
    held = present.get(row.id, {})
    return {name: value for name, value in row.properties.items() if name not in held or held[name] != value}


def stale(row: Row, present: Mapping[str, Properties]) -> tuple[str, ...]:
    """The properties that the element has and should not have, sorted."""
    return tuple(sorted(set(present.get(row.id, {})) - set(row.properties)))


def _check(batch: Batch) -> None:
    required = ("id",) if isinstance(batch, VertexBatch) else ("id", "out", "in_")
    for name in required:
        if name not in batch.table.column_names:
            raise _unusable(batch, f"column {name} is missing")
        if batch.table.column(name).null_count or not batch.table.schema.field(name).type.equals(pa.string()):
            raise _unusable(batch, f"column {name} must hold a string in every row")
    for field in batch.table.schema:
        if not any(field.type.equals(usable) for usable in USABLE):
            raise _unusable(batch, f"column {field.name} may not be of type {field.type}")
    if pc.count_distinct(batch.table.column("id")).as_py() != batch.table.num_rows:
        raise _unusable(batch, "an id repeats")


def _unusable(batch: VertexBatch | EdgeBatch, reason: str) -> BadInputError:
    return BadInputError(f"{batch.label}: {reason}.", remedy="Batches come from `graph.project`.", label=batch.label)
