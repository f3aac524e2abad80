"""Keyed events have versions as records have: whatever comes late or twice, the newest is what is known."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import permutations

import pytest
from msgspec.structs import replace

from ingest import IngestContext, SourceSettings, WhoSettings
from ingest.merge.run import open_merge
from tests.ingest.workshop import Workshop

ORDERS = SourceSettings(
    path="o*.csv",
    content="events",
    key="no",
    version="v",
    deleted="gone",
    who=WhoSettings(column="who", system="case"),
    at="at",
    event_type="order",
    value="n",
)
HEAD = "no,v,gone,who,at,n\n"
ROWS = ("7,1,,A,2020-01-01,1\n", "7,2,,A,2020-01-02,2\n", "7,3,,B,2020-01-01,3\n")
Arrival = Callable[..., None]
SAID = "SELECT who_value, strftime(events.at, '%d'), value, version FROM events"


def one_run(workshop: Workshop, rows: tuple[str, ...], settings: SourceSettings = ORDERS, head: str = HEAD) -> None:
    """All rows in one file."""
    workshop.forget()
    workshop.write("o.csv", head + "".join(rows))
    workshop.run(o=settings)


def a_run_each(workshop: Workshop, rows: tuple[str, ...], settings: SourceSettings = ORDERS, head: str = HEAD) -> None:
    """A run for every row."""
    workshop.forget()
    for row in rows:
        workshop.write("o.csv", head + row)
        workshop.run(o=settings)


@pytest.mark.parametrize("arrive", [one_run, a_run_each])
@pytest.mark.parametrize("order", [(2, 1, 0), (1, 2, 0)])
def test_an_older_version_never_overwrites_a_newer(workshop: Workshop, order: tuple[int, ...], arrive: Arrival) -> None:
    """On a later line or in a later run, what is older is left out."""
    arrive(workshop, tuple(ROWS[place] for place in order))
    assert workshop.ask(SAID) == [("B", "01", 3.0, 3)]


def test_the_order_of_arrival_leaves_no_trace(workshop: Workshop) -> None:
    """Versions, one of them twice, in any order over runs end as the same events."""
    ends: set[tuple[tuple[object, ...], ...]] = set()
    for order in permutations((0, 1, 2, 1)):
        if order[0] < order[-1]:
            continue
        a_run_each(workshop, tuple(ROWS[place] for place in order))
        ends.add(tuple(workshop.ask(SAID)))
    assert ends == {(("B", "01", 3.0, 3),)}


@pytest.mark.parametrize("arrive", [one_run, a_run_each])
def test_what_the_source_saw_last_counts_without_versions(workshop: Workshop, arrive: Arrival) -> None:
    """`observed_at` decides where there is no version."""
    settings = replace(ORDERS, version=None, deleted=None, observed_at="v")
    arrive(workshop, ("7,2020-01-02,,A,2020-01-01,2\n", "7,2020-01-01,,A,2020-01-01,1\n"), settings)
    assert workshop.ask("SELECT value FROM events") == [(2.0,)]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_two_contents_of_one_version_end_alike(workshop: Workshop, order: tuple[int, ...]) -> None:
    """A version said twice differently has one winner, over runs as in one file."""
    rows = tuple(f"7,1,,A,2020-01-01,{number}\n" for number in (5, 9, 7))
    a_run_each(workshop, tuple(rows[place] for place in order))
    over_runs = workshop.ask("SELECT value FROM events")
    one_run(workshop, rows)
    assert workshop.ask("SELECT value FROM events") == over_runs == [(9.0,)]


@pytest.mark.parametrize("arrive", [one_run, a_run_each])
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_deleted_event_stays_deleted(workshop: Workshop, order: tuple[int, ...], arrive: Arrival) -> None:
    """An older version that comes after the deletion does not bring it back; a newer one does."""
    rows = (ROWS[0], "7,2,yes,A,2020-01-01,1\n")
    arrive(workshop, tuple(rows[place] for place in order))
    assert workshop.ask("SELECT count(*) FROM events") == [(0,)]
    assert workshop.ask("SELECT version FROM event_deletions") == [(2,)]
    workshop.write("o.csv", HEAD + ROWS[2])
    workshop.run(o=ORDERS)
    assert workshop.ask(SAID) == [("B", "01", 3.0, 3)]
    assert workshop.ask("SELECT count(*) FROM event_deletions") == [(0,)]


def test_events_without_versions_count_their_contents(workshop: Workshop) -> None:
    """What is read now is newer; a changed content is the next version, an unchanged one the same."""
    settings = replace(ORDERS, version=None, deleted=None)
    a_run_each(workshop, (ROWS[0], ROWS[0], ROWS[1]), settings)
    assert workshop.ask("SELECT value, version FROM events") == [(2.0, 2)]


def test_merging_reads_the_previous_snapshot_from_its_files(workshop: Workshop) -> None:
    """What was known is never copied into memory as a whole: it is scanned where it lies."""
    one_run(workshop, ROWS)
    with workshop.tables() as previous:
        context = IngestContext(
            root=workshop.root, stage=workshop.root, key=b"k", now=datetime.now(UTC), previous=previous
        )
        with open_merge((), (), context) as database:
            plan = database.execute("EXPLAIN SELECT * FROM known_events").fetchall()[0][1]
    assert "PARQUET" in plan.upper()
