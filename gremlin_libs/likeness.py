"""People and products alike: who did the same things, what is bought together, and who belongs together.

Whatever touches very many people says little of any two of them, and walking through it costs most: each of these
traversals passes by such supernodes, at a bound the caller may move.
"""

from gremlin_python.process.graph_traversal import GraphTraversal, GraphTraversalSource, __
from gremlin_python.process.traversal import Column, Order, P, T

from gremlin_libs.rows import projected, under

WIDEST = 1_000
"""Edges beyond which a product or concept is passed by."""


def similar_people(g: GraphTraversalSource, person: str, limit: int = 10, *, widest: int = WIDEST) -> GraphTraversal:
    """Who bought, used or suffered from the same things?

    Args:
        g: the graph.
        person: a person's id.
        limit: the most rows.
        widest: products and concepts of more events than this are passed by.

    Returns:
        One row a person, most things in common first, then by id: `uid` and `common` (how many different products and
        concepts). Cost: the person's things, times the events about each, at most `widest`.
    """
    things = under(g.V(person).has_label("Person").out("DID").out("ABOUT").dedup(), __.in_e("ABOUT"), widest)
    others = things.as_("thing").in_("ABOUT").in_("DID").has("uid", P.neq(person)).as_("other").dedup("thing", "other")
    counted = others.group_count().by("uid").unfold().order().by(Column.values, Order.desc).by(Column.keys).limit(limit)
    return counted.project("uid", "common").by(Column.keys).by(Column.values)


def bought_together(
    g: GraphTraversalSource, product: str, limit: int = 10, *, event_type: str = "order", widest: int = WIDEST
) -> GraphTraversal:
    """What else do the buyers of this product buy?

    Args:
        g: the graph.
        product: a product's name.
        limit: the most rows.
        event_type: what counts as buying.
        widest: people of more events than this, resellers and machines, are passed by.

    Returns:
        One row a product, most buyers first, then by name: `product` and `people`. Cost: the product's buyers and all
        their orders.
    """
    sold = g.V().has_label("Product").has("name", product).in_("ABOUT").has("type", event_type)
    buyers = under(sold.in_("DID").dedup(), __.out_e("DID"), widest)
    other = __.out("DID").has("type", event_type).out("ABOUT").has("name", P.neq(product)).dedup().values("name")
    counted = buyers.local(other).group_count().unfold()
    ordered = counted.order().by(Column.values, Order.desc).by(Column.keys).limit(limit)
    return ordered.project("product", "people").by(Column.keys).by(Column.values)


def community(g: GraphTraversalSource, person: str, hops: int = 2, limit: int = 100) -> GraphTraversal:
    """Who belongs together with this person, by home or by identifiers that are not everybody's?

    Args:
        g: the graph.
        person: a person's id.
        hops: how far, in households and identifiers from person to person.
        limit: the most rows.

    Returns:
        One row a person, by id: `uid`, `given_name`, `family_name`, the person excluded. Cost: everyone within `hops`;
        an identifier marked shared is never walked through.
    """
    by_home = __.out("MEMBER_OF").in_("MEMBER_OF")
    by_identifier = __.out("KNOWN_BY").has("shared", False).in_("KNOWN_BY").has_label("Person")
    walked = g.V(person).has_label("Person").repeat(__.union(by_home, by_identifier).dedup()).emit().times(hops)
    others = walked.dedup().has("uid", P.neq(person)).order().by(T.id).limit(limit)
    return projected(others, ("uid", "given_name", "family_name"))
