"""A driver that knows GraphSON 2 only, as an older notebook does, is answered."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from gremlin_python.driver import serializer
from gremlin_python.driver.client import Client
from gremlin_python.driver.driver_remote_connection import DriverRemoteConnection
from gremlin_python.driver.protocol import GremlinServerError
from gremlin_python.process.anonymous_traversal import traversal
from gremlin_python.process.graph_traversal import GraphTraversalSource, __
from gremlin_python.process.traversal import P, T, TextP
from gremlin_python.statics import long

from graph import EdgeBatch, VertexBatch, open_embedded
from tests.graph.serving import PASSWORD, served

FORM = serializer.GraphSONSerializersV2d0


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Three people who know each other in turn."""
    folder: Path = tmp_path_factory.mktemp("graph")
    store, ids = open_embedded(folder), ["e_0", "e_1", "e_2"]
    knows = {"id": ["x_0", "x_1"], "out": ids[:-1], "in_": ids[1:]}
    people = VertexBatch(label="Person", table=pa.table({"id": ids, "age": [10, 20, 30]}))
    store.load([people, EdgeBatch(label="KNOWS", out_label="Person", in_label="Person", table=pa.table(knows))])
    with served(store) as found:
        yield found
    store.close()


@pytest.fixture
def g(address: str) -> Iterator[GraphTraversalSource]:
    """A source of the real driver."""
    remote = DriverRemoteConnection(address, "g", username="ann", password=PASSWORD, message_serializer=FORM())
    yield traversal().with_(remote)
    remote.close()


def test_bytecode_means_the_same(g: GraphTraversalSource) -> None:
    """Predicates with one value, two and many, children, paths and elements."""
    assert g.V().has("age", P.within(10, 20).and_(P.gt(10))).id_().to_list() == ["e_1"]
    assert g.V().has("age", P.between(10, 30)).count().next() == 2
    assert g.V().has_id(TextP.starting_with("e_")).where(__.out()).count().next() == 2
    assert g.V("e_0").repeat(__.out("KNOWS")).times(2).path().by(T.id).next().objects == ["e_0", "e_1", "e_2"]
    assert g.E("x_0").next().outV.id == "e_0"
    assert g.inject([1, 1]).is_(P.eq([1, 1])).count().next() == 1


def test_values_keep_their_kind_as_far_as_the_form_has_it(g: GraphTraversalSource) -> None:
    """Sets come as lists, and the keys of maps as text."""
    values = [1, long(2**40), 1.5, True, None, "it's", [1, [2]], {"a": {"b": 1}}]
    assert g.inject(*values).to_list() == values
    assert g.V("e_1").element_map().next() == {"id": "e_1", "label": "Person", "age": 20}
    assert g.V().group_count().by("age").next() == {"10": 1, "20": 1, "30": 1}
    assert g.V().group_count().next() == {"e_0": 1, "e_1": 1, "e_2": 1}
    assert g.inject([1, 2]).merge([2]).next() == [1, 2]


def test_text_is_answered_and_errors_have_their_code(address: str) -> None:
    """Text with bindings too, and the connection goes on after an error."""
    client = Client(address, "g", username="ann", password=PASSWORD, message_serializer=FORM())
    assert client.submit("g.V().has('age', lt(n)).id()", {"n": 15}).all().result() == ["e_0"]
    with pytest.raises(GremlinServerError, match="597"):
        client.submit("g.V().foo()").all().result()
    assert client.submit("g.V().count()").all().result() == [3]
    client.close()
