"""Drives Neptune's bulk loader over HTTP: start a load, wait for its end, read its errors, resume it.

Written by the published interface and tested against a double that follows it; no Neptune has answered it yet.

Source: Amazon Neptune User Guide, Loader Reference (Loader Command, Get-Status API).
"""

import json
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import msgspec

from core.errors import BadInputError, BrokenError, RetryableError

Send = Callable[[str, str, bytes | None], tuple[int, bytes]]
"""Sends (method, URL, body) and gives the status code and the body of the answer."""
WAITING: Final = frozenset({"LOAD_NOT_STARTED", "LOAD_IN_QUEUE", "LOAD_IN_PROGRESS"})
DONE: Final = "LOAD_COMPLETED"
ERRORS_A_PAGE: Final = 100
ANSWER_S: Final = 60.0
PARTS: Final = ("vertices", "edges")
FIRST_ERRORS: Final = 10


class LoadSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What a load reads, and how.

    Attributes:
        source: `s3://bucket/prefix`; load vertices before edges.
        role: ARN of the role that lets Neptune read it.
        region: of the bucket.
        parallelism: LOW, MEDIUM, HIGH or OVERSUBSCRIBE.
        fail_on_error: whether the first bad row ends the load.
    """

    source: str
    role: str
    region: str
    parallelism: str = "MEDIUM"
    fail_on_error: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadStatus:
    """How a load stands."""

    load_id: str
    status: str
    records: int
    duplicates: int
    errors: int

    @property
    def is_over(self) -> bool:
        """Whether it will not change any more."""
        return self.status not in WAITING


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadError:
    """One row that could not be loaded: its file and line, and why. Never the row."""

    code: str
    file: str
    line: int


class BulkLoader:
    """The loader of one cluster.

    Args:
        endpoint: such as `https://cluster.neptune.example:8182`.
        send: how requests travel; by default over HTTP without a signature.
        sleep: how to wait.
    """

    def __init__(self, endpoint: str, send: Send, sleep: Callable[[float], None] = time.sleep) -> None:
        self._loader = f"{endpoint.rstrip('/')}/loader"
        self._send = send
        self._sleep = sleep

    def start(self, settings: LoadSettings, *, resume: bool = False) -> str:
        """Begin a load, or go on with the last one of the same source if it failed; gives its id.

        Raises:
            BadInputError: the loader says that the request is wrong.
            RetryableError: it is busy.
        """
        body = {
            "source": settings.source,
            "format": "csv",
            "iamRoleArn": settings.role,
            "region": settings.region,
            "failOnError": str(settings.fail_on_error).upper(),
            "parallelism": settings.parallelism,
            "updateSingleCardinalityProperties": "TRUE",
            "queueRequest": "TRUE",
            "mode": "AUTO" if resume else "NEW",
        }
        return str(self._ask("POST", self._loader, body)["loadId"])

    def status(self, load_id: str) -> LoadStatus:
        """Say how a load stands; errors as in `start`."""
        found = self._ask("GET", f"{self._loader}/{load_id}")["overallStatus"]
        kinds = ("parsingErrors", "datatypeMismatchErrors", "insertErrors")
        return LoadStatus(
            load_id=load_id,
            status=str(found["status"]),
            records=int(found.get("totalRecords", 0)),
            duplicates=int(found.get("totalDuplicates", 0)),
            errors=sum(int(found.get(kind, 0)) for kind in kinds),
        )

    def wait(self, load_id: str, *, every_s: float = 5.0, limit_s: float = 24 * 3600.0) -> LoadStatus:
        """Wait for the end of a load.

        Raises:
            BrokenError: it failed; `errors` says where.
            RetryableError: it did not end in time.
        """
        waited = 0.0
        while not (found := self.status(load_id)).is_over:
            if waited >= limit_s:
                raise RetryableError("The load has not ended yet.", remedy="Wait on.", load_id=load_id)
            self._sleep(every_s)
            waited += every_s
        if found.status != DONE:
            raise BrokenError(
                "Neptune's loader gave up.", remedy="See the load's errors, then resume it.", status=found.status
            )
        return found

    def errors(self, load_id: str) -> list[LoadError]:
        """Every error that the loader keeps of a load, in its order."""
        found: list[LoadError] = []
        for page in range(1, 1 + 10_000 // ERRORS_A_PAGE):
            asked = {"details": "TRUE", "errors": "TRUE", "page": page, "errorsPerPage": ERRORS_A_PAGE}
            logs = self._ask("GET", f"{self._loader}/{load_id}?{urlencode(asked)}").get("errors", {})
            rows = logs.get("errorLogs", [])
            found += [
                LoadError(code=row["errorCode"], file=row["fileName"], line=int(row["recordNum"])) for row in rows
            ]
            if len(rows) < ERRORS_A_PAGE:
                break
        return found

    def _ask(self, method: str, url: str, body: Mapping[str, object] | None = None) -> Mapping[str, Any]:
        code, answer = self._send(method, url, json.dumps(body).encode() if body is not None else None)
        try:
            found = json.loads(answer)
        except ValueError as error:
            raise BrokenError(
                "Neptune's loader answered something else than JSON.", remedy="See the address."
            ) from error
        if code == 200:
            payload: Mapping[str, Any] = found["payload"]
            return payload
        kind = str(found.get("code", code))
        if code in (429, 503) or kind in ("ThrottlingException", "TooManyRequestsException"):
            raise RetryableError("Neptune's loader is busy.", remedy="Try again later.", reason=kind)
        raise BadInputError("Neptune's loader refuses the request.", remedy="See the reason.", reason=kind)


def endpoint_of(url: str) -> str:
    """Where a cluster answers HTTP, out of its WebSocket address."""
    parts = urlsplit(url)
    return f"{'https' if parts.scheme == 'wss' else 'http'}://{parts.netloc}"


def load_parts(loader: BulkLoader, settings: LoadSettings, *, resume: bool, every_s: float = 5.0) -> list[LoadStatus]:
    """Load `vertices/` and then `edges/` below the source, each to its end.

    Raises:
        BrokenError: a part failed; its facts name the load, and file and line of the first errors.
    """
    found: list[LoadStatus] = []
    for part in PARTS:
        below = msgspec.structs.replace(settings, source=f"{settings.source.rstrip('/')}/{part}/")
        load_id = loader.start(below, resume=resume)
        try:
            found.append(loader.wait(load_id, every_s=every_s))
        except BrokenError as error:
            raise _failed(part, load_id, loader.errors(load_id)) from error
    return found


def _failed(part: str, load_id: str, errors: list[LoadError]) -> BrokenError:
    places = [f"{one.file}:{one.line} {one.code}" for one in errors[:FIRST_ERRORS]]
    return BrokenError(
        f"Neptune's loader gave up on {part}, with {len(errors)} errors: {', '.join(places)}.",
        remedy="Mend the cause, then load again with --resume.",
        load_id=load_id,
        errors=len(errors),
    )


def over_http(
    sign: Callable[[str, str, bytes], Mapping[str, str]] | None = None,
    *,
    trust: str | None = None,
    answer_s: float = ANSWER_S,
) -> Send:
    """Send requests over HTTP.

    Args:
        sign: gives the headers that prove who asks, for method, URL and body.
        trust: certificates to trust, in PEM, beside the system's.
        answer_s: seconds until an answer that does not come is given up.
    """
    context = ssl.create_default_context()
    if trust is not None:
        context.load_verify_locations(cafile=trust)

    def send(method: str, url: str, body: bytes | None) -> tuple[int, bytes]:
        headers = {"Content-Type": "application/json"} | dict(sign(method, url, body or b"") if sign else {})
        request = urllib.request.Request(url, data=body, headers=headers, method=method)  # noqa: S310 (the caller's)
        try:
            with urllib.request.urlopen(request, timeout=answer_s, context=context) as answer:  # noqa: S310 (as above)
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()
        except OSError as error:
            raise RetryableError("Neptune's loader does not answer.", remedy="See the address.") from error

    return send
