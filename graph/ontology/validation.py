"""Whether a batch fits the ontology. Errors name the label and the column, never a value."""

import pyarrow as pa
import pyarrow.compute as pc

from core.errors import BadInputError
from core.ids import ID_PATTERN
from graph.contract import Batch, EdgeBatch, VertexBatch
from graph.ontology.types import EDGE_COLUMNS, VERTEX_COLUMNS, Ontology, Property
from graph.ontology.values import ARROW

WHOLE_ID = f"^(?:{ID_PATTERN.pattern})$"


def validate(batch: Batch, ontology: Ontology) -> None:
    """Check label, ends, columns, types and ids of a batch.

    Cost: one pass over the id columns.

    Raises:
        BadInputError: the first thing that does not fit.
    """
    if isinstance(batch, VertexBatch):
        _check_columns(batch, VERTEX_COLUMNS, _vertex_properties(batch, ontology))
        return
    _check_columns(batch, EDGE_COLUMNS, _edge_properties(batch, ontology))


def _vertex_properties(batch: VertexBatch, ontology: Ontology) -> tuple[Property, ...]:
    if batch.label not in ontology.vertices:
        raise _unfit(batch, "no such vertex label")
    return ontology.vertices[batch.label].properties


def _edge_properties(batch: EdgeBatch, ontology: Ontology) -> tuple[Property, ...]:
    if batch.label not in ontology.edges:
        raise _unfit(batch, "no such edge label")
    edge = ontology.edges[batch.label]
    if (batch.out_label, batch.in_label) not in edge.ends:
        raise _unfit(batch, f"it may not lead from {batch.out_label} to {batch.in_label}")
    return edge.properties


def _check_columns(batch: Batch, required: tuple[str, ...], properties: tuple[Property, ...]) -> None:
    types = dict.fromkeys(required, pa.string()) | {item.name: ARROW[item.type] for item in properties}
    if isinstance(batch, VertexBatch):
        types["uid"] = pa.string()
    schema = batch.table.schema
    for name in required:
        if name not in schema.names:
            raise _unfit(batch, f"column {name} is missing", column=name)
    for field in schema:
        if field.name not in types:
            raise _unfit(batch, f"it has no property {field.name}", column=field.name)
        if not field.type.equals(types[field.name]):
            raise _unfit(batch, f"{field.name} must be {types[field.name]}, not {field.type}", column=field.name)
    for name in required:
        _check_ids(batch, name)


def _check_ids(batch: Batch, name: str) -> None:
    ids = batch.table.column(name)
    fitting = pc.fill_null(pc.match_substring_regex(ids, WHOLE_ID), fill_value=False)
    if not (pc.all(fitting).as_py() or batch.table.num_rows == 0):
        raise _unfit(batch, f"column {name} holds something that is no id", column=name)


def _unfit(batch: Batch, reason: str, *, column: str | None = None) -> BadInputError:
    return BadInputError(
        f"{batch.label}: {reason}.",
        remedy="See docs/reference/ontology.md, or declare it under [ontology] in c360.toml.",
        label=batch.label,
        column=column,
    )
