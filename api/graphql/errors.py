"""The error codes of the API, and how anything that goes wrong becomes one of them.

Every error of every answer has `extensions.code` from `CODES`, a message and, where there is one, a remedy. What we did
not foresee is BROKEN: its message says nothing of the data, and only its type is logged.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from graphql import GraphQLError, GraphQLSyntaxError

from core.errors import C360Error, DeniedError, MissingError
from core.logs import get_logger

CODES: Final[Mapping[str, str]] = {
    "UNAUTHENTICATED": "The request bears no living key. Send `Authorization: Bearer <key>`.",
    "DENIED": "The key's role may not do this or see this. See docs/reference/policy.md.",
    "BAD_INPUT": "An argument, a variable, a cursor or the request itself is unusable. Change it.",
    "NOT_FOUND": "What was asked for is not there, or not for this role.",
    "CONFLICT": "It clashes with what is already there.",
    "TOO_OFTEN": "The key has asked more than its share of this minute. Wait as long as the message says.",
    "RETRYABLE": "It may work the next time, unchanged.",
    "BROKEN": "Our data or our code is damaged. The caller cannot mend it; the operator finds the type in the log.",
    "LAKE_EMPTY": "Nothing has been run yet, so there is nothing to answer from. Run `c360 run`.",
    "GRAPH_EMPTY": "The graph holds no snapshot, so questions about a person cannot be answered. Run `c360 run`.",
    "QUERY_TOO_COSTLY": "The document is too large, too deep, or asks for too much. Ask for less, page by page.",
    "TOO_LARGE": "The request's body is over the limit.",
    "GRAPHQL_PARSE_FAILED": "The document is no GraphQL.",
    "GRAPHQL_VALIDATION_FAILED": "The document does not fit the schema, or its variables do not fit the document.",
}

ErrorBody = dict[str, object]


class LakeEmptyError(MissingError):
    """Nothing has been published yet."""

    code: ClassVar[str] = "LAKE_EMPTY"


class GraphEmptyError(MissingError):
    """The graph shows no snapshot."""

    code: ClassVar[str] = "GRAPH_EMPTY"


class TooCostlyError(DeniedError):
    """The document asks for more than one answer may cost."""

    code: ClassVar[str] = "QUERY_TOO_COSTLY"


class UnauthenticatedError(DeniedError):
    """The request bears no living key."""

    code: ClassVar[str] = "UNAUTHENTICATED"


def error_body(error: C360Error) -> ErrorBody:
    """One of our errors as an entry of `errors`."""
    extensions: dict[str, object] = {"code": error.code}
    if error.remedy:
        extensions["remedy"] = error.remedy
    if error.facts:
        extensions["facts"] = dict(error.facts)
    return {"message": error.message, "extensions": extensions}


def request_errors(errors: Sequence[GraphQLError]) -> list[ErrorBody]:
    """Everything that execution reported, as entries of `errors`."""
    return [_located(error) for error in errors]


def validation_code(error: GraphQLError) -> str:
    """The code of an error that came before execution."""
    if isinstance(error, GraphQLSyntaxError):
        return "GRAPHQL_PARSE_FAILED"
    if isinstance(error.original_error, C360Error):
        return error.original_error.code
    return "GRAPHQL_VALIDATION_FAILED"


def errors_page() -> str:
    """The reference page of the codes, in Markdown."""
    rows = [f"| `{code}` | {says} |" for code, says in CODES.items()]
    head = "# Errors\n\nEvery error of the API has `extensions.code`. There are no others, and none is `INTERNAL`.\n"
    return "\n".join([head, "| code | means |", "| --- | --- |", *rows, ""])


def _located(error: GraphQLError) -> ErrorBody:
    body = _unlocated(error)
    if error.locations:
        body["locations"] = [{"line": place.line, "column": place.column} for place in error.locations]
    if error.path:
        body["path"] = list(error.path)
    return body


def _unlocated(error: GraphQLError) -> ErrorBody:
    original = error.original_error
    if isinstance(original, C360Error):
        return error_body(original)
    if original is None or isinstance(original, GraphQLError):
        return {"message": error.message, "extensions": {"code": validation_code(error)}}
    get_logger().error("resolver failed", reason=type(original).__name__)
    return {"message": "Something is broken here.", "extensions": {"code": "BROKEN", "remedy": "Tell the operator."}}
