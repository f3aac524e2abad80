"""What identifiers tell: who is known by one, who shares one, and by which links two records hang together."""

from gremlin_python.process.graph_traversal import GraphTraversal, GraphTraversalSource, __
from gremlin_python.process.traversal import Order, P, T
from gremlin_python.statics import long

from gremlin_libs.rows import projected


def who_knows(g: GraphTraversalSource, identifier: str) -> GraphTraversal:
    """Who is known by this identifier, and which records say so?

    Args:
        g: the graph.
        identifier: an identifier's id (`i_1_…`), made of its system and value under the workspace key.

    Returns:
        One row a person, by id: `uid`, `given_name`, `family_name`, and `records`, a list by id of maps `uid`,
        `source`. No row for an identifier marked shared: it is never walked back to people. Cost: its people and
        records, at most its system's limit.
    """
    known = g.V(identifier).has_label("Identifier").has("shared", False).in_("KNOWN_BY").has_label("Person")
    saying = __.out("HAS_RECORD").where(__.out("KNOWN_BY").has("uid", identifier)).order().by(T.id)
    rows = projected(saying, ("uid", "source")).fold()
    return projected(known.order().by(T.id), ("uid", "given_name", "family_name"), records=rows)


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


def shortest_evidence(g: GraphTraversalSource, left: str, right: str, most: int = 4) -> GraphTraversal:
    """By which chain of links do two records hang together?

    Args:
        g: the graph.
        left: a record's id (`r_…`).
        right: another's.
        most: the longest chain looked for, in links.

    Returns:
        One row, or none where no chain is that short: `records` (ids from left to right) and `bits` (the weight of each
        link); of several shortest chains the one whose ids come first. Cost: the chains from the left record up to the
        length of the shortest; with n records of one person all linked to each other, n to that power.
    """
    step = __.both_e("MATCHED_WITH").other_v().simple_path()
    chains = (__.repeat(step).times(links).has("uid", right) for links in range(1, most + 1))
    shortest = g.V(left).has_label("Record").coalesce(*chains).order().by(_along("Record", "uid")).limit(1)
    return shortest.project("records", "bits").by(_along("Record", "uid")).by(_along("MATCHED_WITH", "weight_bits"))


def supernodes(g: GraphTraversalSource, label: str, most: int = 10_000, limit: int = 100) -> GraphTraversal:
    """Which vertices of a label have so many edges that walking through them costs too much?

    Args:
        g: the graph.
        label: a vertex label, such as `Product`.
        most: edges beyond which a vertex is one.
        limit: the most rows.

    Returns:
        One row a vertex, by id: `uid` and `edges`. Cost: for each vertex of the label at most `most` + 1 edges, and all
        edges of those returned.
    """
    wide = __.both_e().limit(most + 1).count().is_(P.gt(most))
    found = g.V().has_label(label).where(wide).order().by(T.id).limit(limit)
    return projected(found, ("uid",), edges=__.both_e().count())


def _along(label: str, name: str) -> GraphTraversal:
    """A list of this property along the path."""
    return __.path().unfold().has_label(label).values(name).fold()
