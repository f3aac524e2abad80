"""The Starlette application: `/graphql` for documents and its page, the page's files, and `/health`.

Everything that holds data asks for a key. Documents run in threads, because the Gremlin driver cannot run inside an
event loop and DuckDB would block it; a bounded number of them, so that a crowd waits instead of filling memory.
"""

from collections.abc import Callable
from typing import Final, TypeVar

import anyio
import anyio.to_thread
from starlette.applications import Starlette
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from api.graphql import Engine, answer, refused
from api.graphql.errors import UnauthenticatedError
from api.policy import Caller, KeyRing, Rate
from api.server.body import Document, read_document
from api.server.page import ASSETS, VENDOR, page
from core.errors import BadInputError, BrokenError, C360Error, MissingError
from core.logs import get_logger

R = TypeVar("R")
BEARER: Final = "bearer "
STATUS: Final = {
    "UNAUTHENTICATED": 401,
    "DENIED": 403,
    "NOT_FOUND": 404,
    "TOO_LARGE": 413,
    "TOO_OFTEN": 429,
    "BROKEN": 500,
}


class Endpoint:
    """Answers `/graphql` from one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._keys = KeyRing(engine.ledger)
        self._rate = Rate(engine.limits.requests_per_minute)
        self._threads = anyio.CapacityLimiter(engine.limits.threads)

    async def get(self, _: HttpRequest) -> Response:
        """Serve the page where documents are written; it holds no data."""
        return page()

    async def post(self, request: HttpRequest) -> Response:
        """Answer one document."""
        try:
            caller = await self._aside(lambda: self._caller(request))
            document = await read_document(request, self._engine.limits.body_bytes)
        except C360Error as error:
            return refusal(error)
        body = await self._aside(lambda: self._answer(caller, document))
        return JSONResponse(body, headers={"Cache-Control": "no-store"})

    def _caller(self, request: HttpRequest) -> Caller:
        header = request.headers.get("authorization", "")
        secret = header[len(BEARER) :].strip() if header.lower().startswith(BEARER) else None
        caller = self._keys.caller(secret, request.headers.get("x-purpose"))
        if caller is None:
            raise _refused_key(secret)
        self._rate.take(caller.key_id)
        return caller

    def _answer(self, caller: Caller, document: Document) -> dict[str, object]:
        return answer(self._engine, caller, document.query, document.variables, document.operation_name)

    async def _aside(self, work: Callable[[], R]) -> R:
        return await anyio.to_thread.run_sync(work, limiter=self._threads)


def _refused_key(secret: str | None) -> UnauthenticatedError:
    """No key, or one that is not good here; whether it is unknown, revoked or mistyped is not told."""
    make = "`c360 key create --role ROLE` makes one."
    if secret is None:
        return UnauthenticatedError(
            "This needs a key, and none was sent.", remedy=f"Send the header `Authorization: Bearer <key>`. {make}"
        )
    return UnauthenticatedError(
        "The key that was sent is not good here.", remedy=f"Check that it is whole and of this workspace. {make}"
    )


def build_app(engine: Engine) -> Starlette:
    """Make the application of one engine, within its limits."""
    endpoint = Endpoint(engine)
    return Starlette(
        routes=[
            Route("/", to_page),
            Route("/graphql", endpoint.get, methods=["GET"]),
            Route("/graphql", endpoint.post, methods=["POST"]),
            Route("/health", health),
            Mount("/vendor", StaticFiles(directory=VENDOR)),
            Mount("/assets", StaticFiles(directory=ASSETS)),
        ],
        exception_handlers={404: not_found, 405: wrong_method, Exception: broken},
    )


async def to_page(_: HttpRequest) -> Response:
    """Lead whoever types the bare address to the page where documents are written."""
    return RedirectResponse("/graphql")


async def health(_: HttpRequest) -> Response:
    """Say that the server is up; nothing else."""
    return JSONResponse({"status": "up"})


async def not_found(_: HttpRequest, __: Exception) -> Response:
    """There is no such page."""
    return refusal(MissingError("There is no such page.", remedy="Documents go to /graphql."))


async def wrong_method(_: HttpRequest, __: Exception) -> Response:
    """The page is there, but not for this method."""
    return refusal(BadInputError("This method is not for this page.", remedy="Send documents with POST."), 405)


async def broken(_: HttpRequest, error: Exception) -> Response:
    """What nobody foresaw: say so without saying what, and log its type."""
    get_logger().error("request failed", reason=type(error).__name__)
    return refusal(BrokenError("Something is broken here.", remedy="Tell the operator."))


def refusal(error: C360Error, status: int | None = None) -> Response:
    """An error that came before a document ran, with its HTTP status."""
    headers = {"WWW-Authenticate": "Bearer"} if error.code == "UNAUTHENTICATED" else {}
    return JSONResponse(refused(error), status_code=status or STATUS.get(error.code, 400), headers=headers)
