"""On the demo's graph, too, every traversal gives the same answer on every store."""

from pathlib import Path
from typing import Final

import pytest

from api.demo.contract import DEMO_NOW
from api.demo.making import make_workspace
from api.demo.segments import SEGMENTS
from api.run import Workspace, run_workspace
from api.run.graph_stage import projected
from api.run.segments import save_segment
from graph import connect_server
from insight.segments import parse
from tests.graphml import write_graphml
from tests.gremlin_libs.starting_points import answers, starting_points
from tests.gremlin_server import VERSIONS, running_server

LEAST: Final = 20
NO_PERSONAS: Final = frozenset({"persona_members"})
"""A thousand people are too few for stable personas."""


def demo(root: Path, people: int) -> Workspace:
    """The demo's workspace of so many people, run."""
    make_workspace(root, people)
    workspace = Workspace.open(root)
    for name, tree in SEGMENTS.items():
        save_segment(workspace.ledger, name, parse(tree), who="test")
    run_workspace(workspace, now=DEMO_NOW)
    return workspace


def hold_equal(root: Path, people: int, heap: str, *, silent: frozenset[str] = frozenset()) -> None:
    """Ask everything of the embedded store and of a server of each version; `silent` have nothing to answer."""
    with demo(root / "demo", people) as workspace:
        write_graphml(list(projected(workspace, workspace.newest())), root / "graph.xml")
        starts = starting_points(workspace.graph())
        expected = answers(workspace.graph(), starts)
    assert {name for name, found in expected.items() if sum(map(bool, found)) < LEAST} == silent
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
    hold_equal(tmp_path, 1_000, "1g", silent=NO_PERSONAS)


@pytest.mark.slow
def test_the_whole_demo_is_seen_alike_on_every_store(tmp_path: Path) -> None:
    """As above, on the demo as users see it."""
    hold_equal(tmp_path, 20_000, "8g")
