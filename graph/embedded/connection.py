"""Gives `traversal().with_(…)` an ordinary `g`: what a driver would send to a server is evaluated here."""

from collections.abc import Callable
from typing import Any

from gremlin_python.driver.remote_connection import RemoteConnection, RemoteTraversal
from gremlin_python.process.traversal import Bytecode, Traverser

Submit = Callable[[Bytecode], list[Traverser]]


class EmbeddedConnection(RemoteConnection):
    """Hands bytecode to a function and its traversers back."""

    def __init__(self, submit: Submit) -> None:
        super().__init__("embedded", "g")
        self._submit = submit

    def submit(self, bytecode: Bytecode) -> Any:
        """Evaluate a traversal wholly."""
        return RemoteTraversal(iter(self._submit(bytecode)))

    def is_closed(self) -> bool:
        """The store closes, not the connection."""
        return False
