"""Reusable questions to the graph: plain functions from a source and arguments to a traversal.

Each answers with rows of plain values, stays within what TinkerPop 3.7 and 3.8 agree on, and gives the same answer on
every store.
"""

from collections.abc import Callable
from typing import Final

from gremlin_python.process.graph_traversal import GraphTraversal

from gremlin_libs.groups import segment_members, shared_identifier_rings
from gremlin_libs.journeys import journey, next_steps, timeline
from gremlin_libs.people import evidence, household, identities, person_of_record, profile
from gremlin_libs.text import parse

CATALOGUE: Final[tuple[Callable[..., GraphTraversal], ...]] = (
    profile,
    person_of_record,
    identities,
    evidence,
    household,
    journey,
    timeline,
    next_steps,
    segment_members,
    shared_identifier_rings,
)
"""Every traversal, in the order of the reference page."""

__all__ = [
    "CATALOGUE",
    "evidence",
    "household",
    "identities",
    "journey",
    "next_steps",
    "parse",
    "person_of_record",
    "profile",
    "segment_members",
    "shared_identifier_rings",
    "timeline",
]
