"""Where requests of one connection run: each by itself, or together in a transaction that the driver ends."""

from typing import Any

from gremlin_python.process.graph_traversal import GraphTraversal
from gremlin_python.process.traversal import Bytecode, TraversalStrategy

from core.errors import BadInputError
from graph.contract import GraphStore
from graph.stores.bounds import TIMEOUT_OPTION, expanded
from graph.text.query import OPTIONS
from graph.text.words import STRATEGIES


class Sessions:
    """The transactions of one connection, by the driver's names; what is not committed is taken back at the end.

    Args:
        store: the graph.
        most: results of one request.
    """

    def __init__(self, store: GraphStore, most: int) -> None:
        self._store = store
        self._most = most
        self._open: dict[str, tuple[Any, Any]] = {}

    @property
    def are_open(self) -> bool:
        """Whether a transaction has been begun and not been ended."""
        return bool(self._open)

    def run(self, bytecode: Bytecode, session: str | None, limit_s: float) -> list[Any]:
        """Evaluate bytecode, in the session if it names one, for so many seconds at most.

        Raises:
            BadInputError: the store knows no transactions.
            LimitError: there are too many results, or it took too long.
        """
        change = _transaction(bytecode)
        bytecode = limited(bytecode, limit_s)
        if session is None:
            if change:
                raise BadInputError("There is no transaction to end.", remedy="Begin one with g.tx().begin().")
            g = self._store.g()
            return self._store.run(GraphTraversal(g.graph, g.traversal_strategies, bytecode))
        if change:
            return self._end(session, commit=change == "commit")
        _, g = self._begun(session)
        traversal: Any = GraphTraversal(g.graph, g.traversal_strategies, bytecode)
        traversal.traversal_strategies.apply_strategies(traversal)
        return expanded(list(traversal.traversers), self._most)

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


def limited(bytecode: Bytecode, limit_s: float) -> Bytecode:
    """The same with its time as an option, as a driver would say it: whoever evaluates it gives up by itself."""
    found = Bytecode(bytecode)
    given = [one for _, *arguments in found.source_instructions for one in arguments]
    options = [one.configuration for one in given if isinstance(one, TraversalStrategy)]
    asked = [int(one[TIMEOUT_OPTION]) for one in options if one.get(TIMEOUT_OPTION)]
    limit_ms = min([max(1, int(limit_s * 1000)), *asked])
    found.add_source("withStrategies", TraversalStrategy(OPTIONS, {TIMEOUT_OPTION: limit_ms}, STRATEGIES[OPTIONS]))
    return found


def _transaction(bytecode: Bytecode) -> str | None:
    first = bytecode.source_instructions[:1]
    return str(first[0][1]) if first and first[0][0] == "tx" else None
