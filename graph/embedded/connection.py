"""Gives `traversal().with_(…)` an ordinary `g`: what a driver would send to a server is evaluated here."""

from collections.abc import Callable
from typing import Any, Protocol

from gremlin_python.driver.remote_connection import RemoteConnection, RemoteTraversal
from gremlin_python.process.anonymous_traversal import traversal as anonymous
from gremlin_python.process.graph_traversal import GraphTraversalSource
from gremlin_python.process.traversal import Bytecode, Traverser

Submit = Callable[[Bytecode], list[Traverser]]


class Session(Protocol):
    """A transaction that a caller ends."""

    def submit(self, bytecode: Bytecode) -> list[Traverser]:
        """Evaluate a traversal inside the transaction."""
        ...

    def commit(self) -> None:
        """Keep what was written."""
        ...

    def rollback(self) -> None:
        """Take back what was written; nothing happens when the transaction is over."""
        ...


def source(connection: RemoteConnection) -> GraphTraversalSource:
    """A `g` on a connection, made as the installed line of gremlinpython, 3.7 or 3.8, does."""
    begin: Any = anonymous()
    connect: Callable[[RemoteConnection], GraphTraversalSource] = getattr(begin, "with_", None) or begin.with_remote
    return connect(connection)


class EmbeddedConnection(RemoteConnection):
    """Hands bytecode to a function and its traversers back; `g.tx().begin()` opens a session."""

    def __init__(self, submit: Submit, open_session: Callable[[], Session]) -> None:
        super().__init__("embedded", "g")
        self._submit = submit
        self._open_session = open_session

    def submit(self, bytecode: Bytecode) -> Any:
        """Evaluate a traversal wholly."""
        return RemoteTraversal(iter(self._submit(bytecode)))

    def is_closed(self) -> bool:
        """The store closes, not the connection."""
        return False

    def create_session(self) -> "SessionConnection":
        """Begin a transaction."""
        return SessionConnection(self._open_session())

    def remove_session(self, session: "SessionConnection") -> None:
        """A transaction object is done with its session: what it did not commit is taken back."""
        session.rollback()


class SessionConnection(RemoteConnection):
    """The connection of one transaction."""

    def __init__(self, session: Session) -> None:
        super().__init__("embedded", "g")
        self._session = session

    def submit(self, bytecode: Bytecode) -> Any:
        """Evaluate a traversal inside the transaction."""
        return RemoteTraversal(iter(self._session.submit(bytecode)))

    def is_closed(self) -> bool:
        """It ends with its transaction."""
        return False

    def is_session_bound(self) -> bool:
        """Always."""
        return True

    def commit(self) -> None:
        """Keep what was written."""
        self._session.commit()

    def rollback(self) -> None:
        """Take back what was written."""
        self._session.rollback()
