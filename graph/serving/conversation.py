"""One connection: who speaks, what they ask, and the frames that answer."""

import asyncio
import base64
import binascii
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from typing import Any, Final, TypeVar
from uuid import UUID

from core.errors import BadInputError
from graph.serving.answering import failure, halves, query, responses, results
from graph.serving.contract import Authenticate, Codec, MalformedError, Request, Response, ServingSettings, Status
from graph.serving.framing import unframed
from graph.serving.sessions import Sessions

T = TypeVar("T")
PROCESSORS: Final = frozenset({"", "traversal", "session"})
Frame = bytes | str


class Conversation:
    """Answers the frames of one connection, one after the other.

    Args:
        sessions: where requests run.
        settings: bounds and names.
        threads: what requests run in.
        authenticate: who may ask; nobody else gets an answer. None lets everybody in.
    """

    def __init__(
        self,
        sessions: Sessions,
        settings: ServingSettings,
        threads: Executor,
        authenticate: Authenticate | None,
    ) -> None:
        self._sessions = sessions
        self._settings = settings
        self._threads = threads
        self._authenticate = authenticate
        self._waiting: Request | None = None
        self._own: ThreadPoolExecutor | None = None

    async def answers(self, frame: Frame) -> AsyncIterator[Frame]:
        """Give the frames that answer one.

        Raises:
            MalformedError: it cannot be read, and nobody knows whom to answer.
        """
        codec, payload = unframed(frame)
        async for response in self._heard(codec, payload):
            left = [response]
            while left:
                one = left.pop()
                written = await self._in_thread(partial(_framed, codec, one))
                if len(written) > self._settings.answer_bytes and len(one.data) > 1:
                    left += reversed(halves(one))
                    continue
                yield written.decode() if isinstance(frame, str) else written

    @property
    def patience_s(self) -> float | None:
        """How long the next request may take to come; None is for ever."""
        return self._settings.session_s if self._sessions.are_open else None

    async def close(self) -> None:
        """Take back what the driver left open."""
        await self._in_thread(self._sessions.close)
        if self._own is not None:
            self._own.shutdown(wait=False)

    async def _heard(self, codec: Codec, payload: bytes) -> AsyncIterator[Response]:
        try:
            request = await self._in_thread(lambda: codec.read(payload))
        except MalformedError as error:
            if error.facts.get("request_id") is None:
                raise
            yield Response(id=UUID(str(error.facts["request_id"])), status=Status.MALFORMED, message=str(error))
            return
        async for response in self._responses(request):
            yield response

    async def _responses(self, request: Request) -> AsyncIterator[Response]:
        if request.op == "authentication":
            waiting, self._waiting = self._waiting, None
            if waiting is None or not await self._admitted(request):
                yield Response(id=request.id, status=Status.UNAUTHORIZED, message="The name or the key is wrong.")
                return
            self._authenticate = None
            request = waiting
        elif self._authenticate is not None:
            self._waiting = request
            yield Response(id=request.id, status=Status.AUTHENTICATE)
            return
        for response in await self._answered(request):
            yield response

    async def _admitted(self, request: Request) -> bool:
        user, password = credentials(request.arguments.get("sasl"))
        ask = self._authenticate
        return ask is not None and await self._in_thread(lambda: ask(user, password))

    async def _answered(self, request: Request) -> list[Response]:
        try:
            async with asyncio.timeout(self._limit_s(request)):
                found = await self._in_thread(lambda: self._found(request), self._place(request))
            return list(responses(request, found, self._settings))
        except TimeoutError:
            text = "The traversal took longer than it may."
            return [Response(id=request.id, status=Status.TIMEOUT, message=text)]
        except Exception as error:  # noqa: BLE001  the driver hears of every failure, and the connection goes on
            return [failure(request, error)]

    def _found(self, request: Request) -> list[Any]:
        if request.processor not in PROCESSORS:
            raise BadInputError("There is no such processor.", remedy="Use traversal or session.")
        session = str(request.arguments["session"]) if request.processor == "session" else None
        if request.op == "close":
            self._sessions.close(session or "")
            return []
        asked = query(request, self._settings)
        limit_s = self._limit_s(request)
        run = partial(self._sessions.run, session=session, limit_s=limit_s)
        return results(asked, run, traversers=request.op != "eval")

    def _place(self, request: Request) -> Executor | None:
        """A transaction has a thread of its own: those who wait for its end can never keep it from ending."""
        if request.processor == "session" and self._own is None:
            self._own = ThreadPoolExecutor(1, thread_name_prefix="gremlin-session")
        return self._own if request.processor == "session" else None

    def _limit_s(self, request: Request) -> float:
        asked = request.arguments.get("evaluationTimeout", request.arguments.get("scriptEvaluationTimeout"))
        wanted = float(asked) / 1000 if isinstance(asked, int | float) and asked > 0 else self._settings.timeout_s
        return min(wanted, self._settings.timeout_s)

    async def _in_thread(self, call: Callable[[], T], place: Executor | None = None) -> T:
        return await asyncio.get_running_loop().run_in_executor(place or self._own or self._threads, call)


def credentials(sasl: object) -> tuple[str, str]:
    """User name and password of a SASL PLAIN answer; empty when it is none."""
    try:
        raw = base64.b64decode(sasl) if isinstance(sasl, str) else bytes(sasl) if isinstance(sasl, bytes) else b""
        _, user, password = raw.decode().split("\0")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return "", ""
    return user, password


def _framed(codec: Codec, response: Response) -> bytes:
    try:
        return codec.write(response)
    except (TypeError, ValueError) as error:
        kind = (
            f"A result cannot be written: {error}." if isinstance(error, TypeError) else "A result cannot be written."
        )
        return codec.write(Response(id=response.id, status=Status.SERIALIZATION, message=kind))
