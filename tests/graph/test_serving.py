"""Real drivers ask the embedded graph over Gremlin Server's protocol, and hear what they would hear in this process."""

import json
import struct
import time
from collections.abc import Iterator
from pathlib import Path
from typing import cast
from uuid import uuid4

import pyarrow as pa
import pytest
from gremlin_python.driver import serializer
from gremlin_python.driver.client import Client
from gremlin_python.driver.driver_remote_connection import DriverRemoteConnection
from gremlin_python.driver.protocol import GremlinServerError
from gremlin_python.process.anonymous_traversal import traversal
from gremlin_python.process.graph_traversal import GraphTraversalSource, __
from gremlin_python.process.traversal import Cardinality, Order, P, T, TextP
from gremlin_python.statics import bigint, long
from hypothesis import given
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from graph import EdgeBatch, GraphStore, VertexBatch, open_embedded
from graph.serving import ServingSettings
from graph.serving.contract import MalformedError
from graph.serving.framing import BINARY, CODECS, JSON
from tests.graph.node import ask
from tests.graph.serving import PASSWORD, served

FORMS = {BINARY: serializer.GraphBinarySerializersV1, JSON[0]: serializer.GraphSONSerializersV3d0}
PEOPLE = 150


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """A chain of people."""
    found = open_embedded(tmp_path_factory.mktemp("graph"))
    ids = [f"e_{number}" for number in range(PEOPLE)]
    knows = {"id": [f"x_{number}" for number in range(PEOPLE - 1)], "out": ids[:-1], "in_": ids[1:]}
    people = VertexBatch(label="Person", table=pa.table({"id": ids, "age": list(range(PEOPLE))}))
    found.load([people, EdgeBatch(label="KNOWS", out_label="Person", in_label="Person", table=pa.table(knows))])
    yield found
    found.close()


@pytest.fixture(scope="module")
def address(store: GraphStore) -> Iterator[str]:
    """Where the chain is served."""
    with served(store) as found:
        yield found


@pytest.fixture(params=FORMS)
def g(request: pytest.FixtureRequest, address: str) -> Iterator[GraphTraversalSource]:
    """A source of the real Python driver, for each form of messages."""
    form = FORMS[request.param]()
    remote = DriverRemoteConnection(address, "g", username="ann", password=PASSWORD, message_serializer=form)
    yield traversal().with_(remote)
    remote.close()


@pytest.fixture(params=FORMS)
def client(request: pytest.FixtureRequest, address: str) -> Iterator[Client]:
    """A client that sends text."""
    found = Client(address, "g", username="ann", password=PASSWORD, message_serializer=FORMS[request.param]())
    yield found
    found.close()


def test_a_driver_hears_what_this_process_answers(g: GraphTraversalSource, store: GraphStore) -> None:
    """Bytecode with predicates, enumerations, nested traversals and paths means the same on both ways."""
    for source in (g, store.g()):
        assert source.V().count().next() == PEOPLE
        assert source.V().has("age", P.within(1, 2, 3).and_(P.gt(1))).order().by("age", Order.desc).values(
            "age"
        ).to_list() == [3, 2]
        assert source.V().has_id(TextP.starting_with("e_14")).count().next() == 11
        assert source.V("e_1").repeat(__.out("KNOWS")).times(2).path().by(T.id).next().objects == ["e_1", "e_2", "e_3"]
        assert source.V("e_1").value_map(True).next() == {T.id: "e_1", T.label: "Person", "age": [1]}


def test_more_results_than_one_message_holds_all_arrive(g: GraphTraversalSource) -> None:
    """They come in batches, in their order."""
    assert g.V().order().by("age").values("age").to_list() == list(range(PEOPLE))


def test_values_keep_their_kind(g: GraphTraversalSource) -> None:
    """Whole numbers of every width, text, lists, sets, maps and nothing come back as they went."""
    values = [1, long(2**40), bigint(2**70), 1.5, True, None, "it's", [1, [2]], {1, 2}, {"a": {"b": 1}}]
    assert g.inject(*values).to_list() == values


def test_a_driver_writes(g: GraphTraversalSource) -> None:
    """A property set on one way is read on the other."""
    assert g.V("e_5").property(Cardinality.single, "name", "eve").values("name").to_list() == ["eve"]


def test_text_is_parsed_with_bindings(client: Client) -> None:
    """Names stand for what the driver sent along; `next` gives one."""
    assert client.submit("g.V().has('age', lt(n)).values('age')", {"n": 3}).all().result() == [0, 1, 2]
    assert client.submit("g.V().order().by('age').id().next()").all().result() == ["e_0"]
    assert client.submit("g.V().has('age', 999)").all().result() == []


@pytest.mark.parametrize(
    ("text", "code"),
    [("g.V().foo()", 597), ("g.V().map{it.get()}", 597), ("g.V().call('x')", 500), ("h.V()", 597), ("g.V(", 597)],
)
def test_what_cannot_be_answered_is_an_error_with_a_code(client: Client, text: str, code: int) -> None:
    """And the connection goes on."""
    with pytest.raises(GremlinServerError) as caught:
        client.submit(text).all().result()
    assert caught.value.status_code == code
    assert client.submit("g.V().count()").all().result() == [PEOPLE]


def test_closures_are_refused(g: GraphTraversalSource) -> None:
    """No code of a driver is evaluated."""
    with pytest.raises(GremlinServerError, match="Closures are not evaluated"):
        g.V().map(lambda: ("it.get()", "gremlin-groovy")).to_list()


@pytest.mark.parametrize(("user", "password"), [("ann", "wrong"), ("eve", PASSWORD)])
def test_nobody_else_gets_an_answer(address: str, user: str, password: str) -> None:
    """A wrong name or password ends in 401."""
    client = Client(address, "g", username=user, password=password)
    with pytest.raises(GremlinServerError, match="401"):
        client.submit("g.V()").all().result()
    client.close()


def test_a_server_that_reads_refuses_to_write(store: GraphStore) -> None:
    """Also where the writing step is nested."""
    with served(store, ServingSettings(), None) as address:
        client = Client(address, "g")
        for text in ("g.addV('Person')", "g.V().sideEffect(__.drop())", "g.V().map(__.property('a', 1))"):
            with pytest.raises(GremlinServerError, match="only reads"):
                client.submit(text).all().result()
        client.close()


class SlowStore:
    """Takes its time."""

    def __init__(self, store: GraphStore) -> None:
        self.g = store.g

    def run(self, _: object) -> list[object]:
        """Answer late."""
        time.sleep(0.5)
        return []


def test_a_traversal_that_takes_too_long_is_answered(store: GraphStore) -> None:
    """With 598 when its time is over, be it the server's or less that the driver asked for."""
    slow = cast("GraphStore", SlowStore(store))
    for limit_s, options in ((0.1, {}), (30.0, {"evaluationTimeout": 100})):
        with served(slow, ServingSettings(timeout_s=limit_s), None) as address:
            client = Client(address, "g")
            with pytest.raises(GremlinServerError, match="598"):
                client.submit("g.V()", request_options=options).all().result()
            client.close()


@pytest.mark.parametrize("form", FORMS)
def test_the_javascript_driver_hears_the_same(address: str, form: str) -> None:
    """TinkerPop's own, as published."""
    found = json.loads(ask(address, PASSWORD, form))
    assert found == {
        "count": PEOPLE,
        "older": [3, 2],
        "path": ["e_1", "e_2"],
        "map": [["a", 0], ["b", 1]],
        "vertex": "e_2",
        "text": [0, 1],
        "seen": "javascript",
        "refused": 597,
    }


@given(st.binary(max_size=200), st.sampled_from([BINARY, JSON[0]]))
def test_any_bytes_are_read_or_refused(noise: bytes, form: str) -> None:
    """Nothing but our own error comes out of a broken message."""
    head = b"\x81" + uuid4().bytes if form == BINARY else b""
    for payload in (noise, head + noise, head + struct.pack(">i", 4) + b"eval" + noise):
        try:
            CODECS[form].read(payload)
        except MalformedError:
            continue


def test_a_message_of_an_unknown_kind_ends_the_connection(address: str) -> None:
    """And says which kinds are read."""
    with connect(address) as connection:
        connection.send(b"\x03abcxyz")
        with pytest.raises(ConnectionClosed, match="not read"):
            connection.recv()


def test_the_lock_of_the_javascript_driver_names_hashes_and_no_host() -> None:
    """Whoever installs it gets these bytes from their own registry."""
    text = Path(__file__).with_name("javascript").joinpath("package-lock.json").read_text()
    packages = [item for name, item in json.loads(text)["packages"].items() if name]
    assert packages
    assert all(item["integrity"].startswith("sha512-") for item in packages)
    assert not any("resolved" in item for item in packages)
