"""From the engine's values to what gremlinpython users expect: references to elements, paths, plain collections."""

from decimal import Decimal
from typing import Any, Final

from gremlin_python.process import traversal as words
from gremlin_python.process.traversal import Traverser as RemoteTraverser
from gremlin_python.statics import BigDecimal, long
from gremlin_python.structure import graph as remote

from graph.embedded.frontend import word
from graph.embedded.plan import Token
from graph.embedded.storage.graph import Graph
from graph.embedded.traverser import Traverser
from graph.embedded.values import (
    BulkSet,
    Edge,
    Entry,
    HashableMap,
    Missing,
    Path,
    Property,
    Subgraph,
    Value,
    Vertex,
    VertexProperty,
    is_list,
    is_map,
    is_set,
    items,
)

ONE: Final = long(1)


def to_remote(traverser: Traverser, graph: Graph) -> RemoteTraverser:
    """Give a traverser as the driver would."""
    value, bulk = traverser.value, traverser.bulk
    given = value if type(value) is str else answer(value, graph)
    return RemoteTraverser(given, ONE if bulk == 1 else long(bulk))


def answer(value: Value, graph: Graph) -> object:  # noqa: C901, PLR0911, PLR0912 (a table of types)
    """Give a value as the driver would."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Vertex):
        return _vertex(value.handle, graph)
    if isinstance(value, Edge):
        out, in_ = graph.ends(value.handle)
        return remote.Edge(
            graph.edge_id(value.handle), _vertex(out, graph), graph.edge_label(value.handle), _vertex(in_, graph)
        )
    if isinstance(value, VertexProperty):
        return remote.VertexProperty(value.id, value.key, value.value, _vertex(value.owner.handle, graph))
    if isinstance(value, Property):
        return remote.Property(value.key, value.value, answer(value.owner, graph))
    if isinstance(value, Path):
        return remote.Path([set(labels) for labels in value.labels], [answer(item, graph) for item in value.objects])
    if is_map(value):
        return {_key(key, graph): answer(item, graph) for key, item in value.items()}
    if isinstance(value, Entry):
        return {_key(value.key, graph): answer(value.value, graph)}
    if isinstance(value, list | tuple | BulkSet):
        return [answer(item, graph) for item in items(value)]
    if is_set(value):
        return {_key(item, graph) for item in value}
    if isinstance(value, Subgraph):
        return {
            "vertices": [answer(item, graph) for item in value.vertices],
            "edges": [answer(item, graph) for item in value.edges],
        }
    if isinstance(value, Decimal):
        return _big_decimal(value)
    if isinstance(value, Token):
        return _token(value)
    if isinstance(value, Missing):
        return remote.Vertex(value.id, value.label) if value.kind == "vertex" else value.id
    return value


def _big_decimal(value: Decimal) -> object:
    sign, digits, exponent = value.as_tuple()
    whole = int("".join(map(str, digits)) or "0")
    make: Any = BigDecimal  # its stub knows no arguments
    return make(-int(exponent), -whole if sign else whole)


def _token(token: Token) -> object:
    members: Any = getattr(words, token.family, ())  # an enum of the driver's
    return next((item for item in members if word(item) == token.name), token.name)


def _vertex(handle: int, graph: Graph) -> remote.Vertex:
    return remote.Vertex(graph.vertex_id(handle), graph.vertex_label(handle))


def _key(value: Value, graph: Graph) -> object:
    given = answer(value, graph)
    if is_list(given):
        return tuple(_key(item, graph) for item in value)
    if is_map(given):
        return HashableMap(given)
    return tuple(_key(item, graph) for item in value) if isinstance(given, set) else given
