"""A segment definition held against one person's facts, and why it holds or not.

The verdict is plain evaluation, the third of the equal meanings. The nearest miss is the cheapest set of conditions
whose change turns the verdict, where changing one condition costs 1: for `all` the sum over the parts that fail, for
`any` the cheapest part, and the other way round to get somebody out.
"""

import operator
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Final

from insight.ages import age_of
from insight.contract import Explanation, FactEvent, Facts, Parameter, Reason
from insight.segments.definition import (
    CONDITIONS,
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
    Leaf,
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
from insight.segments.reading import walk
from insight.segments.sentences import sentence
from insight.segments.windows import bounds

OPERATORS: Final[Mapping[str, Callable[[Parameter, Parameter], bool]]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
}
Turn = tuple[str, ...]


def holds(definition: Definition, facts: Facts, now: datetime) -> bool:
    """Whether the person is in the segment at this moment."""
    match definition:
        case All(of=parts):
            return all(holds(part, facts, now) for part in parts)
        case Any(of=parts):
            return any(holds(part, facts, now) for part in parts)
        case Not(of=part):
            return not holds(part, facts, now)
        case _:
            return _seen(definition, facts, now)[0]


def explain(definition: Definition, facts: Facts, now: datetime) -> Explanation:
    """Say why the person is in the segment or not, and what would turn the verdict."""
    reasons = {
        path: Reason(path=path, says=sentence(node), holds=verdict, found=found, negated=_is_negated(path))
        for path, node, _ in walk(definition)
        if not isinstance(node, (All, Any, Not))
        for verdict, found in [_seen(node, facts, now)]
    }
    inside = holds(definition, facts, now)
    turn = _turn(definition, "", not inside, reasons)
    return Explanation(
        inside=inside, reasons=tuple(reasons.values()), nearest_miss=tuple(reasons[path] for path in turn)
    )


def _is_negated(path: str) -> bool:
    """Whether an odd number of `not` is above: only the part of a `not` has no number in its place."""
    return path.split(".").count("of") % 2 == 1


def _turn(node: Definition, path: str, wanted: bool, reasons: dict[str, Reason]) -> Turn:  # noqa: FBT001 (the verdict)
    """The fewest leaves to change so that the node's verdict is the wanted one."""
    prefix = f"{path}." if path else ""
    if isinstance(node, Not):
        return _turn(node.of, f"{prefix}of", not wanted, reasons)
    if not isinstance(node, (All, Any)):
        return () if reasons[path].holds == wanted else (path,)
    turns = [_turn(part, f"{prefix}of[{place}]", wanted, reasons) for place, part in enumerate(node.of)]
    if isinstance(node, All) == wanted:
        return tuple(path for turn in turns for path in turn)
    return min(turns, key=len)


def _seen(leaf: Leaf, facts: Facts, now: datetime) -> tuple[bool, str]:  # noqa: PLR0911 (one return a kind of leaf)
    """Whether a leaf holds, and what the facts show."""
    match leaf:
        case Profile():
            return _profile(leaf, facts, now)
        case Event():
            count = len(_passing(leaf, facts, now))
            enough = leaf.least <= count and (leaf.at_most is None or count <= leaf.at_most)
            return enough, f"{count} such events"
        case Total():
            return _total(leaf, facts, now)
        case Related():
            return _related(leaf, facts)
        case Reading():
            return _reading(leaf, facts, now)
        case Consent(purpose=purpose):
            return _consent(texts_of(purpose), facts)
        case Confidence(at_least=least):
            return facts.confidence >= least, f"confidence {facts.confidence:g}"
        case Segment(name=name):
            return name in facts.segments, "in it" if name in facts.segments else "not in it"


def _profile(leaf: Profile, facts: Facts, now: datetime) -> tuple[bool, str]:
    known = age_of(_born(facts), now) if leaf.field == AGE else facts.profile.get(leaf.field)
    if known is None:
        return leaf.op == "absent", "not known"
    return _matches(leaf, known), str(known)


def _born(facts: Facts) -> str | None:
    born = facts.profile.get(BORN)
    return None if born is None else str(born)


def _matches(leaf: Profile, actual: Parameter) -> bool:
    if leaf.op in ("present", "absent"):
        return leaf.op == "present"
    if leaf.op == "in":
        return actual in leaf.values
    if leaf.op == "prefix":
        return str(actual).startswith(str(leaf.value))
    return leaf.value is not None and OPERATORS[leaf.op](actual, leaf.value)


def _passing(leaf: EventFilter, facts: Facts, now: datetime) -> list[FactEvent]:
    return [event for event in _within(facts.events, leaf.window, now) if _passes(event, leaf)]


def _passes(event: FactEvent, leaf: EventFilter) -> bool:
    return (
        (not leaf.type or event.type in leaf.type)
        and (not leaf.about or event.about in leaf.about)
        and (not leaf.channel or event.channel in leaf.channel)
        and _compares(event.value, leaf.value)
        and _compares(event.cost, leaf.cost)
    )


def _compares(actual: float | None, compare: Compare | SumCompare | None) -> bool:
    return compare is None or (actual is not None and OPERATORS[compare.op](actual, compare.value))


def _within(events: Iterable[FactEvent], window: Window, now: datetime) -> list[FactEvent]:
    span = bounds(window, now)
    return [
        event
        for event in events
        if (span.first is None or event.at_ms >= span.first) and (span.end is None or event.at_ms < span.end)
    ]


def _total(leaf: Total, facts: Facts, now: datetime) -> tuple[bool, str]:
    numbers = [event.cost if leaf.sum == "cost" else event.value for event in _passing(leaf, facts, now)]
    known = [number for number in numbers if number is not None]
    if not known:
        return False, "nothing to add up"
    return _compares(sum(known), settled(leaf.compare)), f"a total of {sum(known):g}"


def _related(leaf: Related, facts: Facts) -> tuple[bool, str]:
    types = CONDITIONS if leaf.to == "condition" else PURCHASES
    found = {event.about for event in facts.events if event.type in types} & set(leaf.names)
    verdict = {"any": bool(found), "all": len(found) == len(set(leaf.names)), "none": not found}[leaf.how]
    return verdict, ", ".join(sorted(name for name in found if name)) or "none of them"


def _reading(leaf: Reading, facts: Facts, now: datetime) -> tuple[bool, str]:
    readings = [
        event
        for event in _within(facts.events, leaf.window, now)
        if event.type in READINGS and event.about in texts_of(leaf.measure) and event.value is not None
    ]
    if not readings:
        return False, "no such reading"
    last = max(readings, key=_moment)
    considered = [last] if leaf.which == "latest" else readings
    return any(_compares(event.value, leaf.compare) for event in considered), f"latest {last.value:g}"


def _consent(purposes: tuple[str, ...], facts: Facts) -> tuple[bool, str]:
    asked = {CONSENT_QUESTION + purpose for purpose in purposes}
    answers = [event for event in facts.events if event.type == "answer" and event.question in asked]
    if not answers:
        return False, "never asked"
    granted = max(answers, key=_moment).response in GRANTING
    return granted, "granted" if granted else "not granted"


def _moment(event: FactEvent) -> tuple[int, str]:
    return event.at_ms, event.event_id
