"""What travels between a driver and the server, before it is bytes and after."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Protocol
from uuid import UUID

from core.errors import BadInputError

Authenticate = Callable[[str, str], bool]
"""Says whether this user name and password may ask."""


class Status(IntEnum):
    """The codes of the protocol that this server sends."""

    SUCCESS = 200
    NO_CONTENT = 204
    PARTIAL = 206
    UNAUTHORIZED = 401
    AUTHENTICATE = 407
    MALFORMED = 498
    INVALID = 499
    SERVER_ERROR = 500
    FAIL_STEP = 595
    TEMPORARY = 596
    EVALUATION = 597
    TIMEOUT = 598
    SERIALIZATION = 599


class MalformedError(BadInputError):
    """A message of the Gremlin protocol cannot be read.

    Its fact `request_id` says whom to answer, where so much could be read.
    """

    code = "GREMLIN_MESSAGE"


class ClosureError(ValueError):
    """A request holds code of some language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a driver asks.

    Attributes:
        id: the driver's name for it; every answer bears it.
        processor: empty, `traversal` or `session`.
        op: `bytecode`, `eval`, `authentication` or `close`.
        arguments: `gremlin`, `bindings`, `batchSize`, `sasl` and the like, as Python values.
    """

    id: UUID
    processor: str
    op: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One message of an answer; several with `PARTIAL` may come before the last."""

    id: UUID | None
    status: Status
    message: str = ""
    data: list[Any] = field(default_factory=list[Any])
    attributes: Mapping[str, Any] = field(default_factory=dict[str, Any])


class Codec(Protocol):
    """One way of writing messages as bytes."""

    def read(self, payload: bytes) -> Request:
        """Read a request.

        Raises:
            MalformedError: it is none.
        """
        ...

    def write(self, response: Response) -> bytes:
        """Write an answer.

        Raises:
            TypeError: a value has no form in this way of writing.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ServingSettings:
    """Bounds and names of a server.

    Attributes:
        sources: names under which drivers may ask for the graph.
        batch: results in one message where the driver names no number.
        timeout_s: seconds that a request may take where the driver asks for no less.
        workers: requests that are evaluated at the same time; more wait.
        writes: whether traversals that write are evaluated.
        results: the most results of one request, equal ones counted as often as they occur.
        request_bytes: the longest message that is read; a longer one ends its connection.
        answer_bytes: beyond this a message of several results is cut in two.
        session_s: seconds without a request after which an open transaction is taken back and its connection ended.
    """

    sources: tuple[str, ...] = ("g",)
    batch: int = 64
    timeout_s: float = 30.0
    workers: int = 4
    writes: bool = False
    results: int = 5_000_000
    request_bytes: int = 16 * 1024 * 1024
    answer_bytes: int = 4 * 1024 * 1024
    session_s: float = 600.0
