"""What a driver may not do to the server: send too much, ask too much, read too slowly, speak nonsense; and TLS."""

import gc
import json
import ssl
import struct
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pytest
from gremlin_python.driver.client import Client
from gremlin_python.driver.protocol import GremlinServerError
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from graph import EdgeBatch, GraphSettings, GraphStore, VertexBatch, connect_server, open_embedded
from graph.embedded.limits import resident_bytes
from graph.serving import ServingSettings
from graph.serving.framing import BINARY
from tests.graph.serving import served

ENDLESS = "g.V().repeat(both()).until(has('nothing')).count()"
MANY = "g.V().repeat(both()).times(40)"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """A ring of people, each with a long note."""
    found = open_embedded(tmp_path_factory.mktemp("graph"))
    ids = [f"e_{number}" for number in range(200)]
    people = VertexBatch(label="Person", table=pa.table({"id": ids, "note": ["x" * 20_000] * 200}))
    ring = {"id": [f"x_{number}" for number in range(200)], "out": ids, "in_": [*ids[1:], ids[0]]}
    found.load([people, EdgeBatch(label="KNOWS", out_label="Person", in_label="Person", table=pa.table(ring))])
    yield found
    found.close()


def ask(socket: ClientConnection, text: str, **arguments: Any) -> Iterator[dict[str, Any]]:
    """Send text as GraphSON and give each message of the answer."""
    given = {"gremlin": text, "aliases": {"g": "g"}, **arguments}
    socket.send(json.dumps({"requestId": str(uuid4()), "op": "eval", "processor": "", "args": given}))
    while True:
        message = json.loads(socket.recv(60))
        yield message
        if message["status"]["code"] != 206:
            return


def codes(socket: ClientConnection, text: str, **arguments: Any) -> list[int]:
    """The status of every message of an answer."""
    return [message["status"]["code"] for message in ask(socket, text, **arguments)]


def test_the_time_that_a_driver_allows_ends_the_evaluation_itself(store: GraphStore) -> None:
    """The engine stops: the only worker is free at once for the next request."""
    with served(store, ServingSettings(workers=1), None) as url, connect(url) as socket:
        for text, options in (
            (ENDLESS, {"evaluationTimeout": 200}),
            (f"g.with('evaluationTimeout',200){ENDLESS[1:]}", {}),
        ):
            start = time.monotonic()
            assert codes(socket, text, **options) == [598]
            assert codes(socket, "g.V().count()") == [200]
            assert time.monotonic() - start < 15


def test_messages_hold_as_many_results_as_the_driver_asks_for(store: GraphStore) -> None:
    """All but the last say that more will come."""
    with served(store, None, None) as url, connect(url) as socket:
        found = list(ask(socket, "g.V().id()", batchSize=70))
        assert [len(one["result"]["data"]["@value"]) for one in found] == [70, 70, 60]
        assert [one["status"]["code"] for one in found] == [206, 206, 200]


def test_a_message_that_gets_too_long_is_cut(store: GraphStore) -> None:
    """Every result arrives once, in order, in messages that a driver reads."""
    settings = ServingSettings(answer_bytes=50_000)
    with served(store, settings, None) as url, connect(url) as socket:
        found = list(ask(socket, "g.V().order().by(id).project('id','note').by(id).by('note')", batchSize=200))
        assert all(len(json.dumps(one)) < 60_000 for one in found)
        rows = [row["@value"][1] for one in found for row in one["result"]["data"]["@value"]]
        assert rows == sorted(f"e_{number}" for number in range(200))
        assert [one["status"]["code"] for one in found] == [206] * (len(found) - 1) + [200]


def test_results_that_stand_for_more_than_memory_holds_are_refused(store: GraphStore) -> None:
    """Two hundred traversers with a bulk of 10¹² each are an error, not the end of the process; inside `tx` too."""
    with served(store, ServingSettings(), None) as url, connect(url) as socket:
        assert codes(socket, MANY) == [500]
        session = {"session": "s", "gremlin": MANY, "aliases": {"g": "g"}}
        socket.send(json.dumps({"requestId": str(uuid4()), "op": "eval", "processor": "session", "args": session}))
        answer = json.loads(socket.recv(60))
        assert (answer["status"]["code"], "results" in answer["status"]["message"]) == (500, True)
        assert codes(socket, "g.V().count()") == [200]


BROKEN = {
    "no JSON": b"{",
    "no request": b"[]",
    "deep": b"[" * 100_000,
    "wide number": b'{"requestId":' + b"9" * 100_000 + b"}",
    "no text": b"\xff\xfe",
}


@pytest.mark.parametrize("payload", BROKEN.values(), ids=BROKEN)
def test_what_nobody_can_read_ends_its_connection_and_no_other(store: GraphStore, payload: bytes) -> None:
    """With a reason and a code."""
    with served(store, None, None) as url, connect(url) as good, connect(url) as bad:
        name = b"application/vnd.gremlin-v3.0+json"
        bad.send(bytes([len(name)]) + name + payload)
        with pytest.raises(ConnectionClosed) as caught:
            bad.recv(20)
        assert caught.value.rcvd is not None
        assert caught.value.rcvd.code == 1003
        assert codes(good, "g.V().count()") == [200]


@pytest.mark.parametrize("size", [2**31 - 1, -1, 1_000_000])
def test_a_length_that_lies_is_answered(store: GraphStore, size: int) -> None:
    """With 498, since the request's name could be read; nothing of that size is made."""
    head = bytes([len(BINARY)]) + BINARY.encode() + b"\x81" + uuid4().bytes
    with served(store, None, None) as url, connect(url) as socket:
        before = resident_bytes()
        for _ in range(20):
            socket.send(head + struct.pack(">i", size) + b"eval")
            answer = socket.recv(20)
            assert isinstance(answer, bytes)
            assert struct.unpack(">i", answer[18:22])[0] == 498
        assert resident_bytes() - before < 50_000_000


def test_a_message_that_is_too_long_ends_its_connection(store: GraphStore) -> None:
    """With WebSocket's code for that, before it is held in full."""
    with served(store, ServingSettings(request_bytes=100_000), None) as url, connect(url) as socket:
        socket.send("x" * 200_000)
        with pytest.raises(ConnectionClosed) as caught:
            socket.recv(20)
        assert caught.value.rcvd is not None
        assert caught.value.rcvd.code == 1009


def test_a_client_that_does_not_read_costs_no_memory_and_no_one_else(store: GraphStore) -> None:
    """An answer of 160 MB, one text 8,000 times, waits in pieces while others are answered; all of it comes."""
    big = "g.V().limit(1).values('note').as('a').V().V().limit(8000).select('a')"
    with served(store, ServingSettings(workers=2), None) as url, connect(url, max_queue=1) as slow:
        given = {"gremlin": big, "aliases": {"g": "g"}, "batchSize": 10}
        with connect(url) as other:
            assert codes(other, "g.V().count()") == [200]
            before = resident_bytes()
            slow.send(json.dumps({"requestId": str(uuid4()), "op": "eval", "processor": "", "args": given}))
            time.sleep(1.5)
            assert codes(other, "g.V().count()") == [200]
            assert resident_bytes() - before < 80_000_000
        messages = iter(lambda: '"code":200' in str(slow.recv(20)), True)
        assert sum(1 for _ in messages) == 799


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for this machine that nobody else trusts, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    found = folder / "certificate.pem", folder / "key.pem"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names]
    subprocess.run([*command, "-out", str(found[0]), "-keyout", str(found[1])], check=True, capture_output=True)
    return found


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_over_tls_a_driver_that_trusts_the_certificate_is_answered(
    store: GraphStore, certificate: tuple[Path, Path]
) -> None:
    """Our own store and TinkerPop's driver are; one that does not trust it gets no connection."""
    with served(store, None, None, certificate) as url:
        assert url.startswith("wss://")
        ours = connect_server(GraphSettings(url=url, trust=str(certificate[0])))
        assert ours.run(ours.g().V().count()) == [200]
        ours.close()
        client = Client(url, "g", ssl_options=ssl.create_default_context(cafile=certificate[0]))
        assert client.submit("g.V().count()").all().result() == [200]
        client.close()
        with pytest.raises(ssl.SSLCertVerificationError):
            connect(url)
    gc.collect()  # asyncio warns of connections whose TLS it was still ending when the server's loop stopped


def test_many_drivers_at_once_each_get_their_own_answer(store: GraphStore) -> None:
    """More of them than workers."""
    with served(store, ServingSettings(workers=2), None) as url, ThreadPoolExecutor(12) as threads:

        def own(number: int) -> object:
            with connect(url) as socket:
                return next(ask(socket, f"g.V('e_{number}').id()"))["result"]["data"]["@value"]

        assert list(threads.map(own, range(60))) == [[f"e_{number}"] for number in range(60)]


def test_an_error_of_a_driver_names_no_value(store: GraphStore) -> None:
    """What could not be evaluated is told by kind."""
    client: Client | None = None
    with served(store, None, None) as url:
        client = Client(url, "g")
        with pytest.raises(GremlinServerError) as caught:
            client.submit("g.V().values('note').math('_ + 1')").all().result()
        client.close()
    assert "xxx" not in str(caught.value)
