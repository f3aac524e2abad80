"""A segment definition as a Gremlin traversal over the ontology, in the subset where TinkerPop 3.7 and 3.8 agree.

Nothing of a definition is put into text: values are arguments of steps, as gremlinpython sends them.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from gremlin_python.process.graph_traversal import GraphTraversal, GraphTraversalSource, __
from gremlin_python.process.traversal import Order, P, TextP
from gremlin_python.statics import long

from insight.ages import Span, birth_spans
from insight.contract import Parameter
from insight.segments.definition import (
    CONSENT_QUESTION,
    GRANTING,
    PURCHASES,
    READINGS,
    All,
    Any,
    Compare,
    Confidence,
    Consent,
    Definition,
    Event,
    EventFilter,
    Not,
    Profile,
    Reading,
    Related,
    Segment,
    SumCompare,
    Total,
    Window,
    settled,
    texts_of,
)
from insight.segments.fields import AGE, BORN
from insight.segments.windows import bounds

NOBODY: Final = Span(upto="")


def to_gremlin(definition: Definition, now: datetime) -> Callable[[GraphTraversalSource], GraphTraversal]:
    """Compile a definition into a function that gives, on a graph, the traversal of its members' ids, unordered."""

    def members(g: GraphTraversalSource) -> GraphTraversal:
        return g.V().has_label("Person").filter_(_holds(definition, now)).id_()

    return members


def _holds(node: Definition, now: datetime) -> GraphTraversal:  # noqa: C901, PLR0911 (one return a kind of node)
    """An anonymous traversal from a Person that has a result exactly when the node holds."""
    match node:
        case All(of=parts):
            return __.and_(*[_holds(part, now) for part in parts])
        case Any(of=parts):
            return __.or_(*[_holds(part, now) for part in parts])
        case Not(of=part):
            return __.not_(_holds(part, now))
        case Profile():
            return _profile(node, now)
        case Event():
            return _event(node, now)
        case Total():
            numbers = _passing(node, now).values(node.sum)
            return numbers.sum_().is_(_predicate(settled(node.compare)))
        case Related():
            return _related(node)
        case Reading():
            return _reading(node, now)
        case Consent(purpose=purpose):
            asked = (
                __.out("DID")
                .has("type", "answer")
                .has("question", P.within(*[CONSENT_QUESTION + one for one in texts_of(purpose)]))
            )
            return _last(asked).has("response", P.within(*GRANTING))
        case Confidence(at_least=least):
            return __.has("confidence", P.gte(least))
        case Segment(name=name):
            return __.out("IN_SEGMENT").has("name", name)


def _profile(leaf: Profile, now: datetime) -> GraphTraversal:
    name = BORN if leaf.field == AGE else leaf.field
    if leaf.op == "present":
        return __.has(name)
    if leaf.op == "absent":
        return __.not_(__.has(name))
    values: tuple[Parameter | None, ...] = leaf.values or (leaf.value,)
    if leaf.field == AGE:
        return _born(birth_spans(leaf.op, [float(value) for value in values if value is not None], now) or (NOBODY,))
    if leaf.op == "in":
        return __.has(name, P.within(*values))
    if leaf.op == "prefix":
        return __.has(name, TextP.starting_with(values[0]))
    return __.has(name, _operator(leaf.op, values[0]))


def _born(spans: Sequence[Span]) -> GraphTraversal:
    """Born in one of these spans."""
    if len(spans) > 1:
        return __.or_(*[_born((span,)) for span in spans])
    after, upto = spans[0].after, spans[0].upto
    born = __.has(BORN) if after is None else __.has(BORN, P.gt(after))
    return born if upto is None else born.has(BORN, P.lte(upto))


def _event(leaf: Event, now: datetime) -> GraphTraversal:
    least, most = leaf.least, leaf.at_most
    passing = _passing(leaf, now)
    if most is None:
        return passing if least == 1 else passing.count().is_(P.gte(least))
    if most == 0 and least == 0:
        return __.not_(passing)
    # No `gte(0)` here: TinkerPop's CountStrategy drops the count behind a condition that always holds.
    return passing.count().is_(P.lte(most) if least == 0 else P.between(least, most + 1))


def _passing(leaf: EventFilter, now: datetime) -> GraphTraversal:
    """From a Person to the events that pass the filter."""
    events = __.out("DID")
    if leaf.type:
        events = events.has("type", P.within(*leaf.type))
    if leaf.channel:
        events = events.has("channel", P.within(*leaf.channel))
    if leaf.value is not None:
        events = events.has("value", _predicate(leaf.value))
    if leaf.cost is not None:
        events = events.has("cost", _predicate(leaf.cost))
    events = _within(events, leaf.window, now)
    if leaf.about:
        events = events.where(__.out("ABOUT").has("name", P.within(*leaf.about)))
    return events


def _related(leaf: Related) -> GraphTraversal:
    if leaf.how == "all":
        return __.and_(*[_linked(leaf, (name,)) for name in leaf.names])
    found = _linked(leaf, leaf.names)
    return __.not_(found) if leaf.how == "none" else found


def _linked(leaf: Related, names: tuple[str, ...]) -> GraphTraversal:
    if leaf.to == "condition":
        return __.out("HAS_CONDITION").has("name", P.within(*names))
    return __.out("DID").has("type", P.within(*PURCHASES)).out("ABOUT").has("name", P.within(*names))


def _reading(leaf: Reading, now: datetime) -> GraphTraversal:
    readings = _within(__.out("DID").has("type", P.within(*READINGS)).has("value"), leaf.window, now)
    readings = readings.where(__.out("ABOUT").has("name", P.within(*texts_of(leaf.measure))))
    if leaf.which == "latest":
        readings = _last(readings)
    return readings if leaf.compare is None else readings.has("value", _predicate(leaf.compare))


def _last(events: GraphTraversal) -> GraphTraversal:
    return events.order().by("at_ts", Order.desc).by("uid", Order.desc).limit(1)


def _within(events: GraphTraversal, window: Window, now: datetime) -> GraphTraversal:
    span = bounds(window, now)
    if span.first is not None:
        events = events.has("at_ts", P.gte(long(span.first)))
    return events if span.end is None else events.has("at_ts", P.lt(long(span.end)))


def _predicate(compare: Compare | SumCompare) -> P:
    return _operator(compare.op, compare.value)


def _operator(op: str, value: Parameter | None) -> P:
    operators = {"eq": P.eq, "ne": P.neq, "lt": P.lt, "lte": P.lte, "gt": P.gt, "gte": P.gte}
    return operators[op](value)
