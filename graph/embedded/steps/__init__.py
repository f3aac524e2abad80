"""The steps of the language by family; importing this package fills the registry."""

from importlib import import_module

from graph.embedded.compiler import Compiler, Dialect

FAMILIES = (
    "barriers",
    "branches",
    "collections",
    "connectives",
    "dates",
    "filters",
    "flatmaps",
    "maps",
    "matching",
    "mathematics",
    "merging",
    "mutations",
    "paths",
    "reducing",
    "refusals",
    "repeating",
    "selecting",
    "side_effects",
    "strings",
)

for _family in FAMILIES:
    import_module(f"{__name__}.{_family}")


def new_compiler(dialect: Dialect) -> Compiler:
    """A compiler that knows every step of the families."""
    return Compiler(dialect)


__all__ = ["FAMILIES", "new_compiler"]
