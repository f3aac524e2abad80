"""Reusable questions to the graph: plain functions from a source and arguments to a traversal.

Each answers with rows of plain values, stays within what TinkerPop 3.7 and 3.8 agree on, and gives the same answer on
every store.
"""

from collections.abc import Callable
from typing import Final

from gremlin_python.process.graph_traversal import GraphTraversal

from gremlin_libs.attribution import attribution, first_touch, last_touch, touches
from gremlin_libs.care import care_gaps, care_pathway, care_team, panel
from gremlin_libs.groups import persona_members, segment_members
from gremlin_libs.homes import hierarchy, household
from gremlin_libs.identifiers import shared_identifier_rings, shortest_evidence, supernodes, who_knows
from gremlin_libs.journeys import journey, next_steps, timeline
from gremlin_libs.likeness import bought_together, community, similar_people
from gremlin_libs.people import evidence, identities, person_of_record, profile
from gremlin_libs.text import parse

CATALOGUE: Final[tuple[Callable[..., GraphTraversal], ...]] = (
    profile,
    person_of_record,
    identities,
    evidence,
    household,
    hierarchy,
    who_knows,
    shared_identifier_rings,
    shortest_evidence,
    supernodes,
    journey,
    timeline,
    next_steps,
    touches,
    first_touch,
    last_touch,
    attribution,
    segment_members,
    persona_members,
    similar_people,
    bought_together,
    community,
    care_team,
    panel,
    care_gaps,
    care_pathway,
)
"""Every traversal, in the order of the reference page."""

__all__ = [
    "CATALOGUE",
    "attribution",
    "bought_together",
    "care_gaps",
    "care_pathway",
    "care_team",
    "community",
    "evidence",
    "first_touch",
    "hierarchy",
    "household",
    "identities",
    "journey",
    "last_touch",
    "next_steps",
    "panel",
    "parse",
    "person_of_record",
    "persona_members",
    "profile",
    "segment_members",
    "shared_identifier_rings",
    "shortest_evidence",
    "similar_people",
    "supernodes",
    "timeline",
    "touches",
    "who_knows",
]
