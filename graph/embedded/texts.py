"""How Java would write a value as text, for asString, concat, format and messages."""

from datetime import datetime
from decimal import Decimal

from graph.embedded.run import Run
from graph.embedded.values import Edge, Entry, Path, Property, Value, Vertex, VertexProperty, is_collection, is_map

SHOWN = 20


def text_of(value: Value, run: Run) -> str:  # noqa: C901, PLR0911, PLR0912 (a table of types)
    """Write a value as text."""
    graph = run.graph
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return str(value)
    if isinstance(value, float):
        return {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}.get(repr(value), repr(value))
    if isinstance(value, int | Decimal):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, Vertex):
        return f"v[{graph.vertex_id(value.handle)}]"
    if isinstance(value, Edge):
        out, in_ = graph.ends(value.handle)
        ends = f"{graph.vertex_id(out)}-{graph.edge_label(value.handle)}->{graph.vertex_id(in_)}"
        return f"e[{graph.edge_id(value.handle)}][{ends}]"
    if isinstance(value, VertexProperty | Property):
        kind = "vp" if isinstance(value, VertexProperty) else "p"
        return f"{kind}[{value.key}->{text_of(value.value, run)[:SHOWN]}]"
    if is_map(value):
        return "{" + ", ".join(f"{text_of(key, run)}={text_of(item, run)}" for key, item in value.items()) + "}"
    if isinstance(value, Entry):
        return f"{text_of(value.key, run)}={text_of(value.value, run)}"
    if isinstance(value, Path):
        return "path[" + ", ".join(text_of(item, run) for item in value.objects) + "]"
    if is_collection(value):
        return "[" + ", ".join(text_of(item, run) for item in value) + "]"
    return str(value)
