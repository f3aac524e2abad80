"""The embedded store: the graph in one directory of the workspace, read by many threads, written by one at a time."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from gremlin_python.process.graph_traversal import GraphTraversal, GraphTraversalSource
from gremlin_python.process.traversal import Bytecode, Traverser

from core.errors import RetryableError
from graph.contract import Batch, Difference, GraphSettings, WriteReport
from graph.embedded.connection import EmbeddedConnection, source
from graph.embedded.evaluation import writes
from graph.embedded.frontend import to_plan
from graph.embedded.storage.database import Database
from graph.embedded.storage.graph import Graph
from graph.stores.requests import newest_snapshot
from graph.stores.sessions import EmbeddedSession, bounded, evaluated, statement

DEFAULTS: Final = GraphSettings()


class EmbeddedStore:
    """A `GraphStore` in this process.

    Every traversal is one transaction, evaluated wholly, kept or taken back wholly, unless `g.tx()` makes several one.
    Reads go on side by side and beside the one writer, each on the graph as a commit left it.

    Args:
        directory: the workspace's `graph/` directory; made when there is none.
        settings: limits, and how long a write waits.
    """

    def __init__(self, directory: Path, settings: GraphSettings = DEFAULTS) -> None:
        self.directory = directory
        self._settings = settings
        self._database = Database(directory, wait_s=settings.write_wait_s)
        self.connection = EmbeddedConnection(self.submit, self._session)
        self._source = source(self.connection)

    def _session(self) -> EmbeddedSession:
        return EmbeddedSession(self._database, self._settings)

    def load(self, batches: Iterable[Batch]) -> WriteReport:
        """Upsert batches; see `GraphStore.load`."""
        return self._database.load(batches)

    def apply(self, difference: Difference) -> WriteReport:
        """Upsert and delete; see `GraphStore.apply`."""
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
        with bounded():
            graph = self._database.newest().graph
            if writes(to_plan(bytecode, graph.resolve)):
                return self._write(bytecode)
            return self._read(bytecode, graph)

    def _read(self, bytecode: Bytecode, graph: Graph) -> list[Traverser]:
        try:
            return evaluated(bytecode, graph, self._settings)
        except RetryableError:
            with self._database.pinned() as snapshot:
                return evaluated(bytecode, snapshot.graph, self._settings)

    def _write(self, bytecode: Bytecode) -> list[Traverser]:
        with self._database.writing() as transaction:
            found = statement(bytecode, transaction.graph, self._settings)
        self._database.fold()
        return found

    def snapshot(self) -> str | None:
        """The lake snapshot that this graph shows."""
        found = self.run(newest_snapshot(self._source))
        return str(found[0]) if found else None

    def close(self) -> None:
        """Let go of the directory."""
        self._database.close()


__all__ = ["EmbeddedStore"]
