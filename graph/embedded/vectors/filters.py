"""Filters on arrays: labels and property values, on a front or, from the start, on whole columns by their indexes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.types as pat

from graph.embedded.comparing import column_mask, is_comparable
from graph.embedded.plan import T_LABEL, Instruction, Plan, Predicate
from graph.embedded.predicates import to_test
from graph.embedded.storage.arrays import Arrays, Ints, Mask
from graph.embedded.storage.columns import Column
from graph.embedded.values import Value
from graph.embedded.vectors.front import Front, labelled

EMPTY = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelFilter:
    """Elements whose label passes."""

    passes: Callable[[str], bool]

    def mask(self, arrays: Arrays, front: Front) -> Mask:
        """Which traversers stay."""
        return arrays.with_label(front.kind, front.handles, self.passes)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueFilter:
    """Elements with a property whose value passes."""

    key: str
    predicate: Predicate

    def mask(self, arrays: Arrays, front: Front) -> Mask:
        """Which traversers stay."""
        return value_mask(arrays.values(front.kind, front.handles, self.key), self.predicate)

    def rows(self, column: Column, rows: Ints | None) -> Ints:
        """Which rows of a column pass, of all (None) or of ascending ones."""
        if rows is None and self.predicate.operator == "eq":
            index = column.index()
            if index is not None:
                return index.rows(self.predicate.arguments[0])
        if rows is None:
            return np.flatnonzero(column_mask(column.array, self.predicate))
        return rows[column_mask(column.array.take(pa.array(rows)), self.predicate)]


Filter = LabelFilter | ValueFilter


def value_mask(values: pa.Array, predicate: Predicate) -> Mask:
    """Which values pass; nulls never do."""
    return np.zeros(len(values), np.bool_) if pat.is_null(values.type) else column_mask(values, predicate)


def filters_of(instruction: Instruction) -> list[Filter] | None:
    """What `hasLabel` and `has` ask for; None when arrays cannot tell."""
    name, arguments = instruction.name, instruction.arguments
    if instruction.modulators or not arguments:
        return None
    if name == "hasLabel":
        labels = labelled(arguments)
        return None if labels is None else [LabelFilter(passes=frozenset(labels).__contains__)]
    if name != "has":
        return None
    if len(arguments) == 3 and isinstance(arguments[0], str):
        value = _value_filter(arguments[1], arguments[2])
        return None if value is None else [LabelFilter(passes=frozenset(arguments[:1]).__contains__), value]
    if len(arguments) == 2 and arguments[0] == T_LABEL and not isinstance(arguments[1], Plan):
        test = to_test(_predicate(arguments[1]))
        return [LabelFilter(passes=lambda label: test(label) is True)]
    value = _value_filter(*arguments) if len(arguments) == 2 else None
    return None if value is None else [value]


def _predicate(given: Any) -> Predicate:
    return given if isinstance(given, Predicate) else Predicate("eq", (given,))


def _value_filter(key: Value, given: Any) -> ValueFilter | None:
    if not isinstance(key, str) or isinstance(given, Plan) or not is_comparable(_predicate(given)):
        return None
    return ValueFilter(key=key, predicate=_predicate(given))


def predicate_of(instruction: Instruction) -> Predicate | None:
    """What `is` asks for, where arrays can tell."""
    if instruction.name != "is" or instruction.modulators or isinstance(instruction.arguments[0], Plan):
        return None
    predicate = _predicate(instruction.arguments[0])
    return predicate if is_comparable(predicate) else None


def selected(arrays: Arrays, kind: str, filters: Sequence[Filter]) -> Ints:
    """Handles of all elements of a kind that pass all filters, in order."""
    if not filters:
        return arrays.all(kind)
    side = arrays.sides[kind]
    found = [
        rows + side.starts[number]
        for number, frame in enumerate(side.frames)
        if all(item.passes(frame.key.label) for item in filters if isinstance(item, LabelFilter))
        for rows in [_frame_rows(frame.columns, frame.size, filters)]
    ]
    handles: Ints = np.concatenate(found) if found else EMPTY
    if len(side.dead) or len(side.changed):
        handles = handles[~np.isin(handles, np.concatenate([side.dead, side.changed]))]
    written = np.concatenate([side.changed, side.added])
    if len(written):
        front = Front(kind=kind, handles=written)
        for item in filters:
            front = front.kept(item.mask(arrays, front))
        handles = np.concatenate([handles, front.handles])
        limit = side.starts[-1]
        inside = handles < limit
        handles = np.concatenate([np.sort(handles[inside]), handles[~inside]])
    return handles


def _frame_rows(columns: Any, size: int, filters: Sequence[Filter]) -> Ints:
    rows: Ints | None = None
    for item in filters:
        if isinstance(item, ValueFilter):
            column = columns.get(item.key)
            if column is None:
                return EMPTY
            rows = item.rows(column, rows)
    return np.arange(size) if rows is None else rows
