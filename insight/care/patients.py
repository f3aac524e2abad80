"""Patients by conditions, readings, age, last contact and open care gaps; and what is shown of each."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import duckdb
import pyarrow as pa

from insight.ages import age_sql
from insight.asking import ask
from insight.care.contract import CareGapRule, PatientFilter
from insight.care.gaps import gaps_sql
from insight.contract import Sql
from insight.segments.definition import (
    All,
    Definition,
    Event,
    Not,
    Profile,
    Reading,
    Related,
    Window,
)
from insight.segments.sql import to_sql

CONTACTS: Final = ("visit", "encounter", "procedure", "observation", "condition", "diagnosis", "medication", "claim")
"""Event types that are contact with care; readings of devices and messages are not."""


def to_definition(wanted: PatientFilter) -> Definition:
    """The filter, care gaps apart, as a segment definition; so it can be explained and run on the graph too."""
    parts: list[Definition] = [Related(to="condition", names=(name,)) for name in wanted.conditions]
    parts += [
        Reading(measure=reading.measure, compare=reading.compare, which="latest" if reading.latest else "any")
        for reading in wanted.readings
    ]
    if wanted.kind == "patient":
        parts.append(Profile(field="is_patient", op="eq", value=True))
    if wanted.age_at_least is not None:
        parts.append(Profile(field="age", op="gte", value=wanted.age_at_least))
    if wanted.age_at_most is not None:
        parts.append(Profile(field="age", op="lte", value=wanted.age_at_most))
    if wanted.contact_days is not None:
        parts.append(Event(type=CONTACTS, window=Window(within_days=wanted.contact_days)))
    if wanted.no_contact_days is not None:
        parts.append(Not(of=Event(type=CONTACTS, window=Window(within_days=wanted.no_contact_days))))
    return All(of=tuple(parts or [Event(at_least=0)]))


def patients_sql(wanted: PatientFilter, rules: Mapping[str, CareGapRule], now: datetime) -> Sql:
    """The query of everybody the filter lets through: one column `entity_id`, in order."""
    inner = to_sql(to_definition(wanted), now)
    if not wanted.gaps:
        return inner
    gaps = gaps_sql(rules, now)
    having = " INTERSECT ".join(["SELECT entity_id FROM gaps WHERE name = ?"] * len(wanted.gaps))
    text = f"WITH gaps AS ({gaps.text}) SELECT entity_id FROM (({inner.text}) INTERSECT {having}) ORDER BY entity_id"
    return Sql(text=text, parameters=(*gaps.parameters, *inner.parameters, *wanted.gaps))


def patients(
    connection: duckdb.DuckDBPyConnection, wanted: PatientFilter, rules: Mapping[str, CareGapRule], now: datetime
) -> pa.Table:
    """Everybody the filter lets through, with what a practitioner looks at first.

    Returns:
        Columns entity_id, age (whole years, null when unknown), last_contact (null when none until now), conditions
        (list, sorted), gaps (names, sorted); by entity_id.
    """
    who, gaps = patients_sql(wanted, rules, now), gaps_sql(rules, now)
    marks = ", ".join("?" * len(CONTACTS))
    text = f"""
        WITH who AS ({who.text}), gaps AS ({gaps.text}),
        did AS (SELECT m.entity_id, e.type, e.at AS moment, e.about
            FROM who JOIN members m USING (entity_id) JOIN events e ON e.record_id = m.record_id
            WHERE e.at <= ?::TIMESTAMPTZ),
        contacts AS (SELECT entity_id, max(moment) AS last_contact FROM did WHERE type IN ({marks}) GROUP BY entity_id),
        having_it AS (SELECT entity_id, list(DISTINCT about ORDER BY about) AS conditions FROM did
            WHERE type IN ('condition', 'diagnosis') AND about IS NOT NULL GROUP BY entity_id),
        lacking AS (SELECT entity_id, list(name ORDER BY name) AS gaps FROM gaps GROUP BY entity_id)
        SELECT who.entity_id, {age_sql("birth_date", now)} AS age, last_contact,
            coalesce(conditions, []) AS conditions, coalesce(gaps, []) AS gaps
        FROM who JOIN entities USING (entity_id) LEFT JOIN contacts USING (entity_id)
            LEFT JOIN having_it USING (entity_id) LEFT JOIN lacking USING (entity_id)
        ORDER BY who.entity_id"""
    return ask(connection, Sql(text=text, parameters=(*who.parameters, *gaps.parameters, now.isoformat(), *CONTACTS)))
