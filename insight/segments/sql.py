"""A segment definition as one set-based DuckDB query over the lake's views.

Each leaf selects the ids of the people it holds for; `all` is INTERSECT, `any` UNION, `not` EXCEPT from all people.
Values travel as parameters only; names of columns come from `fields`, never from the definition.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from insight.ages import age_sql
from insight.contract import Parameter, Sql
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
from insight.segments.fields import AGE, FIELDS
from insight.segments.windows import bounds

PEOPLE: Final = "SELECT entity_id FROM entities"
AT_MS: Final = "epoch_ms(e.at)"
DID: Final = "events e JOIN members m ON m.record_id = e.record_id"
SYMBOLS: Final = {"eq": "=", "ne": "<>", "lt": "<", "lte": "<=", "gt": ">", "gte": ">="}


def to_sql(definition: Definition, now: datetime) -> Sql:
    """Compile a definition into the query of its members at a moment.

    Returns:
        A query of one column `entity_id`, each person once, in order of id.
    """
    inner = _people(definition, now)
    return Sql(text=f"SELECT entity_id FROM ({inner.text}) ORDER BY entity_id", parameters=inner.parameters)


def _people(node: Definition, now: datetime) -> Sql:  # noqa: C901, PLR0911 (one return a kind of node)
    match node:
        case All(of=parts):
            return _joined([_people(part, now) for part in parts], "INTERSECT")
        case Any(of=parts):
            return _joined([_people(part, now) for part in parts], "UNION")
        case Not(of=part):
            return _complement(_people(part, now))
        case Profile():
            return _profile(node, now)
        case Event():
            return _event(node, now)
        case Total():
            return _total(node, now)
        case Related():
            return _related(node)
        case Reading():
            return _reading(node, now)
        case Consent(purpose=purpose):
            return _consent(texts_of(purpose))
        case Confidence(at_least=least):
            return Sql(text=f"{PEOPLE} WHERE confidence >= ?", parameters=(least,))
        case Segment(name=name):
            return Sql(
                text="SELECT entity_id FROM segment_membership WHERE segment = ? AND left_at IS NULL",
                parameters=(name,),
            )


def _joined(parts: Sequence[Sql], operator: str) -> Sql:
    text = f" {operator} ".join(f"({part.text})" for part in parts)
    return Sql(text=text, parameters=tuple(value for part in parts for value in part.parameters))


def _complement(inner: Sql) -> Sql:
    return Sql(text=f"({PEOPLE}) EXCEPT ({inner.text})", parameters=inner.parameters)


def _profile(leaf: Profile, now: datetime) -> Sql:
    expression = FIELDS[leaf.field].sql
    if leaf.field == AGE:
        expression = age_sql(expression, now)
    if leaf.op in ("present", "absent"):
        return Sql(text=f"{PEOPLE} WHERE {expression} IS {'NOT ' if leaf.op == 'present' else ''}NULL")
    if leaf.op == "in":
        return Sql(text=f"{PEOPLE} WHERE {expression} IN ({_marks(leaf.values)})", parameters=leaf.values)
    value = _given(leaf.value)
    if leaf.op == "prefix":
        return Sql(text=f"{PEOPLE} WHERE starts_with({expression}, ?)", parameters=(value,))
    return Sql(text=f"{PEOPLE} WHERE {expression} {SYMBOLS[leaf.op]} ?", parameters=(value,))


def _event(leaf: Event, now: datetime) -> Sql:
    least, most = leaf.least, leaf.at_most
    if least == 0:
        everyone = Sql(text=PEOPLE)
        return everyone if most is None else _complement(_counted(leaf, now, "count(*) > ?", (most,)))
    if most is None:
        return _counted(leaf, now, "count(*) >= ?", (least,))
    return _counted(leaf, now, "count(*) BETWEEN ? AND ?", (least, most))


def _total(leaf: Total, now: datetime) -> Sql:
    compare = settled(leaf.compare)
    return _counted(leaf, now, f"sum(e.{leaf.sum}) {SYMBOLS[compare.op]} ?", (compare.value,))


def _counted(leaf: EventFilter, now: datetime, having: str, values: tuple[Parameter, ...]) -> Sql:
    where = _passing(leaf, now)
    text = f"SELECT m.entity_id FROM {DID} WHERE {where.text} GROUP BY m.entity_id HAVING {having}"
    return Sql(text=text, parameters=(*where.parameters, *values))


def _passing(leaf: EventFilter, now: datetime) -> Sql:
    """The condition on one event."""
    return _and(
        _among("e.type", leaf.type),
        _among("e.about", leaf.about),
        _among("e.channel", leaf.channel),
        _compared("e.value", leaf.value),
        _compared("e.cost", leaf.cost),
        _within(leaf.window, now),
    )


def _related(leaf: Related) -> Sql:
    types = CONDITIONS if leaf.to == "condition" else PURCHASES
    if leaf.how == "all":
        return _joined([_has(types, (name,)) for name in leaf.names], "INTERSECT")
    found = _has(types, leaf.names)
    return _complement(found) if leaf.how == "none" else found


def _has(types: tuple[str, ...], names: tuple[str, ...]) -> Sql:
    where = _and(_among("e.type", types), _among("e.about", names))
    return Sql(text=f"SELECT DISTINCT m.entity_id FROM {DID} WHERE {where.text}", parameters=where.parameters)


def _reading(leaf: Reading, now: datetime) -> Sql:
    where = _and(
        _among("e.type", READINGS),
        _among("e.about", texts_of(leaf.measure)),
        Sql(text="e.value IS NOT NULL"),
        _within(leaf.window, now),
    )
    if leaf.which == "any":
        where = _and(where, _compared("e.value", leaf.compare))
        return Sql(text=f"SELECT DISTINCT m.entity_id FROM {DID} WHERE {where.text}", parameters=where.parameters)
    return _latest(where, Sql(text="TRUE") if leaf.compare is None else _compared("e.value", leaf.compare))


def _consent(purposes: tuple[str, ...]) -> Sql:
    asked = _and(
        _among("e.type", ("answer",)),
        _among(
            "map_extract_value(e.attributes, 'question')", tuple(CONSENT_QUESTION + purpose for purpose in purposes)
        ),
    )
    return _latest(asked, _among("map_extract_value(e.attributes, 'response')", GRANTING))


def _latest(which: Sql, holds: Sql) -> Sql:
    """People whose last event of some kind passes a condition; ties go to the larger event id."""
    order = f"PARTITION BY m.entity_id ORDER BY {AT_MS} DESC, e.event_id DESC"
    last = f"""SELECT m.entity_id, {holds.text} AS holds FROM {DID}
        WHERE {which.text} QUALIFY row_number() OVER ({order}) = 1"""
    return Sql(text=f"SELECT entity_id FROM ({last}) WHERE holds", parameters=holds.parameters + which.parameters)


def _and(*parts: Sql) -> Sql:
    needed = [part for part in parts if part.text]
    text = " AND ".join(part.text for part in needed) or "TRUE"
    return Sql(text=text, parameters=tuple(value for part in needed for value in part.parameters))


def _among(expression: str, values: tuple[str, ...]) -> Sql:
    return Sql(text=f"{expression} IN ({_marks(values)})", parameters=values) if values else Sql(text="")


def _compared(expression: str, compare: Compare | SumCompare | None) -> Sql:
    if compare is None:
        return Sql(text="")
    return Sql(text=f"{expression} {SYMBOLS[compare.op]} ?", parameters=(compare.value,))


def _within(window: Window, now: datetime) -> Sql:
    span = bounds(window, now)
    return _and(
        Sql(text="" if span.first is None else f"{AT_MS} >= ?", parameters=() if span.first is None else (span.first,)),
        Sql(text="" if span.end is None else f"{AT_MS} < ?", parameters=() if span.end is None else (span.end,)),
    )


def _marks(values: Sequence[Parameter]) -> str:
    return ", ".join("?" * len(values))


def _given(value: Parameter | None) -> Parameter:
    if value is None:
        message = "a checked definition has a value here"
        raise AssertionError(message)
    return value
