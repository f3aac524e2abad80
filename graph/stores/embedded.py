"""The embedded store: the graph in one directory of the workspace, read by many threads, written by one at a time."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pyarrow as pa
from gremlin_python.process.graph_traversal import GraphTraversal, GraphTraversalSource
from gremlin_python.process.traversal import Bytecode, Traverser

from core.errors import RetryableError
from graph.contract import Batch, Difference, GraphSettings, WriteReport
from graph.embedded.connection import EmbeddedConnection, source
from graph.embedded.evaluation import writes
from graph.embedded.frontend import to_plan
from graph.embedded.plan import Plan
from graph.embedded.storage.arrays import UnfitError, properties_of
from graph.embedded.storage.database import Database
from graph.embedded.storage.frames import EDGE, VERTEX
from graph.embedded.storage.graph import Graph
from graph.stores.bounds import expanded
from graph.stores.requests import newest_snapshot
from graph.stores.sessions import EmbeddedSession, answered, bounded, evaluated, statement

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
        """All results of a traversal, equal ones as often as they occur.

        Raises:
            LimitError: it went beyond a limit; here equal results count as often as they occur.
        """
        return expanded(self.submit(traversal.bytecode), self._settings.limits.results)

    def submit(self, bytecode: Bytecode) -> list[Traverser]:
        """Evaluate bytecode as a server would; errors as in `graph.embedded.evaluation.evaluate`."""
        with bounded():
            graph = self._database.newest().graph
            plan = to_plan(bytecode, graph.resolve)
            return self._write(bytecode) if writes(plan) else self._read(bytecode, plan, graph)

    def _read(self, bytecode: Bytecode, plan: Plan, graph: Graph) -> list[Traverser]:
        try:
            return answered(plan, graph, self._settings)
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

    def properties(self, ids: pa.Array, *, edges: bool) -> pa.Table | None:
        """Properties of many elements; see `ColumnReader.properties`."""
        with self._database.pinned() as snapshot:
            try:
                return properties_of(snapshot.graph, EDGE if edges else VERTEX, ids)
            except UnfitError:
                return None

    def close(self) -> None:
        """Let go of the directory."""
        self._database.close()


__all__ = ["EmbeddedStore"]
