"""Lists of people as SQL over the snapshot's views: filter, order, and the place after a cursor.

Only text is made here; `lake_reads` runs it. Names of columns are from tables below, never a caller's.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from api.graphql.contract import Parameter, Query
from api.policy import event_class_sql
from insight.ages import age_sql
from insight.contract import Sql

COLUMNS: Final = """
    entity_id AS id,
    list_contains(kinds, 'customer') AS is_customer,
    list_contains(kinds, 'patient') AS is_patient,
    confidence,
    len(members) AS records,
    created_at AS first_seen,
    given_name, middle_name, family_name, suffix, birth_date, sex,
    emails[1] AS email,
    phones[1] AS phone,
    addresses[1].city AS city,
    addresses[1].region AS region,
    addresses[1].postcode AS postcode,
    addresses[1].country AS country
"""

PEOPLE: Final = f"SELECT {COLUMNS} FROM entities"
CONDITION_TYPES: Final = "('condition', 'diagnosis')"
READING_TYPES: Final = "('reading', 'observation')"
CARE: Final = f"(({event_class_sql('e.type', 'e.channel')}) = 'health' AND coalesce(e.channel, '') <> 'device')"
DONE: Final = "members m JOIN events e USING (record_id)"
EVENTS_OF: Final = f"SELECT m.entity_id FROM {DONE}"

Clause = tuple[str, tuple[Parameter, ...]]


def equals(column: str, value: str) -> Clause:
    """Text equal without regard to case."""
    return f"lower({column}) = lower(?)", (value,)


def holds(column: str, value: str) -> Clause:
    """People one of whose e-mail addresses or telephone numbers is this one."""
    wanted = f"id IN (SELECT entity_id FROM entities WHERE list_contains({column}, lower(?)))"
    return wanted, (value.strip(),)


def is_among(members: Sql) -> Clause:
    """People whom a query of ids finds."""
    return f"id IN ({members.text})", members.parameters


def is_kind(kind: str) -> Clause:
    """People whom a source calls `customer` or `patient`."""
    return f"is_{kind}", ()


def age_between(now: datetime, least: int | None, most: int | None) -> list[Clause]:
    """Age in whole years at the snapshot's clock; people of unknown age are left out."""
    at_least: list[Clause] = [(f"{age_sql('birth_date', now)} >= ?", (least,))] if least is not None else []
    at_most: list[Clause] = [(f"{age_sql('birth_date', now)} <= ?", (most,))] if most is not None else []
    return at_least + at_most


def has_condition(name: str) -> Clause:
    """People with an event that names this condition."""
    return (
        f"id IN ({EVENTS_OF} WHERE e.type IN {CONDITION_TYPES} AND lower(e.about) = lower(?))",
        (name,),
    )


def reading_between(measure: str, least: float | None, most: float | None) -> Clause:
    """People whose newest reading of a measure lies in these bounds."""
    newest = (
        f"SELECT m.entity_id, arg_max(e.value, (e.at, e.event_id)) AS value FROM {DONE}"
        f" WHERE e.type IN {READING_TYPES} AND lower(e.about) = lower(?) AND e.value IS NOT NULL GROUP BY m.entity_id"
    )
    return (
        f"id IN (SELECT entity_id FROM ({newest}) WHERE value >= ?::DOUBLE AND value <= ?::DOUBLE)",
        (measure, float("-inf") if least is None else least, float("inf") if most is None else most),
    )


def last_contact_between(since: datetime | None, until: datetime | None) -> Clause:
    """People whose last contact with care, readings of devices apart, lies in these bounds."""
    last = f"SELECT m.entity_id, max(e.at) AS last_at FROM {DONE} WHERE {CARE} GROUP BY ALL"
    clauses = [
        (text, value)
        for text, value in (("last_at >= ?::TIMESTAMPTZ", since), ("last_at < ?::TIMESTAMPTZ", until))
        if value
    ]
    within = " AND ".join(text for text, _ in clauses) or "true"
    return f"id IN (SELECT entity_id FROM ({last}) WHERE {within})", tuple(value for _, value in clauses)


def page_of_people(clauses: Sequence[Clause], *, column: str, descending: bool, first: int, after: str | None) -> Query:
    """People that meet every clause, ordered by one column (unknown values last) and then by id.

    One row more than `first` is asked for, so that the page knows whether another follows.
    """
    where = [text for text, _ in clauses]
    values = [value for _, parameters in clauses for value in parameters]
    place = ""
    if after is not None:
        where.append(_beyond(column, descending=descending))
        values.insert(0, after)
        place = f", place AS (SELECT id AS place_id, {column} AS place_value FROM people WHERE id = ?)"
    text = (
        f"WITH people AS ({PEOPLE}){place} SELECT * FROM people"
        f" WHERE {' AND '.join(f'({text})' for text in where) or 'true'}"
        f" ORDER BY {column} {'DESC' if descending else 'ASC'} NULLS LAST, id LIMIT {first + 1}"
    )
    return Query(text=text, parameters=tuple(values))


def people_by_id(ids: Sequence[str]) -> Query:
    """These people, by id."""
    return Query(
        text=f"SELECT * FROM ({PEOPLE}) WHERE id IN (SELECT unnest(?::VARCHAR[])) ORDER BY id", parameters=(list(ids),)
    )


def conditions_of(ids: Sequence[str]) -> Query:
    """Conditions of these people with their first mention, oldest first."""
    text = (
        f"SELECT m.entity_id, e.about, min(e.at) AS since FROM {DONE}"
        f" WHERE e.type IN {CONDITION_TYPES} AND e.about IS NOT NULL"
        " AND m.entity_id IN (SELECT unnest(?::VARCHAR[])) GROUP BY ALL ORDER BY m.entity_id, since, e.about"
    )
    return Query(text=text, parameters=(list(ids),))


def readings_of(ids: Sequence[str]) -> Query:
    """The newest reading of every measure of these people, by measure."""
    text = (
        "SELECT m.entity_id, e.about, arg_max(e.value, (e.at, e.event_id)) AS value,"
        " arg_max(coalesce(e.attributes['unit'], ''), (e.at, e.event_id)) AS unit, max(e.at) AS at"
        f" FROM {DONE} WHERE e.type IN {READING_TYPES} AND e.about IS NOT NULL"
        " AND e.value IS NOT NULL AND m.entity_id IN (SELECT unnest(?::VARCHAR[]))"
        " GROUP BY ALL ORDER BY m.entity_id, e.about"
    )
    return Query(text=text, parameters=(list(ids),))


def last_contact_of(ids: Sequence[str]) -> Query:
    """When each of these people last met care, readings of devices apart."""
    text = (
        f"SELECT m.entity_id, max(e.at) AS at FROM {DONE} WHERE {CARE}"
        " AND m.entity_id IN (SELECT unnest(?::VARCHAR[])) GROUP BY ALL ORDER BY m.entity_id"
    )
    return Query(text=text, parameters=(list(ids),))


def segments_of(ids: Sequence[str]) -> Query:
    """Segments that these people are in now."""
    text = (
        "SELECT entity_id, segment_id, segment, definition_version FROM segment_membership WHERE left_at IS NULL"
        " AND entity_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY entity_id, segment, segment_id"
    )
    return Query(text=text, parameters=(list(ids),))


def personas_of(ids: Sequence[str]) -> Query:
    """The persona of each of these people."""
    text = (
        "SELECT pm.entity_id, p.name FROM persona_members pm JOIN personas p USING (persona_id)"
        " WHERE pm.entity_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY pm.entity_id"
    )
    return Query(text=text, parameters=(list(ids),))


def _beyond(column: str, *, descending: bool) -> str:
    """Rows after the row of `place` in the page's order."""
    further = "<" if descending else ">"
    same = f"{column} IS NOT DISTINCT FROM place_value AND id > place_id"
    later = f"place_value IS NOT NULL AND ({column} {further} place_value OR {column} IS NULL)"
    return f"EXISTS (SELECT 1 FROM place WHERE ({same}) OR ({later}))"


def care_gaps_of(ids: Sequence[str]) -> Query:
    """Care that these people should have had and have not, longest open first."""
    text = (
        "SELECT entity_id, name, since FROM care_gaps WHERE entity_id IN (SELECT unnest(?::VARCHAR[]))"
        " ORDER BY entity_id, since, name"
    )
    return Query(text=text, parameters=(list(ids),))
