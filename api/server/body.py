"""Reading a request's body: JSON of a bounded size, with a document, variables and an operation name."""

from typing import Any, ClassVar, Final

import msgspec
from starlette.requests import Request

from core.errors import BadInputError

ABSENT: Final[dict[str, Any]] = {}


class TooLargeError(BadInputError):
    """The body is over the limit."""

    code: ClassVar[str] = "TOO_LARGE"


class Document(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The body of a GraphQL request. Unknown members are passed over, as GraphQL over HTTP asks."""

    query: str
    variables: dict[str, Any] | None = None
    operation_name: str | None = None


async def read_document(request: Request, most_bytes: int) -> Document:
    """Read the body of a GraphQL request.

    Raises:
        TooLargeError: it has more bytes than the limit.
        BadInputError: it is no JSON, or of another shape.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise BadInputError("The body is not said to be JSON.", remedy="Send `Content-Type: application/json`.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most_bytes:
            raise TooLargeError("The request is too large.", remedy=f"Send at most {most_bytes} bytes.")
    try:
        return msgspec.json.decode(bytes(body), type=Document)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadInputError(
            "The body is no GraphQL request.", remedy="Send JSON with query, variables and operationName."
        ) from error
