"""People together: who is in a segment, and who shares an identifier."""

from gremlin_python.process.graph_traversal import GraphTraversal, GraphTraversalSource, __
from gremlin_python.process.traversal import Order, P, T
from gremlin_python.statics import long

from gremlin_libs.rows import projected


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
    return (
        entered.order()
        .by(__.out_v().values("uid"))
        .limit(limit)
        .project("uid", "given_name", "family_name", "entered_ts")
        .by(__.out_v().values("uid"))
        .by(__.out_v().values("given_name"))
        .by(__.out_v().values("family_name"))
        .by("entered_ts")
    )


def shared_identifier_rings(g: GraphTraversalSource, least: int = 2, limit: int = 100) -> GraphTraversal:
    """Which identifiers are known of several people, and who are they?

    An identifier marked shared is never walked back to people, here as everywhere: its row has the number only.

    Args:
        g: the graph.
        least: the fewest people an identifier must be known of.
        limit: the most rows.

    Returns:
        One row an identifier, most people first, then by id: `uid`, `system`, `people`, `shared`, and `members`, a list
        of the people's ids, empty where shared. Cost: reads every identifier's `people`; then `limit` identifiers.
    """
    found = g.V().has_label("Identifier").has("people", P.gte(long(least)))
    members = __.not_(__.has("shared", True)).in_("KNOWN_BY").has_label("Person").order().by(T.id).values("uid").fold()
    ordered = found.order().by("people", Order.desc).by(T.id).limit(limit)
    return projected(ordered, ("uid", "system", "people", "shared"), members=members)
