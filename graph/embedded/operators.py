"""`Operator`: the two-place functions of sacks, side effects and folds."""

from collections.abc import Callable
from typing import Final

from graph.embedded import numbers
from graph.embedded.ordering import order_key, rank
from graph.embedded.refusals import TypeClashError, unsupported
from graph.embedded.values import BulkSet, Value, hashable, is_map, is_number, is_set, java_type

COMPARABLE: Final = frozenset(range(1, 6))
"""Ranks of the types that Java can compare: Boolean, number, date, text, UUID."""


def operator_function(name: str) -> Callable[[Value, Value], Value]:
    """The function of an operator by Gremlin's name.

    Raises:
        UnsupportedError: there is no such operator.
    """
    if name not in OPERATORS:
        raise unsupported("Operator", name)
    return OPERATORS[name]


def _comparable(left: Value, right: Value) -> None:
    """Java's Comparable: numbers with numbers, and any other value with its like."""
    for value in (left, right):
        if value is not None and rank(value) not in COMPARABLE:
            raise TypeClashError(f"{java_type(value)} cannot be cast to Comparable", remedy="Compare plain values.")
    if left is not None and right is not None and rank(left) != rank(right):
        raise TypeClashError(
            f"{java_type(left)} cannot be compared with {java_type(right)}", remedy="Compare values of one type."
        )


def _widened(left: Value, right: Value, chosen: Value) -> Value:
    """Of two numbers, the chosen one in the wider of their types."""
    return numbers.combine(left, right, lambda _, __: chosen) if is_number(left) and is_number(right) else chosen


def least(left: Value, right: Value) -> Value:
    """The lesser of two values; a null gives way."""
    _comparable(left, right)
    if left is None or right is None:
        return right if left is None else left
    return _widened(left, right, left if order_key(left) <= order_key(right) else right)


def greatest(left: Value, right: Value) -> Value:
    """The greater of two values; a null gives way."""
    _comparable(left, right)
    if left is None or right is None:
        return right if left is None else left
    return _widened(left, right, left if order_key(left) >= order_key(right) else right)


def add_all(left: Value, right: Value) -> Value:
    """Join two collections or maps in the type of the first."""
    if left is None or right is None:
        return right if left is None else left
    if is_map(left):
        return {**left, **right}
    if is_set(left):
        return {*left, *map(hashable, right)}
    if isinstance(left, BulkSet):
        joined = BulkSet()
        for value, bulk in left.pairs():
            joined.add(value, bulk)
        for value in right:
            joined.add(value)
        return joined
    return [*left, *right]


def _of_something(function: Callable[[Value, Value], Value]) -> Callable[[Value, Value], Value]:
    """Arithmetic of an operator: a null on the left stays null (`sum()` passes nulls over)."""
    return lambda left, right: None if left is None else function(left, right)


OPERATORS: Final[dict[str, Callable[[Value, Value], Value]]] = {
    "sum": _of_something(numbers.add),
    "minus": _of_something(numbers.subtract),
    "mult": _of_something(numbers.multiply),
    "div": _of_something(numbers.divide),
    "min": least,
    "max": greatest,
    "assign": lambda _, right: right,
    "and": lambda left, right: left and right,
    "or": lambda left, right: left or right,
    "addAll": add_all,
    "sumLong": _of_something(numbers.add),
}
