"""Where people live and with whom: a person's household, and the homes above it down to everyone in them.

A household is two to twelve people of one family name at one address. Nothing here says who is related to whom: no
source does, see docs/decisions/0008.
"""

from gremlin_python.process.graph_traversal import GraphTraversal, GraphTraversalSource, __
from gremlin_python.process.traversal import P, T

from gremlin_libs.rows import projected, under

MEMBER = ("uid", "given_name", "family_name", "birth_year")
WIDEST = 1_000
"""People and households beyond which an address is passed by: an institution, or one that many were given."""


def household(g: GraphTraversalSource, person: str) -> GraphTraversal:
    """With whom does this person live?

    Args:
        g: the graph.
        person: a person's id.

    Returns:
        One row a household, by id: `uid`, `size`, `city`, `postcode`, and `members`, a list by id of maps `uid`,
        `given_name`, `family_name`, `birth_year`, the person included. Cost: at most twelve people a household.
    """
    people = projected(__.in_("MEMBER_OF").order().by(T.id), MEMBER)
    found = g.V(person).has_label("Person").out("MEMBER_OF").order().by(T.id)
    return projected(found, ("uid", "size", "city", "postcode"), members=people.fold())


def hierarchy(g: GraphTraversalSource, person: str, *, widest: int = WIDEST) -> GraphTraversal:
    """In which homes does this person live, and who belongs to which household there?

    Args:
        g: the graph.
        person: a person's id.
        widest: addresses of more people and households than this are passed by.

    Returns:
        One row an address, by id: `uid`, `line`, `city`, `postcode`, and lists by id: `households` (maps `uid`, `size`,
        `members`) and `others`, who belong to no household there. Members and others are maps `uid`, `given_name`,
        `family_name`, `birth_year`, `records` (how many), the person included. Cost: everyone at the person's
        addresses, at most `widest` each, and their households.
    """
    homes = under(g.V(person).has_label("Person").out("LIVES_AT"), __.in_("LIVES_AT"), widest)
    households = __.in_("LIVES_AT").has_label("Household").order().by(T.id)
    within = projected(households, ("uid", "size"), members=_people(__.in_("MEMBER_OF")))
    here = __.out("MEMBER_OF").out("LIVES_AT").where(P.eq("home"))
    others = _people(__.in_("LIVES_AT").has_label("Person").not_(here))
    named = homes.order().by(T.id).as_("home")
    return projected(named, ("uid", "line", "city", "postcode"), households=within.fold(), others=others)


def _people(found: GraphTraversal) -> GraphTraversal:
    """A list of people by id."""
    return projected(found.order().by(T.id), MEMBER, records=__.out("HAS_RECORD").count()).fold()
