"""Which steps a traversal uses, those of nested traversals, predicates and strategies included."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, cast

from gremlin_python.process.traversal import Bytecode, P, TraversalStrategy

WRITING: Final = frozenset({"addV", "addE", "property", "drop", "mergeV", "mergeE"})
"""Steps that change the graph."""


def step_names(value: Any) -> Iterator[str]:
    """The names of all steps and source instructions in bytecode, or in a value that may hold some."""
    if isinstance(value, Bytecode):
        for name, *arguments in (*value.source_instructions, *value.step_instructions):
            yield name
            yield from step_names(arguments)
    elif isinstance(value, Mapping):
        yield from step_names([*value.keys(), *value.values()])
    elif isinstance(value, list | tuple | set | frozenset):
        for item in cast("Iterable[Any]", value):
            yield from step_names(item)
    elif isinstance(value, TraversalStrategy):
        yield from step_names(value.configuration)
    elif isinstance(value, P):
        yield from step_names([value.value, value.other])
