"""The Gremlin Server store: any server that speaks TinkerPop 3.7 or 3.8, Neptune among them.

Only this module and `graph.stores.connections` import the driver. It cannot work inside an event loop, so every request
runs in a thread of this store. A load is not one transaction: it is idempotent instead, and the Snapshot vertex comes
last, so a load that was cut off is finished by doing it again. What is particular to Neptune is written by its
documentation and has not been run against it.
"""

import socket
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from gremlin_python.driver.protocol import GremlinServerError
from gremlin_python.driver.remote_connection import RemoteConnection, RemoteTraversal
from gremlin_python.process.anonymous_traversal import traversal as anonymous
from gremlin_python.process.graph_traversal import GraphTraversal, GraphTraversalSource
from gremlin_python.process.traversal import Bytecode, Traverser

from core.errors import BadInputError, RetryableError
from graph.contract import Batch, Difference, EdgeBatch, WriteReport
from graph.stores.connections import Address, Connections
from graph.stores.dead_letters import DeadLetters
from graph.stores.engine import Line, line_of
from graph.stores.loader import over_http
from graph.stores.requests import (
    REQUEST_IDS,
    count_elements,
    delete_elements,
    ends,
    newest_snapshot,
    read_elements,
    read_properties,
    requests,
    write_elements,
)
from graph.stores.retries import Retries
from graph.stores.routing import routed
from graph.stores.rows import Properties, Row, changed, rows
from graph.text import WRITING, step_names

T = TypeVar("T")
Item = TypeVar("Item")
CONNECT_S: Final = 5.0
DISCARDING: Final = (3, 8)
"""The first line that knows `discard`, which 3.7 calls `none`."""
PORTS: Final[Mapping[str, int]] = {"ws": 80, "wss": 443}


class ServerStore:
    """A `GraphStore` on a Gremlin Server.

    Args:
        address: where the server is; nothing is opened before the first request.
        retries: what to do when the server is busy or the connection breaks.
        dead_letters: where to write down what the server refuses; without it the first refusal ends a load.
        line: asks which line of TinkerPop the server speaks; None is no answer.
    """

    def __init__(
        self,
        address: Address,
        retries: Retries,
        dead_letters: Path | None = None,
        line: Callable[[], Line | None] = lambda: None,
    ) -> None:
        self._connections = Connections(address)
        self._writers = address.connections
        self._retries = retries
        self._dead_letters = dead_letters
        self._threads = ThreadPoolExecutor(address.connections, thread_name_prefix="gremlin")
        self._line = line
        self._discards: bool | None = None
        self._source = anonymous().with_(_Remote(self._submit))

    def load(self, batches: Iterable[Batch]) -> WriteReport:
        """Upsert batches, writing only what differs; see `GraphStore.load`, but for `all of it or nothing`."""
        vertices = edges = 0
        refused = DeadLetters(self._dead_letters) if self._dead_letters else None
        for batch in batches:
            written = self._upsert(batch, refused)
            vertices += 0 if isinstance(batch, EdgeBatch) else written
            edges += written if isinstance(batch, EdgeBatch) else 0
        if refused:
            refused.check()
        return WriteReport(vertices_written=vertices, edges_written=edges)

    def apply(self, difference: Difference) -> WriteReport:
        """Upsert, then delete; see `GraphStore.apply`, but for `one transaction`."""
        written = self.load(difference.upserts)
        edges = self._delete(difference.deleted_edges.to_pylist(), edges=True)
        vertices = self._delete(difference.deleted_vertices.to_pylist(), edges=False)
        return WriteReport(
            vertices_written=written.vertices_written,
            edges_written=written.edges_written,
            vertices_deleted=vertices,
            edges_deleted=edges,
        )

    def g(self) -> GraphTraversalSource:
        """A source whose terminal steps run on the server."""
        return self._source

    def run(self, traversal: GraphTraversal) -> list[Any]:
        """All results of a traversal, equal ones as often as they occur."""
        return [item.object for item in self._submit(traversal.bytecode) for _ in range(item.bulk)]

    def snapshot(self) -> str | None:
        """The lake snapshot that this graph shows."""
        found = self.run(newest_snapshot(self._source))
        return str(found[0]) if found else None

    def close(self) -> None:
        """Close the connections."""
        self._threads.submit(self._connections.close).result()
        self._threads.shutdown()

    def _submit(self, bytecode: Bytecode) -> list[Traverser]:
        repeatable = WRITING.isdisjoint(step_names(bytecode))
        return self._threads.submit(self._retries.run, lambda: self._ask(bytecode), repeatable=repeatable).result()

    def _ask(self, bytecode: Bytecode) -> list[Traverser]:
        """One request. A server that says or shows that it does not know `discard` is asked with `none` for it."""
        if not _discards(bytecode):
            return self._connections.submit(bytecode)
        if self._discards is None:
            said = self._line()
            self._discards = said is None or said >= DISCARDING
        if not self._discards:
            return self._connections.submit(_without_discard(bytecode))
        try:
            return self._connections.submit(bytecode)
        except GremlinServerError as error:
            if "discard" not in str(error):
                raise
            found = self._connections.submit(_without_discard(bytecode))
            self._discards = False
            return found

    def _upsert(self, batch: Batch, refused: DeadLetters | None) -> int:
        is_edge = isinstance(batch, EdgeBatch)
        return sum(
            sum(self._threads_map(lambda part: self._upsert_part(part, refused, edges=is_edge), parts))
            for parts in routed(rows(batch), self._writers)
        )

    def _upsert_part(self, part: Sequence[Row], refused: DeadLetters | None, *, edges: bool) -> int:
        """What one writer does, one request after the other."""
        return sum(self._upsert_some(some, refused, edges=edges) for some in _cut(part, REQUEST_IDS))

    def _upsert_some(self, some: Sequence[Row], refused: DeadLetters | None, *, edges: bool) -> int:
        present = self._present([row.id for row in some], edges=edges)
        wanted = changed(some, present)
        if edges:
            self._check_ends(wanted)
        return sum(self._write(request, present, refused) for request in requests(wanted, present))

    def _write(self, request: Sequence[Row], present: Mapping[str, Properties], refused: DeadLetters | None) -> int:
        """Write rows in one request; those that the server refuses are found by halving and written down."""
        try:
            self._direct(write_elements(self._source, request, present))
        except GremlinServerError as error:
            if refused is None:
                raise
            if len(request) == 1:
                refused.add(request, error)
                return 0
            middle = len(request) // 2
            return sum(self._write(half, present, refused) for half in (request[:middle], request[middle:]))
        return len(request)

    def _present(self, ids: Sequence[str], *, edges: bool) -> dict[str, Properties]:
        return read_properties(self._direct(read_elements(self._source, ids, edges=edges)), edges=edges)

    def _check_ends(self, wanted: Sequence[Row]) -> None:
        for part in _cut(ends(wanted), REQUEST_IDS):
            if self._direct(count_elements(self._source, part, edges=False)) != [len(part)]:
                raise BadInputError(
                    f"{wanted[0].label}: an edge joins a vertex that is not there.",
                    remedy="Load vertices before their edges.",
                    label=wanted[0].label,
                )

    def _delete(self, ids: Sequence[str], *, edges: bool) -> int:
        deleted = 0
        for part in _cut(sorted(set(ids)), REQUEST_IDS):
            deleted += sum(self.run(count_elements(self._source, part, edges=edges)))
            self.run(delete_elements(self._source, part, edges=edges))
        return deleted

    def _direct(self, traversal: GraphTraversal) -> list[Any]:
        """Run in this thread, which is one of the store's own."""
        found = self._retries.run(lambda: self._ask(traversal.bytecode))
        return [item.object for item in found for _ in range(item.bulk)]

    def _threads_map(self, call: Callable[[Item], T], items: Iterable[Item]) -> list[T]:
        return list(self._threads.map(call, items))


class _Remote(RemoteConnection):
    """What a traversal source sends its bytecode through."""

    def __init__(self, submit: Callable[[Bytecode], list[Traverser]]) -> None:
        super().__init__("", "")
        self._send = submit

    def close(self) -> None:
        """The store closes; a source has nothing of its own."""

    def submit(self, bytecode: Bytecode) -> RemoteTraversal:
        return RemoteTraversal(iter(self._send(bytecode)))

    def submit_async(self, bytecode: Bytecode) -> None:
        raise NotImplementedError

    def submitAsync(self, bytecode: Bytecode) -> None:  # noqa: N802 (the driver's name)
        raise NotImplementedError


def connect_server(
    address: Address | str, *, retries: Retries | None = None, dead_letters: Path | None = None
) -> ServerStore:
    """Connect to a Gremlin Server.

    Args:
        address: where and how; text such as `ws://localhost:8182/gremlin` stands for an address with our defaults.
        retries: what to do when the server is busy or the connection breaks.
        dead_letters: where to write down what the server refuses.

    Raises:
        BadInputError: the address is no WebSocket address.
        RetryableError: nothing listens there.
    """
    given = Address(url=address) if isinstance(address, str) else address
    _check_listening(given.url)
    sign = given.sign
    send = over_http((lambda _, url, __: sign(url)) if sign else None, trust=given.trust, answer_s=CONNECT_S)
    return ServerStore(given, retries or Retries(), dead_letters, lambda: line_of(send, given.url))


def _check_listening(url: str) -> None:
    """Look before the driver does: what it leaves behind after a refused connection complains later."""
    address = urlsplit(url)
    if address.scheme not in PORTS or address.hostname is None:
        raise BadInputError(
            "No WebSocket address.", remedy="Write it like ws://localhost:8182/gremlin.", key="graph.url"
        )
    try:
        socket.create_connection((address.hostname, address.port or PORTS[address.scheme]), CONNECT_S).close()
    except OSError as error:
        raise RetryableError("No Gremlin Server answers there.", remedy="Start it, or correct graph.url.") from error


def _discards(bytecode: Bytecode) -> bool:
    return any(step[0] == "discard" for step in bytecode.step_instructions)


def _without_discard(bytecode: Bytecode) -> Bytecode:
    """The same with `none` for `discard`, as 3.7 calls it."""
    old = Bytecode(bytecode)
    old.step_instructions = [["none"] if step[0] == "discard" else step for step in bytecode.step_instructions]
    return old


def _cut(items: Sequence[Item], size: int) -> Iterable[Sequence[Item]]:
    return (items[start : start + size] for start in range(0, len(items), size))
