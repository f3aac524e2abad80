"""What `by()` does to a traverser's value: a property, a token, keys or values, or the value itself."""

from typing import Any

from graph.embedded.building import Function
from graph.embedded.plan import Token
from graph.embedded.refusals import TraversalError, unsupported
from graph.embedded.run import Run
from graph.embedded.traverser import Traverser
from graph.embedded.values import (
    ABSENT,
    Edge,
    Entry,
    OrderedSet,
    Path,
    Property,
    Value,
    Vertex,
    VertexProperty,
    is_map,
    java_type,
)


def by_function(arguments: tuple[Any, ...]) -> Function:
    """Compile `by(…)` without a child traversal; the function gives ABSENT where there is nothing."""
    if not arguments:
        return lambda traverser, _: traverser.value
    given = arguments[0]
    if isinstance(given, str):
        return lambda traverser, run: keyed_value(traverser.value, given, run)
    if isinstance(given, Token) and given.family == "T":
        return lambda traverser, run: token_value(traverser.value, given.name, run)
    if isinstance(given, Token) and given.family == "Column":
        return lambda traverser, _: column_value(traverser.value, given.name)
    raise unsupported("by", f"{given}")


def keyed_value(value: Value, key: str, run: Run) -> Value:
    """The property or map entry of this key, or ABSENT."""
    if isinstance(value, Vertex | Edge | VertexProperty):
        found = run.graph.values(value, key)
        return found[0] if found else ABSENT
    if is_map(value):
        return value.get(key, ABSENT)
    if isinstance(value, Property):
        return ABSENT
    raise TraversalError(
        f'The by("{key}") modulator can only be applied to a traverser that is an Element or a Map'
        f" - it is being applied to a {java_type(value)} class instead",
        remedy="Use by() where the values are plain.",
    )


def token_value(value: Value, word: str, run: Run) -> Value:
    """What T.id, T.label, T.key or T.value says of an element."""
    if isinstance(value, Vertex | Edge | VertexProperty):
        if word == "id":
            return run.graph.id_of(value)
        if word == "label":
            return run.graph.label_of(value)
    if isinstance(value, Property | VertexProperty | Entry):
        if word == "key":
            return value.key
        if word == "value":
            return value.value
    raise TraversalError(f"A {java_type(value)} has no T.{word}.", remedy="Ask elements or properties for it.")


def column_value(value: Value, column: str) -> Value:
    """Keys or values of a map, an entry or a path."""
    if is_map(value):
        return OrderedSet(value) if column == "keys" else list(value.values())
    if isinstance(value, Entry):
        return value.key if column == "keys" else value.value
    if isinstance(value, Path):
        return [set(labels) for labels in value.labels] if column == "keys" else list(value.objects)
    raise TraversalError(f"The provided object does not have accessible {column}: {java_type(value)}", remedy="")


def apply_by(by: Function | None, value: Value, traverser: Traverser, run: Run) -> Value:
    """Apply a `by` to another value than the traverser's own."""
    if by is None:
        return value
    probe = traverser.copy()
    probe.value = value
    return by(probe, run)
