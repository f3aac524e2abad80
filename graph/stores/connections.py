"""Connections to a Gremlin Server: a few, each used by one thread at a time, made anew when one breaks.

gremlinpython's own pool keeps a connection that the server cut, and every request that meets it fails. Here a client
has one connection; when it breaks, the next request gets another client, with headers signed anew.
"""

import logging
import queue
import ssl
from collections.abc import Callable, Generator, Mapping
from concurrent.futures import TimeoutError as LateError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import ClientError, WSServerHandshakeError
from gremlin_python.driver.aiohttp.transport import AiohttpTransport
from gremlin_python.driver.client import Client
from gremlin_python.driver.protocol import GremlinServerError
from gremlin_python.process.traversal import Bytecode, TraversalStrategy, Traverser

from core.errors import C360Error, DeniedError, RetryableError

logging.getLogger("gremlinpython").setLevel(logging.CRITICAL)
"""The driver logs what a server answers, which may hold personal data; errors are raised anyway."""

GRACE_S: Final = 5.0
"""How much longer the driver's own limit gets to end a wait, before its thread is given up."""
ANSWER_BYTES: Final = 256 * 1024 * 1024
BROKEN: Final = (OSError, ClientError, LateError, TimeoutError, RuntimeError, TypeError, AttributeError)
"""What the driver raises over a connection that is gone; it reads answers that never came as None."""
TURNED_AWAY: Final = (401, 403)
OF_A_REQUEST: Final = ("evaluationTimeout", "batchSize", "materializeProperties")
"""Options of a traversal that a server reads from the request, not from the traversal."""
Sign = Callable[[str], Mapping[str, str]]


class ConnectionLostError(RetryableError):
    """A graph server cut the connection or did not answer in time; whether it did what was asked is unknown."""

    code = "CONNECTION_LOST"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where and how to connect.

    Attributes:
        url: such as `ws://localhost:8182/gremlin`.
        traversal_source: the name under which the server offers the graph.
        connections: how many, which is also how many requests run at the same time.
        answer_s: seconds until a server that says nothing is given up.
        sign: gives the headers of a new connection for its address; none where the server asks for none.
        trust: certificates to trust, in PEM, beside the system's; for `wss://`.
    """

    url: str
    traversal_source: str = "g"
    connections: int = 4
    answer_s: float = 120.0
    sign: Sign | None = None
    trust: str | None = None


class Connections:
    """A fixed number of connections. Not for use inside an event loop; see `graph.stores.server`."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._free: queue.LifoQueue[_Line | None] = queue.LifoQueue()
        for _ in range(address.connections):
            self._free.put(None)

    def submit(self, bytecode: Bytecode) -> list[Traverser]:
        """Send a traversal and wait for its results.

        Raises:
            ConnectionLostError: the connection broke, or the answer took too long.
            DeniedError: the server does not let us in.
            GremlinServerError: the server says no.
        """
        with self._borrowed() as line:
            answer = line.client.submit(bytecode, request_options=_asked_for(bytecode)).all()
            found: list[Traverser] = answer.result(self._address.answer_s + GRACE_S)
        return found

    def close(self) -> None:
        """Close those that are open."""
        for _ in range(self._address.connections):
            _closed(self._free.get())

    @contextmanager
    def _borrowed(self) -> Generator["_Line"]:
        line = self._free.get()
        try:
            line = line or _Line(self._address)
            yield line
        except GremlinServerError as error:
            if "Server disconnected" in str(error):
                _closed(line)
                line = None
                raise _lost() from error
            raise
        except Exception as error:
            _closed(line)
            line = None
            told = _told(error)
            if told is None:
                raise
            raise told from error
        except BaseException:
            _closed(line)
            line = None
            raise
        finally:
            self._free.put(line)


class _Line:
    """A client of one connection, and the transport that the driver forgets when it breaks."""

    def __init__(self, address: Address) -> None:
        headers = dict(address.sign(address.url)) if address.sign else None
        self._transport = AiohttpTransport(
            max_content_length=ANSWER_BYTES,
            read_timeout=address.answer_s,
            write_timeout=address.answer_s,
            **_encrypted(address),
        )
        self.client = Client(
            address.url,
            address.traversal_source,
            pool_size=1,
            headers=headers,
            transport_factory=lambda: self._transport,
            max_content_length=ANSWER_BYTES,
        )

    def close(self) -> None:
        """End the driver's threads, then the transport."""
        with suppress(*BROKEN, GremlinServerError):
            self.client.close()
        with suppress(*BROKEN):
            self._transport.close()


def _asked_for(bytecode: Bytecode) -> dict[str, Any]:
    """What a traversal asks of the server about the request itself, by `with_("evaluationTimeout", 60_000)`."""
    said: list[TraversalStrategy] = [step[1] for step in bytecode.source_instructions if step[0] == "withStrategies"]
    given = [one.configuration for one in said if one.strategy_name == "OptionsStrategy"]
    return {name: options[name] for options in given for name in OF_A_REQUEST if name in options}


def _encrypted(address: Address) -> dict[str, Any]:
    if not address.url.startswith("wss:"):
        return {}
    context = ssl.create_default_context()
    if address.trust is not None:
        context.load_verify_locations(cafile=address.trust)
    return {"ssl_options": context}


def _told(error: Exception) -> C360Error | None:
    """What to say instead of an error of the driver, which hides a refused handshake in one of no type."""
    handshake = error if isinstance(error, WSServerHandshakeError) else error.__context__
    if isinstance(handshake, WSServerHandshakeError) and handshake.status in TURNED_AWAY:
        return DeniedError(
            "The graph server does not let us in.",
            remedy="See the credentials, graph.aws_region, and what they are allowed.",
            status=handshake.status,
        )
    return _lost() if isinstance(error, BROKEN) or isinstance(handshake, WSServerHandshakeError) else None


def _lost() -> ConnectionLostError:
    return ConnectionLostError("The graph server cut the connection or did not answer in time.", remedy="Try again.")


def _closed(line: _Line | None) -> None:
    """Close what is open, and leave nothing in its place."""
    if line is not None:
        line.close()
