"""The embedded store: the graph in one directory of the workspace, read by many threads, written by one at a time."""

import threading
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from gremlin_python.process.anonymous_traversal import traversal as anonymous
from gremlin_python.process.graph_traversal import GraphTraversal, GraphTraversalSource
from gremlin_python.process.traversal import Bytecode, Traverser

from core.errors import RetryableError
from graph.contract import Batch, Difference, WriteReport
from graph.embedded.answers import to_remote
from graph.embedded.connection import EmbeddedConnection
from graph.embedded.evaluation import evaluate, writes
from graph.embedded.frontend import to_plan
from graph.embedded.storage.database import Database
from graph.stores.requests import newest_snapshot

T = TypeVar("T")


class EmbeddedStore:
    """A `GraphStore` in this process.

    Every traversal is one transaction: evaluated wholly, kept or taken back wholly. Reads go on side by side; a write
    waits for them and they for it.

    Args:
        directory: the workspace's `graph/` directory; made when there is none.
    """

    def __init__(self, directory: Path) -> None:
        self._database = Database(directory)
        self._lock = SharedLock()
        self._source = anonymous().with_(EmbeddedConnection(self.submit))

    def load(self, batches: Iterable[Batch]) -> WriteReport:
        """Upsert batches; see `GraphStore.load`."""
        with self._lock.exclusive():
            return self._database.load(batches)

    def apply(self, difference: Difference) -> WriteReport:
        """Upsert and delete; see `GraphStore.apply`."""
        with self._lock.exclusive():
            return self._database.apply(difference)

    def g(self) -> GraphTraversalSource:
        """A source whose terminal steps run here."""
        return self._source

    def run(self, traversal: GraphTraversal) -> list[object]:
        """All results of a traversal, equal ones as often as they occur."""
        found = self.submit(traversal.bytecode)
        return [item.object for item in found for _ in range(item.bulk)]

    def submit(self, bytecode: Bytecode) -> list[Traverser]:
        """Evaluate bytecode as a server would; errors as in `graph.embedded.evaluation.evaluate`."""
        try:
            return self._evaluate(bytecode)
        except RetryableError:
            with self._lock.exclusive():
                self._database.refresh()
            return self._evaluate(bytecode)

    def _evaluate(self, bytecode: Bytecode) -> list[Traverser]:
        self._catch_up()
        with self._lock.shared():
            plan = to_plan(bytecode, self._database.graph.resolve)
            if not writes(plan):
                return [to_remote(item, self._database.graph) for item in evaluate(plan, self._database.graph)]
        with self._lock.exclusive():
            return self._write(bytecode)

    def _catch_up(self) -> None:
        if self._database.is_behind():
            with self._lock.exclusive():
                self._database.refresh()

    def _write(self, bytecode: Bytecode) -> list[Traverser]:
        self._database.refresh()
        graph = self._database.graph
        try:
            found = [to_remote(item, graph) for item in evaluate(to_plan(bytecode, graph.resolve), graph)]
        except BaseException:
            graph.overlay.undo()
            raise
        self._database.keep()
        return found

    def snapshot(self) -> str | None:
        """The lake snapshot that this graph shows."""
        found = self.run(newest_snapshot(self._source))
        return str(found[0]) if found else None

    def close(self) -> None:
        """Let go of the directory."""
        with self._lock.exclusive():
            self._database.close()


class SharedLock:
    """Many readers or one writer; a waiting writer goes before new readers. Not reentrant."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._readers = 0
        self._writing = False
        self._waiting = 0

    @contextmanager
    def shared(self) -> Generator[None]:
        """Hold beside other readers."""
        with self._condition:
            self._condition.wait_for(lambda: not self._writing and not self._waiting)
            self._readers += 1
        try:
            yield
        finally:
            with self._condition:
                self._readers -= 1
                self._condition.notify_all()

    @contextmanager
    def exclusive(self) -> Generator[None]:
        """Hold alone."""
        with self._condition:
            self._waiting += 1
            self._condition.wait_for(lambda: not self._writing and not self._readers)
            self._waiting -= 1
            self._writing = True
        try:
            yield
        finally:
            with self._condition:
                self._writing = False
                self._condition.notify_all()


__all__ = ["EmbeddedStore"]
