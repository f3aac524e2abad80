"""On the demo's graph, too, every traversal gives the same answer on every store."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pyarrow as pa
import pytest

from api.demo.contract import DEMO_NOW
from api.demo.making import make_workspace
from api.demo.segments import SEGMENTS
from api.run import STAGES, Workspace, run_workspace
from api.run.graph_stage import projected
from api.run.insight_stages import seek_personas
from api.run.segments import save_segment
from api.run.state import Run, Stage
from graph import GraphSettings, GraphStore, connect_server
from insight.segments import parse
from lake.tables import PERSONA_MEMBERS, PERSONAS
from tests.graphml import write_graphml
from tests.gremlin_libs.starting_points import Starts, answers, starting_points
from tests.gremlin_server import VERSIONS, running_server

Answers = dict[str, list[list[object]]]
LEAST: Final = 20
PATIENCE_S: Final = 1800
"""How long a server may take to read the whole demo, or to forget it."""
PERSONAS_MADE: Final = 3


def made_personas(run: Run) -> Run:
    """Put people into three personas in turn: a thousand are too few for a search to be sure to find any."""
    assert run.draft is not None
    with run.draft.connect() as lake:
        people = [row[0] for row in lake.execute("SELECT entity_id FROM entities ORDER BY entity_id").fetchall()]
    ids = [f"p_{number}" for number in range(PERSONAS_MADE)]
    traits: list[dict[str, object]] = []
    personas = [
        {"persona_id": one, "name": f"kind {one}", "size": len(people[place::PERSONAS_MADE])}
        | {"share": 1 / PERSONAS_MADE, "stability": 1.0, "traits": traits}
        for place, one in enumerate(ids)
    ]
    members = [
        {"entity_id": person, "persona_id": ids[place % PERSONAS_MADE], "distance": place / 8}
        for place, person in enumerate(people)
    ]
    run.draft.write("personas", pa.Table.from_pylist(personas, schema=PERSONAS.schema))
    run.draft.write("persona_members", pa.Table.from_pylist(members, schema=PERSONA_MEMBERS.schema))
    return run


WITH_MADE_PERSONAS: Final = tuple(made_personas if stage is seek_personas else stage for stage in STAGES)


def demo(root: Path, people: int, stages: tuple[Stage, ...]) -> Workspace:
    """The demo's workspace of so many people, run."""
    make_workspace(root, people)
    workspace = Workspace.open(root)
    for name, tree in SEGMENTS.items():
        save_segment(workspace.ledger, name, parse(tree), who="test")
    run_workspace(workspace, now=DEMO_NOW, stages=stages)
    return workspace


def asked(root: Path, people: int, *, stages: tuple[Stage, ...] = STAGES) -> tuple[Starts, Answers]:
    """What the embedded store answers on a demo of so many people; its graph lies in `graph.xml`."""
    with demo(root / "demo", people, stages) as workspace:
        write_graphml(list(projected(workspace, workspace.newest())), root / "graph.xml")
        starts = starting_points(workspace.graph())
        return starts, answers(workspace.graph(), starts, LEAST)


def hold_equal(server: GraphStore, root: Path, starts: Starts, expected: Answers) -> None:
    """Give a server the graph and ask it the same."""
    patient = server.g().with_("evaluationTimeout", PATIENCE_S * 1000)
    server.run(patient.V().drop())
    server.run(patient.io(str(root / "graph.xml")).read())
    for name, found in answers(server, starts, LEAST).items():
        assert [*map(repr, found)] == [*map(repr, expected[name])], name
    server.run(patient.V().drop())
    server.close()


def silent(expected: Answers) -> set[str]:
    """Traversals that answered from too few starting points."""
    return {name for name, found in expected.items() if sum(map(bool, found)) < LEAST}


def test_a_thousand_people_of_the_demo_are_seen_alike_on_every_store(
    tmp_path: Path, gremlin_server: Callable[[str], str]
) -> None:
    """Rows, order, values and types are equal, and every traversal has answers from twenty starting points."""
    starts, expected = asked(tmp_path, 1_000, stages=WITH_MADE_PERSONAS)
    assert silent(expected) == set()
    for version in VERSIONS:
        server = connect_server(GraphSettings(url=gremlin_server(version), traversal_source="demo"))
        hold_equal(server, tmp_path, starts, expected)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_the_whole_demo_is_seen_alike_on_every_store(tmp_path: Path) -> None:
    """As above, on the demo as users see it."""
    starts, expected = asked(tmp_path, 20_000)
    assert silent(expected) == set()
    for version in VERSIONS:
        (tmp_path / version).mkdir()
        with running_server(version, tmp_path / version, heap="8g") as url:
            server = connect_server(GraphSettings(url=url, answer_s=PATIENCE_S))
            hold_equal(server, tmp_path, starts, expected)
