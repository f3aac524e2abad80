"""One document, answered: parsed, guarded, run, audited. Gives a body with `data` or coded `errors`, never raises."""

from collections.abc import Mapping
from typing import Any, Final

from graphql import GraphQLError
from strawberry.types.graphql import OperationType

from api.graphql.context import Engine, Request
from api.graphql.errors import TooCostlyError, error_body, request_errors
from api.graphql.schema import SCHEMA
from api.policy import Caller
from core.errors import BadInputError, BrokenError, C360Error
from core.logs import get_logger

MOST_ERRORS: Final = 100
OPERATIONS: Final = (OperationType.QUERY, OperationType.MUTATION)


def answer(
    engine: Engine,
    caller: Caller,
    document: str,
    variables: Mapping[str, object] | None = None,
    operation: str | None = None,
) -> dict[str, object]:
    """Answer one document for one caller.

    Returns:
        A GraphQL response body: `data` and `extensions`, and `errors` if any. Nothing leaves that is not in the audit
        log: if it cannot be written, the body holds only that error.
    """
    request = Request(engine=engine, caller=caller)
    try:
        body = _execute(request, document, dict(variables or {}), operation)
        request.write_audit()
    except RecursionError:
        return refused(TooCostlyError("The document is nested too deeply.", remedy="Nest less."))
    except C360Error as error:
        return refused(error)
    except Exception as error:  # noqa: BLE001 (nothing of what it says may leave)
        get_logger().error("an answer broke", reason=type(error).__name__)
        return refused(BrokenError("Something broke.", remedy="Tell the operator; the log has its type."))
    else:
        return body
    finally:
        request.close()


def refused(error: C360Error) -> dict[str, object]:
    """A body that holds only an error."""
    return {"data": None, "errors": [error_body(error)]}


def _execute(request: Request, document: str, variables: dict[str, Any], operation: str | None) -> dict[str, object]:
    if not document.strip():
        raise BadInputError("There is no document.", remedy="Send `query`.")
    try:
        result = SCHEMA.execute_sync(
            document,
            variable_values=variables,
            context_value=request,
            operation_name=operation,
            allowed_operation_types=OPERATIONS,
        )
    except GraphQLError as error:
        return {"data": None, "errors": request_errors([error])}
    except (ValueError, TypeError) as error:  # Strawberry's own refusals, such as an unknown operation name
        raise BadInputError("The request names no operation of the document.", remedy="Check operationName.") from error
    errors = request_errors(result.errors or [])
    body: dict[str, object] = {"data": result.data, "extensions": request.extensions()}
    return body | ({"errors": errors[:MOST_ERRORS]} if errors else {})
