"""People together: who is in a segment or has a persona."""

from gremlin_python.process.graph_traversal import GraphTraversal, GraphTraversalSource, __
from gremlin_python.process.traversal import P


def segment_members(g: GraphTraversalSource, segment: str, limit: int = 100, *, after: str = "") -> GraphTraversal:
    """Who is in this segment?

    Args:
        g: the graph.
        segment: a segment's id (`s_…`).
        limit: the most rows.
        after: only people whose id is larger, for the next page.

    Returns:
        One row a person, by id: `uid`, `given_name`, `family_name`, `entered_ts`. Cost: reads the segment's edges, and
        sorts the ids that are left: for lists of a large segment the lake is the better source.
    """
    entered = g.V(segment).has_label("Segment").in_e("IN_SEGMENT").where(__.out_v().has("uid", P.gt(after)))
    return _members(entered.order().by(__.out_v().values("uid")).limit(limit), "entered_ts")


def persona_members(g: GraphTraversalSource, persona: str, limit: int = 100) -> GraphTraversal:
    """Who is most like this persona?

    Args:
        g: the graph.
        persona: a persona's id (`p_…`).
        limit: the most rows.

    Returns:
        One row a person, nearest first, then by id: `uid`, `given_name`, `family_name`, `distance`. Cost: sorts the
        persona's edges.
    """
    nearest = g.V(persona).has_label("Persona").in_e("HAS_PERSONA").order().by("distance").by(__.out_v().values("uid"))
    return _members(nearest.limit(limit), "distance")


def _members(edges: GraphTraversal, name: str) -> GraphTraversal:
    """Turn edges from people into maps of the person and of this property of the edge."""
    row = edges.project("uid", "given_name", "family_name", name)
    for column in ("uid", "given_name", "family_name"):
        row = row.by(__.out_v().values(column))
    return row.by(name)
