"""Connections break, answers stay away, writers clash: the graph ends as if nothing had happened."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
import pytest
from gremlin_python.process.graph_traversal import __

from core.errors import RetryableError
from graph import EdgeBatch, GraphStore, VertexBatch, check, connect_server
from graph.embedded.refusals import TraversalError
from graph.serving import ServingSettings
from graph.stores.connections import Address, ConnectionLostError
from graph.stores.dead_letters import DeadLettersError
from graph.stores.retries import Retries
from graph.stores.server import ServerStore
from graph.stores.server import connect_server as connect
from tests.graph.proxy import Harm, harmful
from tests.graph.sample import sample_graph
from tests.graph.serving import served

VERSION = "3.8.1"


def patient(seed: int, attempts: int = 30) -> Retries:
    """Tries often and hardly waits."""
    return Retries(attempts=attempts, first_s=0.001, longest_s=0.02, chance=random.Random(seed))


@pytest.mark.slow
def test_a_load_through_broken_connections_ends_equal(gremlin_server: Callable[[str], str]) -> None:
    """A proxy cuts connections and holds answers past the limit; a real server holds the whole graph in the end."""
    batches = sample_graph()
    direct = connect_server(gremlin_server(VERSION))
    direct.run(direct.g().V().drop())
    harm = Harm(cut=0.06, hold=0.01, hold_s=1.5)
    with harmful(gremlin_server(VERSION), harm, seed=7) as (url, proxy):
        store = ServerStore(Address(url=url, answer_s=1.0), patient(1))
        store.load(batches)
        store.close()
    assert proxy.cuts > 3
    assert proxy.holds > 0
    assert all(item.equal for item in check(direct, batches))
    assert direct.load(batches).vertices_written == 0
    direct.run(direct.g().V().drop())
    direct.close()


class Clashing:
    """A store that refuses every third request as a busy Neptune does."""

    def __init__(self, store: GraphStore, error: Exception) -> None:
        self.g = store.g
        self._store = store
        self._chance = random.Random(3)
        self._error = error
        self.clashes = 0

    def run(self, traversal: Any) -> list[object]:
        """Answer or refuse."""
        if self._chance.random() < 1 / 3:
            self.clashes += 1
            raise self._error
        return self._store.run(traversal)


CLASH = TraversalError("ConcurrentModificationException: another transaction has it.", remedy="")


def test_writers_that_clash_try_again_until_the_graph_is_equal(tmp_path: Path) -> None:
    """Conflicts at random leave no trace but time."""
    from graph import open_embedded

    behind = open_embedded(tmp_path)
    clashing = Clashing(behind, CLASH)
    batches = sample_graph()
    with served(cast("GraphStore", clashing), ServingSettings(writes=True), None) as url:
        store = connect(url, retries=patient(2))
        store.load(batches)
        store.close()
    assert clashing.clashes > 10
    assert all(item.equal for item in check(behind, batches))
    behind.close()


def people(*ids: str) -> VertexBatch:
    """People with nothing but an id."""
    return VertexBatch(label="Person", table=pa.table({"id": list(ids)}))


class Picky(Clashing):
    """Refuses whatever writes e_7."""

    def run(self, traversal: Any) -> list[object]:
        """Answer or refuse."""
        text = str(traversal.bytecode)
        if "mergeV" in text and "'e_7'" in text:
            raise TraversalError("It does not want this one.", remedy="")
        return self._store.run(traversal)


def test_what_a_server_refuses_is_written_down_and_the_rest_is_written(tmp_path: Path) -> None:
    """Then the load fails, so that no snapshot is marked as shown."""
    from graph import open_embedded

    behind = open_embedded(tmp_path / "graph")
    letters = tmp_path / "refused.jsonl"
    with served(cast("GraphStore", Picky(behind, CLASH)), ServingSettings(writes=True), None) as url:
        store = connect(url, dead_letters=letters)
        with pytest.raises(DeadLettersError):
            store.load([people(*(f"e_{number}" for number in range(20)))])
        store.close()
    assert letters.read_text() == '{"label": "Person", "id": "e_7", "error": "GremlinServerError"}\n'
    assert behind.run(behind.g().V().count()) == [19]
    behind.close()


def test_a_traversal_that_adds_is_not_sent_twice(gremlin_server: Callable[[str], str]) -> None:
    """When the connection breaks nobody knows what was done: the caller hears of it instead."""
    with harmful(gremlin_server(VERSION), Harm(hold=1.0, hold_s=1.0), seed=1) as (url, _):
        store = ServerStore(Address(url=url, answer_s=0.3), patient(4, attempts=3))
        with pytest.raises(ConnectionLostError):
            store.g().inject(1).add_v("Person").iterate()
        with pytest.raises(RetryableError, match="too busy"):
            store.g().V().count().next()
        store.close()


def test_a_server_that_comes_back_is_used_again(tmp_path: Path) -> None:
    """A store outlives the server's restart."""
    from graph import open_embedded

    behind = open_embedded(tmp_path)
    behind.load([people("e_1")])
    with served(behind, None, None) as url, harmful(url, Harm(), seed=1) as (through, proxy):
        store = connect(through, retries=patient(5))
        assert store.g().V().count().next() == 1
        proxy.harm = Harm(cut=1.0)
        with pytest.raises(RetryableError):
            store.g().V().count().next()
        proxy.harm = Harm()
        assert store.g().V().count().next() == 1
        store.close()
    behind.close()


def test_an_edge_waits_for_its_ends(tmp_path: Path) -> None:
    """Every writer has written its vertices before an edge is written."""
    from graph import open_embedded

    behind = open_embedded(tmp_path)
    ids = [f"e_{number}" for number in range(60)]
    edges = {"id": [f"x_{number}" for number in range(60)], "out": ids, "in_": ids[::-1]}
    knows = EdgeBatch(label="KNOWS", out_label="Person", in_label="Person", table=pa.table(edges))
    with served(behind, None, None) as url:
        store = connect(url)
        assert store.load([people(*ids), knows]).edges_written == 60
        store.close()
    behind.close()


def test_a_traversal_says_how_long_it_may_take(gremlin_server: Callable[[str], str]) -> None:
    """A server ends what is to end in time, though it would take longer by itself."""
    store = connect(gremlin_server("3.8.1"))
    endless = store.g().with_("evaluationTimeout", 200).inject(0).repeat(__.identity()).until(__.is_(1))
    with pytest.raises(Exception, match="A timeout occurred"):
        store.run(endless)
    assert store.run(store.g().inject(0)) == [0]
    store.close()
