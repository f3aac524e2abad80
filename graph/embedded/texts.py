"""How Java would write a value as text, for asString, concat, format and messages."""

import math
from datetime import datetime
from decimal import Decimal
from typing import Final

from graph.embedded.run import Run
from graph.embedded.values import Edge, Entry, Path, Property, Value, Vertex, VertexProperty, is_collection, is_map

SHOWN = 20
WITH_EXPONENT: Final = (1e-3, 1e7)
"""Java writes a Double below the first, and from the second on, with an exponent."""


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
        return _double(value)
    if isinstance(value, int | Decimal):
        return str(value)
    if isinstance(value, datetime):
        return _date(value)
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


def _double(value: float) -> str:
    """As `Double.toString`: 7.5E11, 1.0E-4, Infinity."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    low, high = WITH_EXPONENT
    if value == 0 or low <= abs(value) < high:
        return repr(value)
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    whole, *rest = map(str, digits)
    power = int(exponent) + len(rest)
    return f"{'-' if sign else ''}{whole}.{''.join(rest) or '0'}E{power}"


def _date(value: datetime) -> str:
    """As `OffsetDateTime.toString`: no seconds where there are none, as few digits behind them as say it, Z for UTC."""
    fine = value.microsecond and ("milliseconds" if value.microsecond % 1000 == 0 else "microseconds")
    text = value.isoformat(timespec=fine or ("seconds" if value.second else "minutes"))
    return text.replace("+00:00", "Z")
