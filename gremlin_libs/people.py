"""Who a person is: profile, records and identifiers behind it, and the evidence that joins them."""

from gremlin_python.process.graph_traversal import GraphTraversal, GraphTraversalSource, __
from gremlin_python.process.traversal import Order, T

from gremlin_libs.rows import PERSON, RECORD, names_of, projected


def profile(g: GraphTraversalSource, person: str) -> GraphTraversal:
    """Who is this person, and where do they belong?

    Args:
        g: the graph.
        person: a person's id (`e_…`).

    Returns:
        One row, or none if there is no such person: the properties of Person, and sorted lists of names `segments`,
        `personas` and `conditions`. Cost: one vertex and its edges of three labels.
    """
    return projected(
        g.V(person).has_label("Person"),
        PERSON,
        segments=names_of("IN_SEGMENT"),
        personas=names_of("HAS_PERSONA"),
        conditions=names_of("HAS_CONDITION"),
    )


def person_of_record(g: GraphTraversalSource, record_uid: str) -> GraphTraversal:
    """Whose record is this?

    Args:
        g: the graph.
        record_uid: a record's id (`r_…`).

    Returns:
        One row, or none: the properties of Person. Cost: two vertices.
    """
    return projected(g.V(record_uid).has_label("Record").in_("HAS_RECORD"), PERSON)


def identities(g: GraphTraversalSource, person: str) -> GraphTraversal:
    """Under which records and identifiers is this person known?

    Args:
        g: the graph.
        person: a person's id.

    Returns:
        One row a record, by source and id: the properties of Record, and `identifiers`, a list by id of maps `uid`,
        `system`, `shared`, `people`. Cost: the person's records and their identifiers.
    """
    known = projected(__.out("KNOWN_BY").order().by(T.id), ("uid", "system", "shared", "people"))
    records = g.V(person).has_label("Person").out("HAS_RECORD").order().by("source").by(T.id)
    return projected(records, RECORD, identifiers=known.fold())


def evidence(g: GraphTraversalSource, person: str) -> GraphTraversal:
    """Why are this person's records held to be of one person?

    Args:
        g: the graph.
        person: a person's id.

    Returns:
        One row a link between two of the person's records, strongest first, then by the link's id: `left` and `right`
        (record ids), `left_source`, `right_source`, `probability`, `weight_bits`, `rule`, `origin`, `why` (JSON: a list
        of field, level and bits). Cost: the links of the person's records.
    """
    links = g.V(person).has_label("Person").out("HAS_RECORD").out_e("MATCHED_WITH")
    inside = links.where(__.in_v().in_("HAS_RECORD").has("uid", person))
    return (
        inside.order()
        .by("weight_bits", Order.desc)
        .by(T.id)
        .project("left", "right", "left_source", "right_source", "probability", "weight_bits", "rule", "origin", "why")
        .by(__.out_v().values("uid"))
        .by(__.in_v().values("uid"))
        .by(__.out_v().values("source"))
        .by(__.in_v().values("source"))
        .by("probability")
        .by("weight_bits")
        .by("rule")
        .by("origin")
        .by("why")
    )
