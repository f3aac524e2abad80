"""Every traversal gives the same answer on every store: embedded, and Gremlin Servers of both lines."""

from collections.abc import Callable, Iterator

import pytest

import gremlin_libs
from graph import Batch, GraphSettings, GraphStore, connect_server, open_embedded
from gremlin_libs import CATALOGUE
from tests.graph.sample import sample_graph
from tests.gremlin_libs.starting_points import answers, starting_points
from tests.gremlin_server import VERSIONS

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
    store = connect_server(GraphSettings(url=gremlin_server(str(request.param)), traversal_source="company"))
    store.load(company)
    yield store
    store.close()


def test_a_server_and_the_embedded_store_answer_alike(embedded: GraphStore, server: GraphStore) -> None:
    """Rows, their order and every value are equal, types included."""
    starts = starting_points(embedded)
    ours, theirs = answers(embedded, starts), answers(server, starts)
    for name, found in ours.items():
        assert found == theirs[name], name
        assert repr(found) == repr(theirs[name]), name


def test_every_traversal_has_answers_from_twenty_starting_points(embedded: GraphStore) -> None:
    """No traversal is held equal by being empty."""
    found = answers(embedded, starting_points(embedded))
    assert {name: sum(map(bool, rows)) for name, rows in found.items() if sum(map(bool, rows)) < LEAST_ANSWERS} == {}


def test_the_catalogue_holds_every_public_traversal() -> None:
    """What the package offers and what the reference page lists are the same, and each says what it costs."""
    offered = {name for name in gremlin_libs.__all__ if name not in {"CATALOGUE", "parse"}}
    assert offered == {question.__name__ for question in CATALOGUE}
    assert all("Cost:" in (question.__doc__ or "") for question in CATALOGUE)
