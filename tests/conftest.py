"""What every test shares: how Hypothesis looks for counterexamples, and graph stores to run on."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from hypothesis import settings

from graph import GraphStore, connect_server, open_embedded
from tests.gremlin_server import VERSIONS, running_server

settings.register_profile("engine", deadline=None, derandomize=True)
settings.load_profile("engine")

STORES = ("embedded", *VERSIONS)


@pytest.fixture(scope="session")
def gremlin_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Gives the address of a real Gremlin Server of a version, started when it is first asked for."""
    started: dict[str, str] = {}
    with ExitStack() as stack:

        def address(version: str) -> str:
            if version not in started:
                started[version] = stack.enter_context(
                    running_server(version, tmp_path_factory.mktemp("gremlin-server"), brief=True)
                )
            return started[version]

        yield address


@pytest.fixture(params=STORES)
def graph_store(
    request: pytest.FixtureRequest,
    gremlin_server: Callable[[str], str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[GraphStore]:
    """An empty graph: embedded, and on a real server of each version that is tried."""
    if request.param == "embedded":
        store = open_embedded(tmp_path_factory.mktemp("graph"))
    else:
        store = connect_server(gremlin_server(request.param))
        store.run(store.g().V().drop())
    yield store
    store.close()
