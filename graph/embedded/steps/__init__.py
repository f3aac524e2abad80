"""The steps of the language by family; importing this package fills the registry."""

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
__all__ = ["FAMILIES"]
