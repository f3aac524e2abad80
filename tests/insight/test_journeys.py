"""Journeys: order, sessions, paths, funnels and flow, on journeys small enough to check by eye."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Literal

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insight.journeys import FunnelOptions, JourneyOptions, flow, funnel, sessions, steps, top_paths, touchpoints
from lake.query import open_views, to_schema
from lake.tables import EVENTS

START = datetime(2026, 1, 1, tzinfo=UTC)
Journey = list[tuple[int, str]]
Order = Literal["strict", "sequential", "any"]


def _lake(journeys: dict[str, Journey], *, shuffle: int = 0) -> duckdb.DuckDBPyConnection:
    """A lake of these journeys: each a list of minutes after the start and types; nobody is resolved."""
    rows = [
        {
            "event_id": f"ev_{person}_{place:03d}",
            "source": "log",
            "who_system": "case",
            "who_value": person,
            "record_id": person,
            "type": kind,
            "at": START + timedelta(minutes=minute),
            "cost": 0.1,
            "ingested_at": START,
        }
        for person, journey in journeys.items()
        for place, (minute, kind) in enumerate(journey)
    ]
    random.Random(shuffle).shuffle(rows)
    connection = open_views({})
    columns = {field.name: pa.array([row.get(field.name) for row in rows], field.type) for field in EVENTS.schema}
    connection.register("events", to_schema(pa.table(columns), EVENTS.schema))
    return connection


SMALL: dict[str, Journey] = {
    "a": [(0, "view"), (5, "order"), (100, "view")],
    "b": [(0, "view"), (1, "view"), (9, "order")],
    "c": [(3, "order"), (4, "view")],
}


def test_touchpoints_come_in_time_order_with_places_and_gaps() -> None:
    """A journey is numbered from 1 by time, whatever the order of the rows."""
    found = touchpoints(_lake(SMALL, shuffle=3), JourneyOptions(), person="a").to_pylist()
    assert [(row["place"], row["step"], row["gap_s"]) for row in found] == [
        (1, "view", None),
        (2, "order", 300),
        (3, "view", 5700),
    ]


def test_a_long_pause_begins_a_session() -> None:
    """A pause longer than the gap, and only that, begins a new session."""
    found = sessions(_lake(SMALL), JourneyOptions(session_gap_s=1800)).to_pylist()
    assert [(row["person_id"], row["path"]) for row in found][:2] == [("a", ["view", "order"]), ("a", ["view"])]
    assert found[0]["cost"] == pytest.approx(0.2)


def test_top_paths_count_people_and_shares() -> None:
    """Paths are cut to the asked length and counted; repeats collapse on request."""
    found = top_paths(_lake(SMALL), JourneyOptions(collapse=True), length=2).to_pylist()
    assert [(row["path"], row["people"]) for row in found] == [(["view", "order"], 2), (["order", "view"], 1)]
    assert found[0]["share"] == pytest.approx(2 / 3)
    assert found[0]["median_s"] == pytest.approx((300 + 540) / 2)


def test_flow_counts_beginnings_and_ends() -> None:
    """As many journeys begin as end, and each step is left as often as it is reached."""
    found = flow(_lake(SMALL), JourneyOptions()).to_pylist()
    edges = {(row["from_step"], row["to_step"]): row["transitions"] for row in found}
    assert edges == {
        (None, "view"): 2, (None, "order"): 1, ("view", "order"): 2, ("order", "view"): 2,
        ("view", "view"): 1, ("view", None): 2, ("order", None): 1,
    }  # fmt: skip


def test_steps_are_the_nodes_of_the_map() -> None:
    """Each step is counted with its people."""
    found = steps(_lake(SMALL), JourneyOptions()).to_pylist()
    assert [(row["step"], row["touchpoints"], row["people"]) for row in found] == [("view", 5, 3), ("order", 3, 3)]


@pytest.mark.parametrize(("order", "counts"), [("strict", [3, 2]), ("sequential", [3, 2]), ("any", [3, 3])])
def test_a_funnel_counts_by_its_order(order: Order, counts: list[int]) -> None:
    """The same steps lose other people when they must follow each other."""
    found = funnel(_lake(SMALL), ["view", "order"], JourneyOptions(), FunnelOptions(order=order))
    assert found.column("people").to_pylist() == counts


def _reaches(journey: Journey, wanted: list[str], order: Order, within: int) -> int:
    """How far one journey gets, by trying every start."""
    return max((_from(journey[start:], wanted, order, within) for start in range(len(journey))), default=0)


def _from(rest: Journey, wanted: list[str], order: Order, within: int) -> int:
    near = [kind for minute, kind in rest if minute - rest[0][0] <= within]
    if order == "any":
        return next((place for place, step in enumerate(wanted) if step not in near), len(wanted))
    if order == "strict":
        return next((place for place, step in enumerate(wanted) if near[place : place + 1] != [step]), len(wanted))
    depth = 0
    for kind in near if near[0] == wanted[0] else []:
        depth += depth < len(wanted) and kind == wanted[depth]
    return depth


JOURNEYS = st.lists(
    st.lists(st.tuples(st.integers(0, 60), st.sampled_from("xyz")), min_size=1, max_size=8).map(
        lambda journey: sorted(journey, key=lambda touchpoint: touchpoint[0])
    ),
    min_size=1,
    max_size=4,
).map(lambda found: {f"p{number}": journey for number, journey in enumerate(found)})


@settings(max_examples=25, deadline=None)
@given(journeys=JOURNEYS, order=st.sampled_from(["strict", "sequential", "any"]), within=st.sampled_from([5, 20, 1000]))
def test_a_funnel_agrees_with_trying_every_start(journeys: dict[str, Journey], order: Order, within: int) -> None:
    """However the steps must follow, the counts are those of trying every start of every person."""
    wanted = ["y", "x", "z"]
    reached = [_reaches(journey, wanted, order, within) for journey in journeys.values()]
    options = FunnelOptions(order=order, within_s=within * 60)
    found = funnel(_lake(journeys), wanted, JourneyOptions(), options).column("people").to_pylist()
    assert found == [sum(depth >= place for depth in reached) for place in (1, 2, 3)]


@settings(max_examples=10, deadline=None)
@given(journeys=JOURNEYS, seed=st.integers(1, 9))
def test_flow_is_the_same_in_any_row_order(journeys: dict[str, Journey], seed: int) -> None:
    """Rows in another order give the same table, and its counts are those of neighbouring touchpoints."""
    first, second = (flow(_lake(journeys, shuffle=shuffle), JourneyOptions()) for shuffle in (0, seed))
    assert first.equals(second)
    moves = Counter(pair for journey in journeys.values() for pair in pairwise(kind for _, kind in journey))
    edges = {(row["from_step"], row["to_step"]): row["transitions"] for row in first.to_pylist()}
    assert {pair: count for pair, count in edges.items() if None not in pair} == moves
