"""Arithmetic as Java's number classes do it: the wider type wins, overflow moves to the next wider one.

Source: TinkerPop's NumberHelper.
"""

import math
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from gremlin_python.statics import SingleByte, bigint, long, short

from graph.embedded.refusals import TraversalError
from graph.embedded.values import INT_LIMIT, LONG_LIMIT, Value, is_number, java_type

RANK: Final = {"Byte": 0, "Short": 1, "Integer": 2, "Long": 3, "BigInteger": 4}
MAKE: Final[tuple[Callable[[int], int], ...]] = (SingleByte, short, int, long, bigint)
LIMITS: Final = (2**7, 2**15, INT_LIMIT, LONG_LIMIT)


def integer_of_rank(value: int, rank: int) -> int:
    """Give the integer as this type, or as the narrowest wider one that holds it."""
    while rank < len(LIMITS) and not -LIMITS[rank] <= value < LIMITS[rank]:
        rank += 1
    return MAKE[rank](value)


def combine(left: Value, right: Value, exact: Callable[[Value, Value], Value]) -> Value:
    """Apply an operator to two numbers in the wider of their types; a null beside a number is passed over."""
    if left is None or right is None:
        return right if left is None else left
    for value in (left, right):
        if not is_number(value):
            raise TraversalError(
                f"{java_type(value)} is no number.", remedy="Keep numbers only, with is(P.typeOf(GType.NUMBER))."
            )
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        return exact(_decimal(left), _decimal(right))
    if isinstance(left, float) or isinstance(right, float):
        return float(exact(float(left), float(right)))
    return integer_of_rank(exact(int(left), int(right)), max(RANK[java_type(left)], RANK[java_type(right)]))


def _decimal(value: Value) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(repr(value) if isinstance(value, float) else int(value))


def add(left: Value, right: Value) -> Value:
    """Sum of two numbers."""
    return combine(left, right, lambda a, b: a + b)


def subtract(left: Value, right: Value) -> Value:
    """Difference of two numbers."""
    return combine(left, right, lambda a, b: a - b)


def multiply(left: Value, right: Value) -> Value:
    """Product of two numbers."""
    return combine(left, right, lambda a, b: a * b)


def divide(left: Value, right: Value) -> Value:
    """Quotient of two numbers; integers divide towards zero."""
    return combine(left, right, _quotient)


def _quotient(left: Value, right: Value) -> Value:
    if isinstance(left, int):
        if right == 0:
            raise TraversalError("/ by zero", remedy="Leave out zeros.")
        quotient = abs(left) // abs(right)
        return quotient if (left < 0) == (right < 0) else -quotient
    if isinstance(left, float) and not right:
        return math.nan if not left or math.isnan(left) else math.copysign(math.inf, left) * math.copysign(1, right)
    return left / right


def mean(total: Value, count: int) -> Value:
    """Arithmetic mean: a BigDecimal stays one, all else becomes a Double."""
    return total / Decimal(count) if isinstance(total, Decimal) else float(total) / count
