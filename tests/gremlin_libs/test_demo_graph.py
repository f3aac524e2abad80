"""On the demo's graph, too, every traversal gives the same answer on every store."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from gremlin_python.process.graph_traversal import __

from api.demo.contract import DEMO_NOW
from api.demo.making import make_workspace
from api.demo.segments import SEGMENTS
from api.run import Workspace, run_workspace
from api.run.graph_stage import projected
from api.run.segments import save_segment
from graph import GraphStore, connect_server
from gremlin_libs import CATALOGUE
from insight.segments import parse
from tests.graphml import write_graphml
from tests.gremlin_server import VERSIONS, running_server

POINTS: Final = 60
LEAST: Final = 20
Starts = Mapping[str, list[dict[str, Any]]]


def demo(root: Path, people: int) -> Workspace:
    """The demo's workspace of so many people, run."""
    make_workspace(root, people)
    workspace = Workspace.open(root)
    for name, tree in SEGMENTS.items():
        save_segment(workspace.ledger, name, parse(tree), who="test")
    run_workspace(workspace, now=DEMO_NOW)
    return workspace


def starting_points(store: GraphStore) -> Starts:
    """What to ask with, by traversal: spread over the whole graph."""
    people = ids(store, "Person")
    families = ids(store, "Person", living_together=True)
    kinds = store.run(store.g().V().has_label("Event").values("type").dedup().order())
    products = spread(store.run(store.g().V().has_label("Product").values("name").order()))
    return {
        **{question.__name__: [{"person": person} for person in people] for question in CATALOGUE},
        "household": [{"person": person} for person in families],
        "person_of_record": [{"record_uid": record} for record in ids(store, "Record")],
        "timeline": [{"person": person, "start_ts": 0, "end_ts": 1_780_000_000_000} for person in people],
        "next_steps": [
            *({"event_type": kind} for kind in kinds),
            *({"event_type": "order", "about": name} for name in products),
        ],
        "segment_members": [{"segment": name, "limit": most} for name in ids(store, "Segment") for most in (1, 10, 99)],
        "shared_identifier_rings": [
            {"least": least, "limit": limit} for least in (1, 2, 3, 4) for limit in (1, 5, 20, 50, 200)
        ],
    }


def ids(store: GraphStore, label: str, *, living_together: bool = False) -> list[Any]:
    """Ids of a label, spread."""
    found = store.g().V().has_label(label)
    if living_together:
        found = found.where(__.out("MEMBER_OF"))
    return spread(store.run(found.values("uid").order()))


def spread(items: list[Any]) -> list[Any]:
    """At most about `POINTS` of them, evenly spaced."""
    return items[:: max(1, len(items) // POINTS)]


def answers(store: GraphStore, starts: Starts) -> dict[str, list[list[object]]]:
    """What every traversal answers from each of its starting points."""
    return {
        question.__name__: [store.run(question(store.g(), **start)) for start in starts[question.__name__]]
        for question in CATALOGUE
    }


def hold_equal(root: Path, people: int, heap: str) -> None:
    """Ask everything of the embedded store and of a server of each version."""
    with demo(root / "demo", people) as workspace:
        write_graphml(list(projected(workspace, workspace.newest())), root / "graph.xml")
        starts = starting_points(workspace.graph())
        expected = answers(workspace.graph(), starts)
    assert {name: sum(map(bool, found)) >= LEAST for name, found in expected.items()} == dict.fromkeys(expected, True)
    for version in VERSIONS:
        (root / version).mkdir()
        with running_server(version, root / version, heap=heap) as url:
            server = connect_server(url)
            server.run(server.g().io(str(root / "graph.xml")).read())
            for name, found in answers(server, starts).items():
                assert [*map(repr, found)] == [*map(repr, expected[name])], f"{name} on {version}"
            server.close()


def test_a_thousand_people_of_the_demo_are_seen_alike_on_every_store(tmp_path: Path) -> None:
    """Rows, order, values and types are equal, and every traversal has answers from twenty starting points."""
    hold_equal(tmp_path, 1_000, "1g")


@pytest.mark.slow
def test_the_whole_demo_is_seen_alike_on_every_store(tmp_path: Path) -> None:
    """As above, on the demo as users see it."""
    hold_equal(tmp_path, 20_000, "8g")
