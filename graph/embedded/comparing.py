"""Predicates on whole columns, where Arrow's comparison agrees with Gremlin's."""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as pat

from graph.embedded.plan import Predicate
from graph.embedded.values import LONG_LIMIT, Value, is_list

Mask = npt.NDArray[np.bool_]
COMPARE: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "eq": pc.equal,
    "neq": pc.not_equal,
    "lt": pc.less,
    "lte": pc.less_equal,
    "gt": pc.greater,
    "gte": pc.greater_equal,
}
RANGES: Final = {"between": ("gte", "lt"), "inside": ("gt", "lt")}
EXACT: Final = 2**53


def is_comparable(predicate: Predicate) -> bool:
    """Whether `column_mask` can answer: comparisons with text, Booleans, integers and doubles, joined by and/or."""
    operator, arguments = predicate.operator, predicate.arguments
    if operator in ("and", "or"):
        return all(is_comparable(part) for part in arguments)
    if operator in ("within", "without"):
        members: Value = arguments[0]
        return len(arguments) == 1 and is_list(members) and all(type(item) is str for item in members)
    return operator in (*COMPARE, *RANGES) and all(_is_plain(item) for item in arguments)


def _is_plain(value: Value) -> bool:
    if isinstance(value, float):
        return value == value and abs(value) < EXACT  # noqa: PLR0124 (NaN is the value that is not itself)
    return isinstance(value, str | bool) or (isinstance(value, int) and abs(value) < min(EXACT, LONG_LIMIT))


def column_mask(column: pa.Array, predicate: Predicate) -> Mask:
    """Shape (len(column),): which values pass; absent ones never do."""
    operator, arguments = predicate.operator, predicate.arguments
    if operator in ("and", "or"):
        left, right = (column_mask(column, part) for part in arguments)
        return left & right if operator == "and" else left | right
    if operator in RANGES:
        low, high = RANGES[operator]
        return _compared(column, low, arguments[0]) & _compared(column, high, arguments[1])
    if operator in ("within", "without"):
        return _membership(column, arguments[0], wanted=operator == "within")
    return _compared(column, operator, arguments[0])


def _membership(column: pa.Array, members: list[str], *, wanted: bool) -> Mask:
    present: Mask = pc.is_valid(column).to_numpy(zero_copy_only=False)
    if not pat.is_string(column.type):
        return present if not wanted else np.zeros(len(column), np.bool_)
    inside: Mask = pc.is_in(column, value_set=pa.array(members, pa.string())).to_numpy(zero_copy_only=False)
    return present & (inside if wanted else ~inside)


def _compared(column: pa.Array, operator: str, value: Value) -> Mask:
    if not _same_kind(column.type, value):
        if operator != "neq":
            return np.zeros(len(column), np.bool_)
        present: Mask = pc.is_valid(column).to_numpy(zero_copy_only=False)
        return present
    scalar = value if isinstance(value, str | bool | float) else int(value)
    passed: Mask = pc.fill_null(COMPARE[operator](column, pa.scalar(scalar)), False).to_numpy(zero_copy_only=False)
    return passed


def _same_kind(kind: pa.DataType, value: Value) -> bool:
    if isinstance(value, str):
        return bool(pat.is_string(kind))
    if isinstance(value, bool):
        return bool(pat.is_boolean(kind))
    return bool(pat.is_integer(kind) or pat.is_floating(kind))
