"""Every traversal gives the same answer on every store: embedded, and Gremlin Servers of both lines."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from gremlin_python.process.graph_traversal import GraphTraversal

import gremlin_libs
from graph import Batch, GraphStore, connect_server, open_embedded
from gremlin_libs import CATALOGUE
from tests.graph.sample import PEOPLE, SEGMENTS, TYPES, person_id, record_uid, sample_graph
from tests.gremlin_server import VERSIONS

START, END = 1_770_000_000_000, 1_772_000_000_000
STARTS: dict[str, list[tuple[Any, ...]]] = {
    "person_of_record": [(record_uid(f"crm:{number}"),) for number in range(PEOPLE)],
    "timeline": [(person_id(number), START, END) for number in range(PEOPLE)],
    "next_steps": [(kind, 5) for kind in ["order", "condition", "diagnosis", "answer", *TYPES]],
    "segment_members": [(f"s_{number}", 20) for number in range(SEGMENTS)],
    "shared_identifier_rings": [(least, limit) for least in (1, 2, 3, 4) for limit in (1, 5, 10, 50, 400)],
}
PERSONS: list[tuple[Any, ...]] = [(person_id(number),) for number in range(PEOPLE)]
LEAST_ANSWERS = 20


@pytest.fixture(scope="session")
def company() -> list[Batch]:
    """The made-up company's graph."""
    return sample_graph()


@pytest.fixture(scope="session")
def embedded(company: list[Batch], tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """The company in the embedded store."""
    store = open_embedded(tmp_path_factory.mktemp("graph"))
    store.load(company)
    yield store
    store.close()


@pytest.fixture(scope="session", params=VERSIONS)
def server(
    request: pytest.FixtureRequest, company: list[Batch], gremlin_server: Callable[[str], str]
) -> Iterator[GraphStore]:
    """The company on a real Gremlin Server of each version that is tried."""
    store = connect_server(gremlin_server(str(request.param)), traversal_source="company")
    store.load(company)
    yield store
    store.close()


def answers(store: GraphStore, question: Callable[..., GraphTraversal]) -> list[list[object]]:
    """What a traversal answers from each of its starting points."""
    starts = STARTS.get(question.__name__, PERSONS)
    return [store.run(question(store.g(), *arguments)) for arguments in starts]


@pytest.mark.parametrize("question", CATALOGUE, ids=lambda question: str(question.__name__))
def test_a_server_and_the_embedded_store_answer_alike(
    question: Callable[..., GraphTraversal], embedded: GraphStore, server: GraphStore
) -> None:
    """Rows, their order and every value are equal, types included."""
    ours, theirs = answers(embedded, question), answers(server, question)
    assert ours == theirs
    assert repr(ours) == repr(theirs)


@pytest.mark.parametrize("question", CATALOGUE, ids=lambda question: str(question.__name__))
def test_every_traversal_has_answers_from_twenty_starting_points(
    question: Callable[..., GraphTraversal], embedded: GraphStore
) -> None:
    """No traversal is held equal by being empty."""
    assert sum(bool(answer) for answer in answers(embedded, question)) >= LEAST_ANSWERS


def test_the_catalogue_holds_every_public_traversal() -> None:
    """What the package offers and what the reference page lists are the same, and each says what it costs."""
    offered = {name for name in gremlin_libs.__all__ if name not in {"CATALOGUE", "parse"}}
    assert offered == {question.__name__ for question in CATALOGUE}
    assert all("Cost:" in (question.__doc__ or "") for question in CATALOGUE)
