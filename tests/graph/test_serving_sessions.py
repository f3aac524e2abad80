"""`g.tx()` over the wire: commit, rollback, connections that drop, clients that wait for each other."""

import json
import time
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from socket import SHUT_RDWR
from uuid import uuid4

import pytest
from gremlin_python.driver import serializer
from gremlin_python.driver.driver_remote_connection import DriverRemoteConnection
from gremlin_python.driver.protocol import GremlinServerError
from gremlin_python.process.anonymous_traversal import traversal
from gremlin_python.process.graph_traversal import GraphTraversalSource
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from graph import GraphStore, open_embedded
from graph.serving import ServingSettings
from tests.graph.serving import served

FORMS = (serializer.GraphBinarySerializersV1, serializer.GraphSONSerializersV3d0)
WRITES = ServingSettings(writes=True)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GraphStore]:
    """An empty graph."""
    found = open_embedded(tmp_path)
    yield found
    found.close()


@contextmanager
def driven(url: str, form: type = FORMS[0]) -> Generator[GraphTraversalSource]:
    """The real Python driver."""
    remote = DriverRemoteConnection(url, "g", message_serializer=form())
    try:
        yield traversal().with_(remote)
    finally:
        remote.close()


def people(store: GraphStore) -> object:
    """How many there are, as committed."""
    return store.run(store.g().V().count())[0]


@pytest.mark.parametrize("form", FORMS)
def test_a_transaction_is_kept_or_taken_back_as_a_whole(store: GraphStore, form: type) -> None:
    """Its own reads see it at once, others when it is committed."""
    with served(store, WRITES, None) as url, driven(url, form) as g:
        for ends, left in (("rollback", 0), ("commit", 2)):
            transaction = g.tx()
            inside = transaction.begin()
            inside.add_v("Person").iterate()
            inside.add_v("Person").iterate()
            assert (inside.V().count().next(), g.V().count().next(), people(store)) == (2, 0, 0)
            getattr(transaction, ends)()
            assert (g.V().count().next(), people(store)) == (left, left)


def said(socket: ClientConnection, text: str) -> int:
    """Send text in a session, as a driver does, and give the status of the answer."""
    arguments = {"session": "s", "gremlin": text, "aliases": {"g": "g"}}
    request = {"requestId": str(uuid4()), "op": "eval", "processor": "session", "args": arguments}
    socket.send(json.dumps(request))
    return int(json.loads(socket.recv(20))["status"]["code"])


def test_a_dropped_connection_takes_its_transaction_back(store: GraphStore) -> None:
    """And the next writer does not wait for it."""
    with served(store, WRITES, None) as url, driven(url) as g:
        with connect(url) as socket:
            assert said(socket, "g.addV('Person')") == 200
            socket.socket.shutdown(SHUT_RDWR)
        g.add_v("Other").iterate()
        assert g.V().label().to_list() == ["Other"]


def test_those_who_wait_never_keep_a_transaction_from_its_end(store: GraphStore) -> None:
    """More writers than workers wait; the one that they wait for commits, and then each has its turn."""
    with served(store, ServingSettings(writes=True, workers=2), None) as url, driven(url) as g:
        transaction = g.tx()
        transaction.begin().add_v("First").iterate()
        with ThreadPoolExecutor(4) as threads:
            waiting = [threads.submit(_add, url) for _ in range(4)]
            time.sleep(0.3)
            assert not any(one.done() for one in waiting)
            transaction.commit()
            for one in waiting:
                one.result(30)
        assert people(store) == 5


def _add(url: str) -> None:
    with driven(url) as g:
        g.add_v("Later").iterate()


def test_of_two_transactions_the_second_waits_for_the_first(store: GraphStore) -> None:
    """Both are whole in the end."""
    with served(store, WRITES, None) as url, driven(url) as g, driven(url) as other, ThreadPoolExecutor(1) as threads:
        first, second = g.tx(), other.tx()
        first.begin().add_v("First").iterate()
        inside = second.begin()
        begun = threads.submit(lambda: inside.add_v("Second").iterate())
        first.commit()
        begun.result(30)
        second.commit()
        assert people(store) == 2


def test_a_transaction_that_is_left_alone_is_taken_back(store: GraphStore) -> None:
    """Its connection is ended with a reason, and others write on."""
    with served(store, ServingSettings(writes=True, session_s=0.2), None) as url, driven(url) as g:
        with connect(url) as socket:
            assert said(socket, "g.addV('Forgotten')") == 200
            with pytest.raises(ConnectionClosed, match="left alone"):
                socket.recv(20)
        g.add_v("Person").iterate()
        assert g.V().label().to_list() == ["Person"]


def test_a_server_that_reads_refuses_to_write_in_a_transaction_too(store: GraphStore) -> None:
    """Reading there is fine."""
    with served(store, ServingSettings(), None) as url, driven(url) as g:
        inside = g.tx().begin()
        assert inside.V().count().next() == 0
        with pytest.raises(GremlinServerError, match="only reads"):
            inside.add_v("Person").iterate()
