"""Which touchpoint earned an outcome: the first of the journey, the last before it, or each on the way.

Numbers of people and outcomes only, so that every store counts alike; who wants credit in parts sums it from `journey`.
"""

from gremlin_python.process.graph_traversal import GraphTraversal, GraphTraversalSource, __
from gremlin_python.process.traversal import Column, Order, T

from gremlin_libs.rows import in_time, projected

UNKNOWN = "unknown"
"""The channel of touchpoints that name none."""

TOUCH = ("uid", "type", "at_ts", "channel")


def touches(g: GraphTraversalSource, person: str, outcome: str) -> GraphTraversal:
    """What brought this person to each such outcome?

    Args:
        g: the graph.
        person: a person's id.
        outcome: a type of event, such as `order`.

    Returns:
        One row an outcome, by time and id: `uid`, `at_ts`, `value`, `cost`, and the maps `first` and `last` (`uid`,
        `type`, `at_ts`, `channel`, `campaign`): the person's first touchpoint of all, and the one right before. `last`
        is absent where the outcome is the first. Cost: sorts the person's events, once an outcome.
    """
    journey = __.in_("DID").out("DID").order().by("at_ts").by(T.id).limit(1)
    outcomes = in_time(g.V(person).has_label("Person").out("DID").has("type", outcome))
    return projected(outcomes, ("uid", "at_ts", "value", "cost"), first=_touch(journey), last=_touch(__.in_("NEXT")))


def first_touch(g: GraphTraversalSource, outcome: str, limit: int = 20) -> GraphTraversal:
    """Which channels begin the journeys that reach this outcome?

    Args:
        g: the graph.
        outcome: a type of event.
        limit: the most rows.

    Returns:
        One row a channel of the first touchpoint, most people first, then by channel: `channel` (`unknown` where none
        is named) and `people`. A person counts once. Cost: sorts the events of every person with the outcome.
    """
    people = g.V().has_label("Event").has("type", outcome).in_("DID").dedup()
    first = people.local(__.out("DID").order().by("at_ts").by(T.id).limit(1))
    return _channels(first, limit, "people")


def last_touch(g: GraphTraversalSource, outcome: str, limit: int = 20) -> GraphTraversal:
    """Which channels come right before this outcome?

    Args:
        g: the graph.
        outcome: a type of event.
        limit: the most rows.

    Returns:
        One row a channel of the touchpoint before, most outcomes first, then by channel: `channel` (`unknown` where
        none is named) and `outcomes`. Outcomes that begin a journey have no touchpoint before and count nowhere. Cost:
        every event of the type and the one before it.
    """
    return _channels(g.V().has_label("Event").has("type", outcome).in_("NEXT"), limit, "outcomes")


def attribution(g: GraphTraversalSource, outcome: str, steps: int = 10, limit: int = 20) -> GraphTraversal:
    """Which channels take part in the journeys to this outcome?

    Args:
        g: the graph.
        outcome: a type of event.
        steps: how many touchpoints before the outcome take part.
        limit: the most rows.

    Returns:
        One row a channel of these touchpoints, most outcomes first, then by channel: `channel` (`unknown` where none is
        named) and `outcomes`. An outcome counts once for each of its channels, so they sum up to more than there are.
        Cost: every event of the type and up to `steps` before it.
    """
    outcomes = g.V().has_label("Event").has("type", outcome).as_("outcome")
    before = outcomes.repeat(__.in_("NEXT")).emit().times(steps)
    channels = before.coalesce(__.values("channel"), __.constant(UNKNOWN)).as_("channel").dedup("outcome", "channel")
    return _counted(channels, limit, "outcomes")


def _touch(event: GraphTraversal) -> GraphTraversal:
    return projected(event, TOUCH, campaign=__.out("PART_OF").values("name"))


def _channels(events: GraphTraversal, limit: int, counted: str) -> GraphTraversal:
    """Count events by channel."""
    return _counted(events.coalesce(__.values("channel"), __.constant(UNKNOWN)), limit, counted)


def _counted(channels: GraphTraversal, limit: int, counted: str) -> GraphTraversal:
    """Count channels: most first."""
    ordered = channels.group_count().unfold().order().by(Column.values, Order.desc).by(Column.keys).limit(limit)
    return ordered.project("channel", counted).by(Column.keys).by(Column.values)
