"""What every test shares: how Hypothesis looks for counterexamples, and graph stores to run on."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from graph import GraphStore, connect_server, open_embedded
from tests.gremlin_server import VERSIONS, running_server

settings.register_profile("engine", deadline=None, derandomize=True)
settings.load_profile("engine")


@pytest.fixture(scope="session", params=VERSIONS)
def server_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real Gremlin Server, one after the other of each version that is tried."""
    with running_server(str(request.param), tmp_path_factory.mktemp("gremlin-server")) as url:
        yield url


@pytest.fixture
def server_store(server_url: str) -> Iterator[GraphStore]:
    """An empty graph on a real Gremlin Server."""
    store = connect_server(server_url)
    store.run(store.g().V().drop())
    yield store
    store.close()


@pytest.fixture
def embedded_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """An empty embedded graph."""
    store = open_embedded(tmp_path_factory.mktemp("graph"))
    yield store
    store.close()
