"""What people do: one person's journey, a window of it, and what usually comes next."""

from gremlin_python.process.graph_traversal import GraphTraversal, GraphTraversalSource, __
from gremlin_python.process.traversal import Column, Order, P, Scope
from gremlin_python.statics import long

from gremlin_libs.rows import event_rows, in_time


def journey(g: GraphTraversalSource, person: str, limit: int = 100) -> GraphTraversal:
    """What has this person done, from the first touchpoint on?

    Args:
        g: the graph.
        person: a person's id.
        limit: the most rows, from the earliest; -1 for all.

    Returns:
        One row an event, by time and id: the properties of Event, `about` (sorted names of products or concepts),
        `campaign`, `provider`, and `gap_ms` since the event before (absent on the first). Cost: sorts the person's
        events.
    """
    return event_rows(in_time(g.V(person).has_label("Person").out("DID")).limit(limit))


def timeline(g: GraphTraversalSource, person: str, start_ts: int, end_ts: int) -> GraphTraversal:
    """What did this person do in a window of time?

    Args:
        g: the graph.
        person: a person's id.
        start_ts: from this millisecond on.
        end_ts: up to, not including, this one.

    Returns:
        Rows as in `journey`. Cost: reads the times on the person's DID edges, then the events inside.
    """
    inside = P.gte(long(start_ts)).and_(P.lt(long(end_ts)))
    done = g.V(person).has_label("Person").out_e("DID").has("at_ts", inside)
    return event_rows(in_time(done.in_v()))


def next_steps(
    g: GraphTraversalSource, event_type: str, limit: int = 10, *, about: str | None = None
) -> GraphTraversal:
    """What do people do right after such an event?

    Args:
        g: the graph.
        event_type: the type of event, such as `order`.
        limit: the most rows.
        about: only events about a product or concept of this name.

    Returns:
        One row a following type, most frequent first, then by type: `type`, `count`, `mean_gap_ms` (a mean of whole
        milliseconds). Cost: every event of the type and its successor; stores that index `type` read no others.
    """
    events = g.V().has_label("Event").has("type", event_type)
    if about is not None:
        events = events.where(__.out("ABOUT").has("name", about))
    statistics = __.fold().project("count", "mean").by(__.count(Scope.local)).by(__.unfold().values("gap_ms").mean())
    groups = events.out_e("NEXT").group().by(__.in_v().values("type")).by(statistics).unfold()
    return (
        groups.order()
        .by(__.select(Column.values).select("count"), Order.desc)
        .by(Column.keys)
        .limit(limit)
        .project("type", "count", "mean_gap_ms")
        .by(Column.keys)
        .by(__.select(Column.values).select("count"))
        .by(__.select(Column.values).select("mean"))
    )
