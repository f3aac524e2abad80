"""What a request asks of the graph, and its results. Runs no request itself: a function is handed in."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from gremlin_python.process.traversal import Bytecode, Traverser
from gremlin_python.statics import long

from core.errors import BadInputError, C360Error, DeniedError, RetryableError
from graph.embedded.limits import LimitError
from graph.serving.contract import MalformedError, Request, Response, ServingSettings, Status
from graph.text import WRITING, GremlinSyntaxError, Query, read, step_names

Run = Callable[[Bytecode], list[Any]]
LARGEST_BATCH: Final = 10_000


def query(request: Request, settings: ServingSettings) -> Query:
    """Read what is asked.

    Raises:
        GremlinSyntaxError: text that cannot be read.
        MalformedError: the request holds no Gremlin, or asks for a source that is not there.
        DeniedError: it writes, and the server does not.
    """
    gremlin = request.arguments.get("gremlin")
    aliases = request.arguments.get("aliases") or {"g": settings.sources[0]}
    if request.op == "bytecode" and isinstance(gremlin, Bytecode):
        found = Query(source="g", bytecode=gremlin)
    elif request.op == "eval" and isinstance(gremlin, str):
        bindings: dict[str, Any] = request.arguments.get("bindings") or {}
        found = read(gremlin, bindings=bindings, sources={*aliases, *settings.sources})
    else:
        raise MalformedError("The request holds no Gremlin.", remedy="Send bytecode, or text with op eval.")
    if aliases.get(found.source, found.source) not in settings.sources:
        raise MalformedError("There is no such traversal source.", remedy=f"Use one of: {', '.join(settings.sources)}.")
    if not settings.writes and not WRITING.isdisjoint(step_names(found.bytecode)):
        raise DeniedError("This server only reads.", remedy="Start it with --writes.")
    return found


def results(asked: Query, run: Run, *, traversers: bool) -> list[Any]:
    """Run a query and give what its driver expects.

    Args:
        asked: what to run.
        run: evaluates bytecode wholly.
        traversers: whether each result goes with how often it occurs, as bytecode is answered.
    """
    found = run(asked.bytecode)
    if traversers:
        return [Traverser(value, long(bulk)) for value, bulk in _bulked(found)]
    return _ended(asked, found)


def _bulked(found: Iterable[Any]) -> Iterator[tuple[Any, int]]:
    """Equal neighbours that are the same object go as one."""
    last, bulk = None, 0
    for value in found:
        if bulk and value is last:
            bulk += 1
            continue
        if bulk:
            yield last, bulk
        last, bulk = value, 1
    if bulk:
        yield last, bulk


def _ended(asked: Query, found: list[Any]) -> list[Any]:
    """What the last method of the text makes of the results."""
    if asked.terminal in ("next", "tryNext"):
        return found[: asked.arguments[0] if asked.arguments else 1]
    if asked.terminal == "hasNext":
        return [bool(found)]
    if asked.terminal == "iterate":
        return []
    if asked.terminal == "explain":
        raise BadInputError("explain() is not answered.", remedy="Run the traversal.")
    return found


def responses(request: Request, found: Sequence[Any], settings: ServingSettings) -> Iterator[Response]:
    """Cut results into messages of the size that the driver asked for."""
    if not found:
        yield Response(id=request.id, status=Status.NO_CONTENT)
        return
    size = min(max(int(request.arguments.get("batchSize") or settings.batch), 1), LARGEST_BATCH)
    for start in range(0, len(found), size):
        last = start + size >= len(found)
        yield Response(
            id=request.id,
            status=Status.SUCCESS if last else Status.PARTIAL,
            data=list(found[start : start + size]),
        )


def halves(response: Response) -> tuple[Response, Response]:
    """A message in two, the first of which promises the other."""
    middle = len(response.data) // 2
    first = replace(response, status=Status.PARTIAL, data=response.data[:middle])
    return first, replace(response, data=response.data[middle:])


def failure(request: Request, error: Exception) -> Response:
    """Say what went wrong; of an error that is not ours only the kind, since its text may show values of people."""
    if not isinstance(error, C360Error):
        return Response(id=request.id, status=Status.SERVER_ERROR, message=f"Something broke: {type(error).__name__}.")
    return Response(id=request.id, status=_status(error), message=str(error))


def _status(error: C360Error) -> Status:
    if isinstance(error, GremlinSyntaxError):
        return Status.EVALUATION
    if isinstance(error, LimitError):
        return Status.TIMEOUT if error.facts.get("limit") == "evaluation_s" else Status.SERVER_ERROR
    if isinstance(error, MalformedError | DeniedError):
        return Status.INVALID
    return Status.TEMPORARY if isinstance(error, RetryableError) else Status.SERVER_ERROR
