"""The steps of the language by family; importing this package fills the registry."""

from graph.embedded.compiler import Compiler, Dialect
from graph.embedded.steps import (
    barriers,
    branches,
    collections,
    dates,
    filters,
    flatmaps,
    maps,
    matching,
    mathematics,
    merging,
    mutations,
    paths,
    reducing,
    refusals,
    repeating,
    selecting,
    side_effects,
    strings,
)

FAMILIES = (
    barriers,
    branches,
    collections,
    dates,
    filters,
    flatmaps,
    maps,
    matching,
    mathematics,
    merging,
    mutations,
    paths,
    reducing,
    refusals,
    repeating,
    selecting,
    side_effects,
    strings,
)


def new_compiler(dialect: Dialect) -> Compiler:
    """A compiler that knows every step of the families."""
    return Compiler(dialect)


__all__ = ["FAMILIES", "new_compiler"]
