"""Transactions of the embedded store: one writer, readers that each keep their snapshot, in threads and processes."""

import subprocess
import sys
import threading
from pathlib import Path

import pyarrow as pa
import pytest
from gremlin_python.process.graph_traversal import GraphTraversalSource, __
from gremlin_python.process.traversal import T

from core.errors import BadInputError, ConflictError, RetryableError
from graph.contract import VertexBatch
from graph.embedded.storage import database
from graph.embedded.storage.database import Database
from graph.stores.embedded import EmbeddedStore
from tests.graph.embedded_graphs import modern, open_with

COUNTER = """
import sys
from pathlib import Path
from core.errors import RetryableError
from graph.stores.embedded import EmbeddedStore
store = EmbeddedStore(Path(sys.argv[1]))
for _ in range(int(sys.argv[2])):
    while True:
        transaction = store.g().tx()
        g = transaction.begin()
        try:
            count = g.V("marko").values("age").next()
            g.V("marko").property("age", count + 1).iterate()
            transaction.commit()
            break
        except RetryableError:
            transaction.rollback()
store.close()
"""


@pytest.fixture
def store(tmp_path: Path) -> EmbeddedStore:
    """A store with the six toy vertices."""
    return open_with(tmp_path, modern())


def age(g: GraphTraversalSource) -> object:
    """Marko's age."""
    return g.V("marko").values("age").next()


def test_a_commit_shows_all_of_a_transaction_and_nothing_before(store: EmbeddedStore) -> None:
    """The transaction sees its own writes at once, everybody else after the commit."""
    transaction = store.g().tx()
    g = transaction.begin()
    g.V("marko").property("age", 30).iterate()
    g.add_v("person").property("name", "ann").iterate()
    assert (age(g), g.V().count().next()) == (30, 7)
    assert (age(store.g()), store.g().V().count().next()) == (29, 6)
    transaction.commit()
    assert (age(store.g()), store.g().V().count().next()) == (30, 7)
    store.close()


def test_a_rollback_takes_everything_back(store: EmbeddedStore) -> None:
    """After it the graph is as before, and another transaction may write."""
    transaction = store.g().tx()
    g = transaction.begin()
    g.V("marko").drop().iterate()
    assert g.E().count().next() == 3
    transaction.rollback()
    assert (store.g().V().count().next(), store.g().E().count().next()) == (6, 6)
    store.g().add_v("person").iterate()
    with pytest.raises(ConflictError, match="over"):
        g.V().to_list()
    store.close()


def test_a_failed_traversal_leaves_the_rest_of_its_transaction(store: EmbeddedStore) -> None:
    """Only what the failing traversal wrote is taken back."""
    transaction = store.g().tx()
    g = transaction.begin()
    g.V("marko").property("age", 30).iterate()
    with pytest.raises(BadInputError):
        g.V("marko").property("age", 31).side_effect(__.out_e().drop()).add_v("x").fail("stop").to_list()
    transaction.commit()
    assert age(store.g()) == 30
    assert (store.g().V().count().next(), store.g().E().count().next()) == (6, 6)
    store.close()


def test_a_reader_keeps_its_snapshot_whatever_is_written(store: EmbeddedStore) -> None:
    """Columns that a later load replaced are read as they were, even those never asked for before."""
    reader, other = EmbeddedStore(store.directory), EmbeddedStore(store.directory)
    transaction = reader.g().tx()
    g = transaction.begin()
    assert g.V().count().next() == 6
    other.load([VertexBatch(label="person", table=pa.table({"id": ["marko"], "name": ["changed"]}))])
    other.g().V("josh").drop().iterate()
    assert g.V().has_label("person").values("name").order().to_list() == ["josh", "marko", "peter", "vadas"]
    assert g.E().has_label("created").values("weight").sum_().next() == pytest.approx(2.0)
    transaction.rollback()
    assert store.g().V().has_label("person").values("name").order().to_list() == ["changed", "peter", "vadas"]
    for opened in (reader, other, store):
        opened.close()


def test_what_was_read_must_still_be_so_when_writing(store: EmbeddedStore) -> None:
    """A transaction that read an old snapshot may not write upon it."""
    transaction = store.g().tx()
    g = transaction.begin()
    assert age(g) == 29
    store.g().V("marko").property("age", 50).iterate()
    with pytest.raises(RetryableError, match="since"):
        g.V("marko").property("age", 30).iterate()
    transaction.rollback()
    assert age(store.g()) == 50
    store.close()


def test_a_writer_waits_only_so_long(tmp_path: Path) -> None:
    """While one transaction writes, another of this process or of another raises after its wait."""
    one, other = Database(tmp_path, wait_s=0.05), Database(tmp_path, wait_s=0.05)
    writing = one.begin()
    for waiting in (one, other):
        with pytest.raises(RetryableError, match="writing"):
            waiting.begin()
    writing.rollback()
    other.begin().rollback()
    one.close()
    other.close()


def test_an_abandoned_transaction_does_not_block(store: EmbeddedStore) -> None:
    """When nobody holds a transaction any more, it is taken back."""
    g = store.g().tx().begin()
    g.V("marko").property("age", 1).iterate()
    del g
    store.g().V("josh").property("age", 33).iterate()
    assert age(store.g()) == 29
    store.close()


def test_no_write_is_lost_between_processes(store: EmbeddedStore) -> None:
    """Three processes that count together count right, and this one sees it without reopening."""
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", COUNTER, str(store.directory), "7"]
    processes = [subprocess.Popen(command, cwd=root) for _ in range(3)]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    assert age(store.g()) == 29 + 21
    store.close()


def test_threads_write_one_after_the_other(store: EmbeddedStore) -> None:
    """Single traversals of several threads are all kept; readers beside them see whole states."""
    seen: list[int] = []

    def write() -> None:
        for _ in range(10):
            store.g().V("marko").property("age", __.values("age").math("_ + 1")).add_v("mark").iterate()
            seen.append(store.g().V().has_label("mark").count().next())

    threads = [threading.Thread(target=write) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.g().V().has_label("mark").count().next() == 30
    assert age(store.g()) == 59
    store.close()


def test_many_single_writes_become_columns(store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond a number they are folded into the frames, and nothing is different for it."""
    monkeypatch.setattr(database, "FOLD_AT", 8)
    other = EmbeddedStore(store.directory)
    for number in range(20):
        other.g().add_v("mark").property(T.id, f"m{number}").property("number", number).iterate()
        size = other._database.newest().graph.overlay.size  # pyright: ignore[reportPrivateUsage]  # it looks inside
        assert size <= 8
    assert store.g().V().has_label("mark").values("number").sum_().next() == 190
    other.close()
    store.close()
