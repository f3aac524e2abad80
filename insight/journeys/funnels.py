"""Funnels: how many people get how far along some steps, and how long each takes them.

A person may start at any touchpoint; the start that leads furthest counts, the earliest of those.
"""

from collections.abc import Sequence
from typing import Final

import duckdb
import pyarrow as pa

from core.errors import BadInputError
from insight.asking import ask
from insight.contract import Parameter, Sql
from insight.journeys.contract import FunnelOptions, JourneyOptions
from insight.journeys.touchpoints import points

MOST_STEPS: Final = 12
FOREVER_MS: Final = 2**60


def funnel(
    connection: duckdb.DuckDBPyConnection,
    steps: Sequence[str],
    journeys: JourneyOptions,
    options: FunnelOptions = FunnelOptions(),  # noqa: B008 (frozen)
) -> pa.Table:
    """Count the people who reach each step after the ones before it.

    Args:
        connection: views of the lake.
        steps: 1 to 12 steps, as `journeys.step` names them; a step may come twice, but not when any order will do.
        journeys: which touchpoints.
        options: in which order, and within what time of the first.

    Returns:
        Columns place (1 is the first), step, people, share_of_first, share_of_previous (null for the first),
        median_s since the step before (null for the first, and when any order will do); by place.

    Raises:
        BadInputError: no steps or too many, or a step twice when any order will do.
    """
    if not 1 <= len(steps) <= MOST_STEPS:
        raise BadInputError(f"A funnel has 1 to {MOST_STEPS} steps.", remedy="Name the steps.", steps=len(steps))
    if options.order == "any" and len(set(steps)) < len(steps):
        raise BadInputError("A step comes twice.", remedy="Name each step once, or use another order.")
    return ask(
        connection,
        _unordered(steps, journeys, options) if options.order == "any" else _ordered(steps, journeys, options),
    )


def _ordered(steps: Sequence[str], journeys: JourneyOptions, options: FunnelOptions) -> Sql:
    """Follow every start from step to step; each CTE `reached_k` holds the starts that got so far."""
    query = points(journeys)
    join, where = ("JOIN", "p.place = r.place + 1") if options.order == "strict" else ("ASOF JOIN", "p.place > r.place")
    parts = [
        """reached_1 AS (
            SELECT person_id, place AS start, moment AS began, place, moment, 0::BIGINT AS took_ms
            FROM points WHERE step = ?)"""
    ]
    values: list[Parameter] = [*query.parameters, steps[0]]
    for place, step in enumerate(steps[1:], start=2):
        parts.append(
            f"""reached_{place} AS (
            SELECT r.person_id, r.start, r.began, p.place, p.moment, epoch_ms(p.moment) - epoch_ms(r.moment) AS took_ms
            FROM reached_{place - 1} r {join} (SELECT person_id, place, moment FROM points WHERE step = ?) p
                ON p.person_id = r.person_id AND {where}
            WHERE epoch_ms(p.moment) - epoch_ms(r.began) <= ?)"""
        )
        values += [step, _limit_ms(options)]
    every = " UNION ALL ".join(
        f"SELECT {place} AS nth, person_id, start, took_ms FROM reached_{place}" for place in range(1, len(steps) + 1)
    )
    text = f"""
        WITH points AS MATERIALIZED ({query.text}), {", ".join(parts)},
        every AS ({every}),
        depths AS (SELECT person_id, start, max(nth) AS depth FROM every GROUP BY person_id, start),
        best AS (
            SELECT person_id, start FROM depths
            QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY depth DESC, start) = 1),
        counted AS (
            SELECT nth, count(*) AS people, median(took_ms) / 1000 AS median_s
            FROM every JOIN best USING (person_id, start) GROUP BY nth)
        {_shares(steps, "CASE WHEN place > 1 THEN median_s END")}"""
    return Sql(text=text, parameters=(*values, *steps))


def _unordered(steps: Sequence[str], journeys: JourneyOptions, options: FunnelOptions) -> Sql:
    """From every anchor (a touchpoint of any step), find the next of each step; the first steps that are near count."""
    query = points(journeys)
    marks = ", ".join("?" * len(steps))
    joins = " ".join(
        f"""ASOF LEFT JOIN (SELECT person_id, place, moment FROM points WHERE step = ?) p{place}
                ON p{place}.person_id = a.person_id AND p{place}.place >= a.place"""
        for place in range(1, len(steps) + 1)
    )
    far = " ".join(
        f"WHEN NOT coalesce(epoch_ms(p{place}.moment) - epoch_ms(a.moment) <= ?, false) THEN {place - 1}"
        for place in range(1, len(steps) + 1)
    )
    limits = [_limit_ms(options)] * len(steps)
    text = f"""
        WITH points AS MATERIALIZED ({query.text}),
        anchors AS (SELECT person_id, place, moment FROM points WHERE step IN ({marks})),
        depths AS (SELECT a.person_id, CASE {far} ELSE {len(steps)} END AS depth FROM anchors a {joins}),
        best AS (SELECT person_id, max(depth) AS depth FROM depths GROUP BY person_id),
        counted AS (
            SELECT nth, count(*) AS people, NULL::DOUBLE AS median_s
            FROM best, range(1, {len(steps) + 1}) AS t(nth) WHERE depth >= nth GROUP BY nth)
        {_shares(steps, "median_s")}"""
    return Sql(text=text, parameters=(*query.parameters, *steps, *limits, *steps, *steps))


def _shares(steps: Sequence[str], median: str) -> str:
    """The final SELECT: every step, reached by somebody or not."""
    rows = ", ".join(f"({place}, ?)" for place in range(1, len(steps) + 1))
    return f"""SELECT place, step, coalesce(people, 0) AS people,
            coalesce(people, 0) / nullif(first_value(people) OVER (ORDER BY place), 0) AS share_of_first,
            coalesce(people, 0) / nullif(lag(people) OVER (ORDER BY place), 0) AS share_of_previous,
            {median} AS median_s
        FROM (VALUES {rows}) AS named(place, step) LEFT JOIN counted ON nth = place ORDER BY place"""


def _limit_ms(options: FunnelOptions) -> int:
    return FOREVER_MS if options.within_s is None else round(options.within_s * 1000)
