"""Equality, comparability and orderability of Gremlin values.

Comparability (`P.gt` …) is partial: unlike types have no order and raise TypeClashError, NaN compares false.
Orderability (`order()`) is total: null, Boolean, number, date, text, UUID, vertex, edge, vertex property, property,
path, set, list, map, other.

Source: TinkerPop 3.8 provider documentation, "Gremlin Semantics".
"""

from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from graph.embedded.plan import Token
from graph.embedded.refusals import TypeClashError
from graph.embedded.values import (
    BulkSet,
    Edge,
    Entry,
    Missing,
    Path,
    Property,
    Value,
    Vertex,
    VertexProperty,
    is_collection,
    is_map,
    is_number,
    is_set,
    java_type,
)

RANKS: Final[tuple[tuple[type | tuple[type, ...], int], ...]] = (
    (bool, 1),
    ((int, float, Decimal), 2),
    (datetime, 3),
    (str, 4),
    (UUID, 5),
    (Token, 4),
    (Vertex, 6),
    (Edge, 7),
    (VertexProperty, 8),
    (Property, 9),
    (Path, 10),
    ((set, frozenset), 11),
    ((list, tuple, BulkSet), 12),
    (dict, 13),
    (Entry, 14),
)
UNKNOWN: Final = 15


def rank(value: Value) -> int:
    """The place of a value's type in the total order."""
    if value is None:
        return 0
    return next((place for kind, place in RANKS if isinstance(value, kind)), UNKNOWN)


def equal(left: Value, right: Value) -> bool:  # noqa: PLR0911 (a table of types)
    """Gremlin's equality: numbers by value across types, a Boolean is no number, NaN equals nothing."""
    if left is None or right is None:
        return left is right
    if type(left) is type(right) is str:
        return bool(left == right)
    if isinstance(left, bool) != isinstance(right, bool):
        return False
    if is_number(left) and is_number(right):
        return _numbers_equal(left, right)
    if is_map(left) and is_map(right):
        return len(left) == len(right) and all(key in right and equal(item, right[key]) for key, item in left.items())
    if is_set(left) and is_set(right):
        return bool(left == right)
    if is_collection(left) and is_collection(right):
        pair = list(left), list(right)
        return is_set(left) == is_set(right) and (len(pair[0]) == len(pair[1]) and all(map(equal, *pair)))
    if isinstance(left, Missing) or isinstance(right, Missing):
        return bool(left == right)
    return bool(left == right)


def _numbers_equal(left: Value, right: Value) -> bool:
    if isinstance(left, Decimal) != isinstance(right, Decimal) and (
        isinstance(left, float) or isinstance(right, float)
    ):
        return float(left) == float(right)
    return bool(left == right)


def compare(left: Value, right: Value) -> int | None:
    """Compare two values of one type: below, at or above zero; None where NaN is asked.

    Raises:
        TypeClashError: their types have no order between them.
    """
    place = rank(left)
    if place != rank(right) or place == UNKNOWN:
        raise TypeClashError(
            f"Cannot compare {java_type(left)} with {java_type(right)}.", remedy="Compare values of one type."
        )
    if left != left or right != right:  # noqa: PLR0124  # only NaN differs from itself (NaN is the value that is not itself)
        return None
    first, second = order_key(left), order_key(right)
    return (first > second) - (first < second)


def order_key(value: Value) -> tuple[Value, ...]:
    """A key that sorts any values by Gremlin's total order."""
    place = rank(value)
    if place == 4:
        return (4, value.name if isinstance(value, Token) else value)
    if place in (1, 3):
        return (place, value)
    if place == 2:
        return (2, value != value, 0 if value != value else value)  # noqa: PLR0124
    return (place, _inner_key(place, value))


def _inner_key(place: int, value: Value) -> Value:  # noqa: PLR0911 (a table of types)
    if place in (6, 7):
        return value.handle
    if place == 8:
        return order_key(value.id)
    if place == 5:
        return value.int
    if place == 9:
        return (value.key, order_key(value.value))
    if place == 10:
        return tuple(order_key(item) for item in value.objects)
    if place == 11:
        return tuple(sorted(order_key(item) for item in value))
    if place == 12:
        return tuple(order_key(item) for item in value)
    if place == 13:
        return tuple(sorted((order_key(key), order_key(item)) for key, item in value.items()))
    if place == 14:
        return (order_key(value.key), order_key(value.value))
    return 0 if value is None else repr(value)
