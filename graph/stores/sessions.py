"""A transaction of the embedded store: reads one snapshot, becomes the writer at its first write, ends as told."""

import threading
from collections.abc import Generator
from contextlib import ExitStack, contextmanager

from gremlin_python.process.traversal import Bytecode, Traverser

from core.errors import ConflictError
from graph.contract import GraphSettings
from graph.embedded.answers import to_remote
from graph.embedded.evaluation import evaluate, writes
from graph.embedded.frontend import to_plan
from graph.embedded.limits import LimitError
from graph.embedded.plan import Plan
from graph.embedded.storage.database import Database, Snapshot, Writing
from graph.embedded.storage.graph import Graph
from graph.stores.bounds import limits_of


class EmbeddedSession:
    """What `g.tx().begin()` opens.

    Reads see the graph as it was at the first of them, and the transaction's own writes. A traversal that fails is
    taken back by itself; what came before it stays until commit or rollback. Safe from several threads.
    """

    def __init__(self, database: Database, settings: GraphSettings) -> None:
        self._database = database
        self._settings = settings
        self._lock = threading.RLock()
        self._pin = ExitStack()
        self._seen: Snapshot | None = None
        self._writing: Writing | None = None
        self._is_over = False

    def submit(self, bytecode: Bytecode) -> list[Traverser]:
        """Evaluate a traversal inside the transaction.

        Raises:
            ConflictError: the transaction is over.
            RetryableError: it wants to write, and others have written since it began to read.
        """
        with self._lock, bounded():
            if self._is_over:
                raise ConflictError("The transaction is over.", remedy="Begin another one.")
            if self._writing is None and writes(to_plan(bytecode, self._database.newest().graph.resolve)):
                self._begin_writing()
            return self._evaluate(bytecode)

    def _begin_writing(self) -> None:
        self._writing = self._database.begin(seen=self._seen)
        self._pin.close()

    def _evaluate(self, bytecode: Bytecode) -> list[Traverser]:
        if self._writing is None:
            if self._seen is None:
                self._seen = self._pin.enter_context(self._database.pinned())
            return evaluated(bytecode, self._seen.graph, self._settings)
        return statement(bytecode, self._writing.graph, self._settings)

    def commit(self) -> None:
        """Keep what was written.

        Raises:
            RetryableError: it could not be written to the disk; nothing is kept.
        """
        with self._lock:
            writing, self._writing = self._writing, None
            self._end()
            if writing is not None:
                writing.commit()
                self._database.fold()

    def rollback(self) -> None:
        """Take back what was written; nothing happens when the transaction is over."""
        with self._lock:
            writing, self._writing = self._writing, None
            self._end()
            if writing is not None:
                writing.rollback()

    def _end(self) -> None:
        self._is_over = True
        self._pin.close()

    def __del__(self) -> None:
        """A transaction that nobody ended is taken back, so that others may write."""
        self.rollback()


@contextmanager
def bounded() -> Generator[None]:
    """Say what ran out as an error of ours: the interpreter's stack, or memory."""
    try:
        yield
    except RecursionError as error:
        raise LimitError(
            "The traversal is nested too deep.", remedy="Use repeat() rather than steps in steps.", limit="nesting"
        ) from error
    except MemoryError as error:
        raise LimitError(
            "The traversal needs more memory than there is.", remedy="Ask for less.", limit="memory_mb"
        ) from error


def evaluated(bytecode: Bytecode, graph: Graph, settings: GraphSettings) -> list[Traverser]:
    """Evaluate a traversal on a graph; errors as in `graph.embedded.evaluation.evaluate`."""
    return answered(to_plan(bytecode, graph.resolve), graph, settings)


def answered(plan: Plan, graph: Graph, settings: GraphSettings) -> list[Traverser]:
    """Evaluate a plan made for this graph; errors as in `graph.embedded.evaluation.evaluate`."""
    found = evaluate(plan, graph, limits=limits_of(plan, settings.limits), language=settings.language)
    return [to_remote(item, graph) for item in found]


def statement(bytecode: Bytecode, graph: Graph, settings: GraphSettings) -> list[Traverser]:
    """Evaluate a traversal that may write to a fork; on an error all that it wrote is taken back."""
    graph.overlay.mark()
    try:
        return evaluated(bytecode, graph, settings)
    except BaseException:
        graph.overlay.undo()
        raise
