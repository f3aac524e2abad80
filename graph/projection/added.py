"""Queries for the vertices and edges that a workspace adds in `[ontology]`, made from checked settings."""

from collections.abc import Iterator, Mapping

import pyarrow as pa
from pyarrow import types

from graph.ontology.settings import EdgeSettings, EndSettings, OntologySettings, PropertySettings, VertexSettings
from graph.projection.steps import EdgeQuery, Name, VertexQuery
from lake.query import quoted
from lake.tables import TABLES

SQL_TYPE = {"String": "VARCHAR", "Boolean": "BOOLEAN", "Long": "BIGINT", "Double": "DOUBLE"}
BUILT_IN = {"Person": "entity_id", "Record": "graph_uid", "Event": "event_id"}


def added_names(settings: OntologySettings) -> Iterator[Name]:
    """Give each added vertex its id."""
    for label, item in settings.vertices.items():
        parts = _parts(item.id)
        known = " AND ".join(f"part{index} IS NOT NULL" for index in range(len(item.id)))
        yield Name(
            table=_table(label),
            sql=f"SELECT DISTINCT {parts} FROM ({_rows(item)}) WHERE {known} ORDER BY ALL",
            prefix="x",
            constants=(label,),
        )


def added_vertices(settings: OntologySettings) -> Iterator[VertexQuery]:
    """One query for each added vertex label; where rows differ, the smallest value stands."""
    for label, item in settings.vertices.items():
        values = _values(item.properties, _types(item))
        source = f"SELECT *, {_parts(item.id)} FROM ({_rows(item)})"
        using = ", ".join(f"part{index}" for index in range(len(item.id)))
        yield VertexQuery(
            label=label,
            sql=f"SELECT id{values} FROM ({source}) JOIN {_table(label)} USING ({using}) GROUP BY id ORDER BY id",
        )


def added_edges(settings: OntologySettings) -> Iterator[EdgeQuery]:
    """One query for each added edge label; where rows of one edge differ, the smallest value stands."""
    for label, item in settings.edges.items():
        values = _values(item.properties, _types(item))
        source = f"({_rows(item)}) t {_join('o', item.out)} {_join('i', item.into)}"
        out, into = _end("o", item.out), _end("i", item.into)
        yield EdgeQuery(
            label=label,
            out_label=item.out.label,
            in_label=item.into.label,
            sql=f"SELECT {out} AS out, {into} AS in_{values} FROM {source} GROUP BY {out}, {into} ORDER BY out, in_",
        )


def _table(label: str) -> str:
    return f"graph_added_{label.lower()}"


def _rows(item: VertexSettings | EdgeSettings) -> str:
    """The rows an item comes from, with the living person (`entity_id`) and record (`graph_uid`) that each leads to."""
    table = item.table or "events"
    names = TABLES[table].schema.names
    if "record_id" not in names:
        return f"SELECT * FROM {table} WHERE entity_id IN (SELECT entity_id FROM graph_living)"
    where = "" if item.event_type is None else f" WHERE t.type = {quoted(item.event_type)}"
    return f"SELECT t.*, l.entity_id, l.uid AS graph_uid FROM {table} t JOIN graph_living l USING (record_id){where}"


def _types(item: VertexSettings | EdgeSettings) -> Mapping[str, pa.DataType]:
    return {field.name: field.type for field in TABLES[item.table or "events"].schema}


def _parts(columns: list[str]) -> str:
    return ", ".join(
        f"nullif(CAST({_column(name)} AS VARCHAR), '') AS part{index}" for index, name in enumerate(columns)
    )


def _column(name: str) -> str:
    column, dot, key = name.partition(".")
    return f'"{column}"[{quoted(key)}]' if dot else f'"{column}"'


def _values(properties: Mapping[str, PropertySettings], kinds: Mapping[str, pa.DataType]) -> str:
    return "".join(f', min({_value(item, kinds)}) AS "{name}"' for name, item in properties.items())


def _value(item: PropertySettings, kinds: Mapping[str, pa.DataType]) -> str:
    if item.type == "Long" and types.is_timestamp(kinds.get(item.column, pa.null())):
        return f"epoch_ms({_column(item.column)})"
    return f"TRY_CAST({_column(item.column)} AS {SQL_TYPE[item.type]})"


def _join(alias: str, end: EndSettings) -> str:
    """Join the ids of an added label; a row whose end has no vertex makes no edge."""
    if end.label in BUILT_IN:
        return ""
    same = " AND ".join(
        f"{alias}.part{index} = CAST(t.{_column(name)} AS VARCHAR)" for index, name in enumerate(end.id)
    )
    return f"JOIN {_table(end.label)} {alias} ON {same}"


def _end(alias: str, end: EndSettings) -> str:
    return f"t.{BUILT_IN[end.label]}" if end.label in BUILT_IN else f"{alias}.id"
