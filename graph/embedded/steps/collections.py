"""List steps: combine, conjoin, difference, disjunct, intersect, merge, product."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from graph.embedded.building import Function, Map, needed_value
from graph.embedded.compiler import Compiler
from graph.embedded.plan import Instruction, Plan
from graph.embedded.refusals import TraversalError
from graph.embedded.registry import step
from graph.embedded.run import Run
from graph.embedded.texts import text_of
from graph.embedded.traverser import Process, Traverser
from graph.embedded.values import (
    ABSENT,
    Entry,
    OrderedSet,
    Path,
    Value,
    hash_key,
    is_collection,
    is_map,
    java_type,
)

REMEDY: Final = "fold() into a list first."


def _listed(value: Value) -> list[Value]:
    return list(value.objects) if isinstance(value, Path) else list(value)


def _is_iterable(value: Value) -> bool:
    return is_collection(value) or isinstance(value, Path)


def _incoming(value: Value, name: str) -> list[Value]:
    if value is None:
        raise TraversalError(f"Incoming traverser for {name} step can't be null", remedy=REMEDY)
    if not _is_iterable(value):
        raise TraversalError(
            f"{name} step can only take an array or an Iterable type for incoming traversers, encountered"
            f" {java_type(value)}",
            remedy=REMEDY,
        )
    return _listed(value)


def _argument(given: Any, name: str, compiler: Compiler) -> Function:
    """The list that the step joins with, checked as early as can be."""
    if isinstance(given, Plan):
        found = needed_value(compiler.pipeline(given), name)

        def function(traverser: Traverser, run: Run) -> Value:
            value = found(traverser, run)
            if value is None or not (_is_iterable(value) or is_map(value)):
                what = "not null" if value is None else f"encountered {java_type(value)}"
                raise TraversalError(
                    f"traversal argument for {name} step must yield an iterable type, {what}", remedy=REMEDY
                )
            return value

        return function
    if given is None:
        raise TraversalError(f"Argument provided for {name} step can't be null", remedy=REMEDY)
    if not (_is_iterable(given) or (is_map(given) and name == "merge")):
        raise TraversalError(
            f"{name} step can only take an array or an Iterable as an argument, encountered {java_type(given)}",
            remedy=REMEDY,
        )
    return lambda _, __: given


def _keys(values: Iterable[Value]) -> set[Value]:
    return {hash_key(value) for value in values}


def _difference(left: list[Value], right: list[Value]) -> Value:
    others = _keys(right)
    return OrderedSet(value for value in left if hash_key(value) not in others)


def _intersect(left: list[Value], right: list[Value]) -> Value:
    others = _keys(right)
    return OrderedSet(value for value in left if hash_key(value) in others)


def _disjunct(left: list[Value], right: list[Value]) -> Value:
    first, second = _keys(left), _keys(right)
    return OrderedSet(value for value in [*left, *right] if (hash_key(value) in first) != (hash_key(value) in second))


JOINS: Final[dict[str, Callable[[list[Value], list[Value]], Value]]] = {
    "combine": lambda left, right: [*left, *right],
    "difference": _difference,
    "disjunct": _disjunct,
    "intersect": _intersect,
    "product": lambda left, right: [[first, second] for first in left for second in right],
}


@step(*JOINS)
def join(instruction: Instruction, compiler: Compiler) -> Process:
    """`combine()`, `difference()`, `disjunct()`, `intersect()`, `product()`: of two lists."""
    name = instruction.name
    other, combine = _argument(instruction.arguments[0], name, compiler), JOINS[name]
    return Map(lambda traverser, run: combine(_incoming(traverser.value, name), _listed(other(traverser, run))))


@step("merge")
def merge(instruction: Instruction, compiler: Compiler) -> Process:
    """`merge()`: the union of two lists as a set, or of two maps."""
    given = instruction.arguments[0]
    is_child = isinstance(given, Plan)  # which may give a map
    other = needed_value(compiler.pipeline(given), "merge") if is_child else _argument(given, "merge", compiler)

    def function(traverser: Traverser, run: Run) -> Value:
        value, right = traverser.value, other(traverser, run)
        if isinstance(value, Entry):
            value = {value.key: value.value}
        if is_map(value):
            if isinstance(right, Entry):
                right = {right.key: right.value}
            if not is_map(right):
                raise TraversalError(
                    f"merge step expected provided argument to evaluate to a Map, encountered {java_type(right)}",
                    remedy="Merge maps with maps.",
                )
            return {**value, **right}
        return OrderedSet([*_incoming(value, "merge"), *_mergeable(right)])

    return Map(function)


def _mergeable(right: Value) -> list[Value]:
    if right is ABSENT:
        return []
    if is_map(right):
        raise TraversalError(
            "traversal argument for merge step must yield an iterable type, encountered LinkedHashMap;"
            " step type mismatch: expected argument to be Iterable but got Map",
            remedy="Merge lists with lists.",
        )
    if right is None or not _is_iterable(right):
        what = "not null" if right is None else f"encountered {java_type(right)}"
        raise TraversalError(f"traversal argument for merge step must yield an iterable type, {what}", remedy=REMEDY)
    return _listed(right)


@step("conjoin")
def conjoin(instruction: Instruction, compiler: Compiler) -> Process:
    """`conjoin()`: the items as one text with this between them; nulls are left out."""
    del compiler
    between = instruction.arguments[0]

    def function(traverser: Traverser, run: Run) -> Value:
        held = [item for item in _incoming(traverser.value, "conjoin") if item is not None]
        return between.join(text_of(item, run) for item in held)

    return Map(function)
