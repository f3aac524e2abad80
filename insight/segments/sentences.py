"""A segment definition as a sentence that a marketer can check."""

from collections.abc import Sequence
from typing import Final

from insight.segments.definition import (
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
    texts_of,
)
from insight.segments.fields import FIELDS

WORDS: Final = {
    "eq": "is",
    "ne": "is known and not",
    "in": "is one of",
    "lt": "is under",
    "lte": "is at most",
    "gt": "is over",
    "gte": "is at least",
    "prefix": "begins with",
    "present": "is known",
    "absent": "is not known",
}
FLAGS: Final = {"is_customer": "a customer", "is_patient": "a patient"}


def sentence(definition: Definition) -> str:  # noqa: PLR0911 (one return a kind of node)
    """Say what holds for the people of this segment, without a full stop: `age is at least 65, and …`."""
    match definition:
        case All(of=parts):
            return _listed([_bracketed(part) for part in parts], "and")
        case Any(of=parts):
            return _listed([_bracketed(part) for part in parts], "or")
        case Not(of=part):
            return f"not ({sentence(part)})"
        case Profile():
            return _profile(definition)
        case Event():
            return f"{_count(definition)} {_events(definition)}"
        case Total(sum=what, compare=compare):
            return f"total {what} {_compare(compare)} over {_events(definition)}"
        case _:
            return _thing(definition)


def _thing(leaf: Related | Reading | Consent | Confidence | Segment) -> str:
    match leaf:
        case Related(to=to, names=names, how=how):
            verb = "has" if to == "condition" else "bought"
            amount = "" if how == "any" and len(names) == 1 else f"{how} of "
            return f"{verb} {amount}{', '.join(names)}"
        case Reading(measure=measure, compare=compare, which=which, window=window):
            held = "exists" if compare is None else _compare(compare)
            return f"{which} reading of {' or '.join(texts_of(measure))}{_window(window)} {held}"
        case Consent(purpose=purpose):
            return f"consented to {' or '.join(texts_of(purpose))}"
        case Confidence(at_least=least):
            return f"identity is at least {least:.0%} certain"
        case Segment(name=name):
            return f"is in the segment '{name}'"


def _profile(leaf: Profile) -> str:
    if leaf.field in FLAGS and leaf.op in ("eq", "ne"):
        return f"is {'' if leaf.value == (leaf.op == 'eq') else 'not '}{FLAGS[leaf.field]}"
    value = ", ".join(str(item) for item in leaf.values) or ("" if leaf.value is None else str(leaf.value))
    return f"{FIELDS[leaf.field].says} {WORDS[leaf.op]} {value}".rstrip()


def _count(leaf: Event) -> str:
    if leaf.at_most == 0:
        return "no"
    if leaf.at_most is None:
        return f"at least {leaf.least}"
    return f"{leaf.least} to {leaf.at_most}"


def _events(leaf: EventFilter) -> str:
    parts = [
        f"{' or '.join(leaf.type)} events" if leaf.type else "events",
        f"about {' or '.join(leaf.about)}" if leaf.about else "",
        f"through {' or '.join(leaf.channel)}" if leaf.channel else "",
        f"whose value {_compare(leaf.value)}" if leaf.value else "",
        f"whose cost {_compare(leaf.cost)}" if leaf.cost else "",
    ]
    return " ".join(part for part in parts if part) + _window(leaf.window)


def _compare(compare: Compare | SumCompare) -> str:
    return f"{WORDS[compare.op]} {compare.value:g}"


def _window(window: Window) -> str:
    parts = [
        "" if window.within_days is None else f" in the last {window.within_days:g} days",
        "" if window.since is None else f" since {window.since:%Y-%m-%d}",
        "" if window.until is None else f" until {window.until:%Y-%m-%d}",
    ]
    return "".join(parts)


def _bracketed(part: Definition) -> str:
    return f"({sentence(part)})" if isinstance(part, (All, Any)) and len(part.of) > 1 else sentence(part)


def _listed(parts: Sequence[str], word: str) -> str:
    return f", {word} ".join(parts)
