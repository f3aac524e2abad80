"""Ways people take: sessions, the most frequent paths, and the flow from step to step."""

from typing import Literal

import duckdb
import pyarrow as pa

from insight.asking import ask
from insight.contract import Sql
from insight.journeys.contract import JourneyOptions
from insight.journeys.touchpoints import points


def sessions(connection: duckdb.DuckDBPyConnection, options: JourneyOptions) -> pa.Table:
    """Every session: touchpoints without a pause longer than the gap.

    Returns:
        Columns person_id, session, started_at, ended_at, touchpoints, cost (null when none is known), path (list of
        steps); by person and session.
    """
    query = points(options)
    text = f"""
        SELECT person_id, session, min(moment) AS started_at, max(moment) AS ended_at, count(*) AS touchpoints,
            sum(money)::DOUBLE AS cost, list(step ORDER BY place) AS path
        FROM ({query.text}) GROUP BY person_id, session ORDER BY person_id, session"""
    return ask(connection, Sql(text=text, parameters=query.parameters))


def top_paths(
    connection: duckdb.DuckDBPyConnection,
    options: JourneyOptions,
    *,
    length: int = 5,
    limit: int = 20,
    of: Literal["person", "session"] = "person",
) -> pa.Table:
    """The most frequent beginnings of journeys.

    Args:
        connection: views of the lake.
        options: which touchpoints.
        length: how many steps of each journey count.
        limit: how many paths to give.
        of: a journey is all that a person did, or one session.

    Returns:
        Columns path (list of steps), journeys, people, share (of all journeys), median_s (first to last of these
        steps), mean_cost (of those steps; null when unknown); most frequent first, ties by path.
    """
    query = points(options)
    group = "person_id" if of == "person" else "person_id, session"
    text = f"""
        WITH points AS ({query.text}),
        numbered AS (SELECT *, row_number() OVER (PARTITION BY {group} ORDER BY place) AS nth FROM points),
        journeys AS (
            SELECT {group}, list(step ORDER BY place) AS path,
                max(epoch_ms(moment)) - min(epoch_ms(moment)) AS lasted_ms, sum(money) AS money
            FROM numbered WHERE nth <= ? GROUP BY {group}),
        counted AS (SELECT count(*) AS total FROM journeys)
        SELECT path, count(*) AS journeys, count(DISTINCT person_id) AS people, count(*) / any_value(total) AS share,
            median(lasted_ms) / 1000 AS median_s, sum(money)::DOUBLE / count(money) AS mean_cost
        FROM journeys, counted GROUP BY path ORDER BY journeys DESC, path LIMIT ?"""
    return ask(connection, Sql(text=text, parameters=(*query.parameters, length, limit)))


def flow(connection: duckdb.DuckDBPyConnection, options: JourneyOptions, *, limit: int = 100) -> pa.Table:
    """How people move from step to step: the edges of a process map.

    Returns:
        Columns from_step (null: a journey begins), to_step (null: it ends), transitions, people, share (of all rows'
        transitions that leave from_step), median_s and mean_s between the two, mean_cost of what is reached (null when
        unknown); most frequent first, ties by the steps.
    """
    query = points(options)
    order = "PARTITION BY person_id ORDER BY place"
    text = f"""
        WITH points AS ({query.text}),
        moves AS (
            SELECT person_id, lag(step) OVER ({order}) AS from_step, step AS to_step, gap_ms, money FROM points
            UNION ALL
            SELECT person_id, step, NULL, NULL, NULL FROM points QUALIFY row_number() OVER ({order} DESC) = 1),
        counted AS (
            SELECT from_step, to_step, count(*) AS transitions, count(DISTINCT person_id) AS people,
                median(gap_ms) / 1000 AS median_s, sum(gap_ms) / count(gap_ms) / 1000 AS mean_s,
                sum(money)::DOUBLE / count(money) AS mean_cost
            FROM moves GROUP BY from_step, to_step)
        SELECT from_step, to_step, transitions, people,
            transitions / sum(transitions) OVER (PARTITION BY from_step) AS share, median_s, mean_s, mean_cost
        FROM counted ORDER BY transitions DESC, from_step NULLS FIRST, to_step NULLS LAST LIMIT ?"""
    return ask(connection, Sql(text=text, parameters=(*query.parameters, limit)))


def steps(connection: duckdb.DuckDBPyConnection, options: JourneyOptions, *, limit: int = 100) -> pa.Table:
    """The steps themselves: the nodes of a process map.

    Returns:
        Columns step, touchpoints, people, mean_cost (null when unknown); most frequent first, ties by step.
    """
    query = points(options)
    text = f"""
        SELECT step, count(*) AS touchpoints, count(DISTINCT person_id) AS people,
            sum(money)::DOUBLE / count(money) AS mean_cost
        FROM ({query.text}) GROUP BY step ORDER BY touchpoints DESC, step LIMIT ?"""
    return ask(connection, Sql(text=text, parameters=(*query.parameters, limit)))
