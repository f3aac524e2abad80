"""A workspace's own vertices and edges, checked and added to the ontology."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

import pyarrow as pa
from pyarrow import types

from core.errors import BadInputError
from graph.ontology.settings import EdgeSettings, EndSettings, OntologySettings, PropertySettings, VertexSettings
from graph.ontology.table import ONTOLOGY
from graph.ontology.types import EdgeType, Ontology, Property, VertexType
from lake.tables import TABLES

VERTEX_LABEL: Final = re.compile(r"[A-Z][A-Za-z0-9]{0,39}")
EDGE_LABEL: Final = re.compile(r"[A-Z][A-Z0-9_]{0,39}")
PROPERTY_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
RESERVED: Final = frozenset({"id", "label", "uid", "out", "in_"})
SOURCES: Final = ("events", "records", "consents", "entities", "segment_membership", "persona_members")
"""Tables that lead to a person, through `record_id` or `entity_id`."""
ENDS: Final[Mapping[str, str]] = {"Person": "entity_id", "Record": "record_id", "Event": "event_id"}
"""Labels of the engine that an added edge may join, and the column that names each."""


def extend(settings: OntologySettings, ontology: Ontology = ONTOLOGY) -> Ontology:
    """Add the workspace's labels to those that every workspace has.

    Raises:
        BadInputError: a label is taken or badly formed, a table, column or end is unknown, or a limit is below one.
            The message names the key of c360.toml.
    """
    _check_limits(settings.identifier_limits)
    added = {label: _vertex(label, item, ontology) for label, item in settings.vertices.items()}
    vertices = {**ontology.vertices, **added}
    edges = {label: _edge(label, item, ontology, settings) for label, item in settings.edges.items()}
    return Ontology(vertices=_snapshot_last(vertices), edges={**ontology.edges, **edges}, added=settings)


def _snapshot_last(vertices: Mapping[str, VertexType]) -> dict[str, VertexType]:
    others = {label: item for label, item in vertices.items() if label != "Snapshot"}
    return others | {"Snapshot": vertices["Snapshot"]}


def _vertex(label: str, item: VertexSettings, ontology: Ontology) -> VertexType:
    key = f"ontology.vertices.{label}"
    _check_label(key, label, VERTEX_LABEL, ontology.vertices)
    columns = _columns(key, item)
    _check_known(f"{key}.id", item.id, columns)
    return VertexType(
        label=label,
        says=item.says,
        ids="HMAC under the workspace key of " + ", ".join(item.id) + " (`x_…`)",
        properties=_properties(key, item.properties, columns),
    )


def _edge(label: str, item: EdgeSettings, ontology: Ontology, settings: OntologySettings) -> EdgeType:
    key = f"ontology.edges.{label}"
    _check_label(key, label, EDGE_LABEL, ontology.edges)
    columns = _columns(key, item)
    for side, end in (("out", item.out), ("in", item.into)):
        _check_end(f"{key}.{side}", end, settings)
        _check_known(f"{key}.{side}.id", end.id, columns)
    properties = _properties(key, item.properties, columns)
    return EdgeType(label=label, says=item.says, ends=((item.out.label, item.into.label),), properties=properties)


def _columns(key: str, item: VertexSettings | EdgeSettings) -> Mapping[str, pa.DataType]:
    """The columns that rows of this source have, the person's `entity_id` included."""
    if (item.event_type is None) == (item.table is None):
        raise _wrong(key, "needs either event_type or table")
    table = item.table or "events"
    if table not in SOURCES:
        raise _wrong(f"{key}.table", f"must be one of {', '.join(SOURCES)}")
    return {field.name: field.type for field in TABLES[table].schema} | {"entity_id": pa.string()}


def _check_end(key: str, end: EndSettings, settings: OntologySettings) -> None:
    if end.label in ENDS:
        if end.id != [ENDS[end.label]]:
            raise _wrong(f"{key}.id", f'must be ["{ENDS[end.label]}"] for {end.label}')
        return
    if end.label not in settings.vertices:
        known = ", ".join((*ENDS, *settings.vertices))
        raise _wrong(f"{key}.label", f"must be one of {known}")
    if len(end.id) != len(settings.vertices[end.label].id):
        raise _wrong(f"{key}.id", f"must name as many columns as the id of {end.label}")


def _check_known(key: str, names: Iterable[str], columns: Mapping[str, pa.DataType]) -> None:
    for name in names:
        column, dot, _ = name.partition(".")
        if column not in columns or bool(dot) != types.is_map(columns[column]):
            raise _wrong(key, f"there is no column {name}")
    if not names:
        raise _wrong(key, "names no column")


def _properties(
    key: str, items: Mapping[str, PropertySettings], columns: Mapping[str, pa.DataType]
) -> tuple[Property, ...]:
    for name, item in items.items():
        if PROPERTY_NAME.fullmatch(name) is None or name in RESERVED:
            raise _wrong(f"{key}.properties.{name}", "is no usable property name")
        _check_known(f"{key}.properties.{name}.column", [item.column], columns)
    return tuple(Property(name=name, type=item.type, says=item.says) for name, item in items.items())


def _check_label(key: str, label: str, pattern: re.Pattern[str], taken: Mapping[str, object]) -> None:
    if label in taken:
        raise _wrong(key, "is taken")
    if pattern.fullmatch(label) is None:
        raise _wrong(key, f"must look like {'Clinic' if pattern is VERTEX_LABEL else 'HAPPENED_AT'}")


def _check_limits(limits: Mapping[str, int]) -> None:
    for system, limit in limits.items():
        if limit < 1:
            raise _wrong(f"ontology.identifier_limits.{system}", "must be at least 1")


def _wrong(key: str, reason: str) -> BadInputError:
    return BadInputError(f"c360.toml: {key}: {reason}.", remedy="See docs/reference/ontology.md.", key=key)
