"""Where requests of one connection run: each by itself, or together in a transaction that the driver ends."""

from typing import Any

from gremlin_python.process.graph_traversal import GraphTraversal
from gremlin_python.process.traversal import Bytecode

from core.errors import BadInputError
from graph.contract import GraphStore


class Sessions:
    """The transactions of one connection, by the driver's names; what is not committed is taken back at the end.

    Args:
        store: the graph.
    """

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self._open: dict[str, tuple[Any, Any]] = {}

    def run(self, bytecode: Bytecode, session: str | None) -> list[Any]:
        """Evaluate bytecode, in the session if it names one.

        Raises:
            BadInputError: the store knows no transactions.
        """
        change = _transaction(bytecode)
        if session is None:
            if change:
                raise BadInputError("There is no transaction to end.", remedy="Begin one with g.tx().begin().")
            g = self._store.g()
            return self._store.run(GraphTraversal(g.graph, g.traversal_strategies, bytecode))
        if change:
            return self._end(session, commit=change == "commit")
        _, g = self._begun(session)
        found: list[Any] = GraphTraversal(g.graph, g.traversal_strategies, bytecode).to_list()
        return found

    def close(self, session: str | None = None) -> None:
        """Take back what is open: of one session, or of all."""
        for name in [session] if session is not None else list(self._open):
            self._end(name, commit=False)

    def _begun(self, session: str) -> tuple[Any, Any]:
        if session not in self._open:
            transaction = self._store.g().tx()
            try:
                self._open[session] = (transaction, transaction.begin())
            except (NotImplementedError, AttributeError) as error:
                raise BadInputError(
                    "This graph knows no transactions of several traversals.", remedy="Send them without a session."
                ) from error
        return self._open[session]

    def _end(self, session: str, *, commit: bool) -> list[Any]:
        transaction, _ = self._open.pop(session, (None, None))
        if transaction is not None:
            transaction.commit() if commit else transaction.rollback()
        return []


def _transaction(bytecode: Bytecode) -> str | None:
    first = bytecode.source_instructions[:1]
    return str(first[0][1]) if first and first[0][0] == "tx" else None
