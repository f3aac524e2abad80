"""The maps that traversals answer with: plain values by name, never elements.

A name whose value is unknown is absent from its map.
"""

from typing import Final

from gremlin_python.process.graph_traversal import GraphTraversal, __
from gremlin_python.process.traversal import P, T

PERSON: Final = (
    "uid",
    "is_customer",
    "is_patient",
    "given_name",
    "middle_name",
    "family_name",
    "suffix",
    "birth_date",
    "birth_year",
    "sex",
    "email",
    "phone",
    "city",
    "region",
    "postcode",
    "country",
    "confidence",
    "records",
    "created_ts",
)
RECORD: Final = (
    "uid",
    "source",
    "kind",
    "observed_ts",
    "ingested_ts",
    "given_name",
    "family_name",
    "birth_date",
)
EVENT: Final = (
    "uid",
    "type",
    "at_ts",
    "channel",
    "value",
    "cost",
    "source",
    "question",
    "response",
    "unit",
)


def projected(traversal: GraphTraversal, names: tuple[str, ...], **more: GraphTraversal) -> GraphTraversal:
    """Turn each element into a map of these properties and of what `more` finds from it."""
    answer = traversal.project(*names, *more)
    for name in names:
        answer = answer.by(__.values(name))
    for found in more.values():
        answer = answer.by(found)
    return answer


def names_of(edge: str) -> GraphTraversal:
    """A sorted list of the names at the other end of an edge."""
    return __.out(edge).values("name").order().fold()


def event_rows(events: GraphTraversal) -> GraphTraversal:
    """Turn events, in their order, into maps: `EVENT`, what they are about, and how long since the one before."""
    return projected(
        events,
        EVENT,
        about=names_of("ABOUT"),
        campaign=__.out("PART_OF").values("name"),
        provider=__.out("PERFORMED_BY").values("name"),
        gap_ms=__.in_e("NEXT").values("gap_ms"),
    )


def in_time(events: GraphTraversal) -> GraphTraversal:
    """Put events in the order of the journey: by time, then by id."""
    return events.order().by("at_ts").by(T.id)


def under(vertices: GraphTraversal, edges: GraphTraversal, widest: int) -> GraphTraversal:
    """Keep vertices with at most so many of these edges; no more than one beyond the bound is ever counted."""
    return vertices.where(edges.limit(widest + 1).count().is_(P.lte(widest)))
