"""The same documents give the same bytes, whichever store holds the graph."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from api.policy import Role
from graph import GraphStore, connect_server
from lake import ParquetLake
from tests.api.conftest import PEOPLE, Api, entity_id, load_graph
from tests.conftest import STORES

PERSON = """query($id: ID!) { customer(id: $id) {
  id givenName familyName birthDate age email phone city region postcode country isCustomer isPatient firstSeen
  confidence records conditions { name since } household { id size city members { id givenName birthYear } }
  identities { record source kind observedAt identifiers { id system shared people } }
  evidence { left right probability weightBits rule origin contributions { field level bits } }
  journey(first: 100) { snapshot edges { cursor node { id type at channel about value unit cost source } } }
} }"""
MASKED = """query($id: ID!) {
  customer(id: $id) { id givenName email postcode household { size members { id familyName } } }
  journey(customer: $id, first: 2) { edges { cursor node { id type cost } } pageInfo { hasNextPage endCursor } }
}"""
WHY = "query($id: ID!) { explain(entity: $id) { entity verdict sentence snapshot links { left right weightBits } } }"

ASKED = {
    "customer": "query($id: ID!) { customer(id: $id) { id } }",
    "journey": "query($id: ID!) { journey(customer: $id) { snapshot } }",
    "household": "query { customers(first: 1) { edges { node { household { id } } } } }",
    "explain": "query($id: ID!) { explain(entity: $id) { verdict } }",
}


@pytest.fixture(params=[store for store in STORES if store != "embedded"])
def remote(
    request: pytest.FixtureRequest, gremlin_server: Callable[[str], str], company: ParquetLake
) -> Iterator[GraphStore]:
    """The company's graph on a real Gremlin Server of each version that is tried."""
    store = connect_server(gremlin_server(request.param))
    store.run(store.g().V().drop())
    load_graph(store, company)
    yield store
    store.close()


def test_documents_give_the_same_bytes_on_every_store(
    open_api: Callable[[Callable[[], Any]], Api], embedded: GraphStore, remote: GraphStore
) -> None:
    """Every question about a person, for every person and in several roles, is answered with equal bytes."""
    here, there = open_api(lambda: embedded), open_api(lambda: remote)
    answered = 0
    for number in range(0, PEOPLE, 4):
        for role, document in ((Role.ADMIN, PERSON), (Role.MARKETER, MASKED), (Role.STEWARD, WHY)):
            asked = {"id": entity_id(number)}
            raw = here.send(role, document, asked).content
            assert raw == there.send(role, document, asked).content
            answered += b'"errors"' not in raw
    assert answered >= 30


def test_an_emptied_graph_is_said_to_be_empty(
    open_api: Callable[[Callable[[], Any]], Api], graph_store: GraphStore, company: ParquetLake
) -> None:
    """Every question about a person is answered until the graph is emptied, and then fails with its own code."""
    load_graph(graph_store, company)
    api = open_api(lambda: graph_store)
    before = [api.ask(Role.ADMIN, document, {"id": entity_id(1)}) for document in ASKED.values()]
    assert [one for one in before if one.get("errors")] == []
    graph_store.run(graph_store.g().V().drop())
    after = [api.ask(Role.ADMIN, document, {"id": entity_id(1)}) for document in ASKED.values()]
    assert [one["errors"][0]["extensions"]["code"] for one in after] == ["GRAPH_EMPTY"] * len(ASKED)
