"""Neptune's bulk loader is driven as its documentation says, against a double that follows it."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest

from core.errors import BadInputError, BrokenError, RetryableError
from graph.stores.loader import BulkLoader, LoadError, LoadSettings, endpoint_of, load_parts, over_http

SETTINGS = LoadSettings(source="s3://bucket/vertices", role="arn:aws:iam::1:role/read", region="eu-central-1")


class Double(BaseHTTPRequestHandler):
    """Answers as the Loader Reference describes: 150 errors at the first try of a bad source, none at its second."""

    started: ClassVar[list[dict[str, Any]]] = []
    polls: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        """Start or resume."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not asked["source"].startswith("s3://"):
            self._answer(400, {"code": "InvalidParameterException", "detailedMessage": "no"})
        elif "busy" in asked["source"]:
            self._answer(429, {"code": "TooManyRequestsException"})
        else:
            self.started.append(asked)
            self._answer(200, {"status": "200 OK", "payload": {"loadId": f"load-{len(self.started)}"}})

    def do_GET(self) -> None:
        """Say how it stands: in progress for two polls."""
        url = urlsplit(self.path)
        load = self.started[int(url.path.rpartition("-")[2]) - 1]
        self.polls.append(self.path)
        bad = "bad" in load["source"] and load["mode"] == "NEW"
        status = "LOAD_IN_PROGRESS" if len(self.polls) < 3 else "LOAD_FAILED" if bad else "LOAD_COMPLETED"
        overall = {"fullUri": load["source"], "status": status, "totalRecords": 200, "totalDuplicates": 0}
        errors = {"parsingErrors": 150 if bad else 0, "datatypeMismatchErrors": 0, "insertErrors": 0}
        payload: dict[str, Any] = {"feedCount": [{status: 1}], "overallStatus": overall | errors}
        query = parse_qs(url.query)
        if "errors" in query:
            start = (int(query["page"][0]) - 1) * int(query["errorsPerPage"][0])
            logs = [
                {"errorCode": "PARSING_ERROR", "errorMessage": "x", "fileName": "s3://bucket/f", "recordNum": number}
                for number in range(start, min(start + int(query["errorsPerPage"][0]), 150))
            ]
            payload["errors"] = {"startIndex": start, "endIndex": start + len(logs), "errorLogs": logs}
        self._answer(200, {"status": "200 OK", "payload": payload})

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name there)
        """Say nothing."""

    def _answer(self, code: int, body: dict[str, Any]) -> None:
        written = json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(written)))
        self.end_headers()
        self.wfile.write(written)


@pytest.fixture
def waits() -> list[float]:
    """How long was waited."""
    return []


@pytest.fixture
def loader(waits: list[float]) -> Iterator[BulkLoader]:
    """A loader of the double."""
    Double.started.clear()
    Double.polls.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Double)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield BulkLoader(f"http://127.0.0.1:{server.server_port}", over_http(), waits.append)
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_load_is_started_and_waited_for(loader: BulkLoader, waits: list[float]) -> None:
    """Single values are replaced, and polling goes on until the end."""
    found = loader.wait(loader.start(SETTINGS), every_s=2.0)
    assert (found.status, found.records, found.errors) == ("LOAD_COMPLETED", 200, 0)
    assert waits == [2.0, 2.0]
    asked = Double.started[0]
    assert (asked["mode"], asked["format"], asked["updateSingleCardinalityProperties"]) == ("NEW", "csv", "TRUE")


def test_a_load_that_fails_tells_every_error_and_can_be_resumed(loader: BulkLoader) -> None:
    """Page by page, without the rows themselves."""
    bad = LoadSettings(source="s3://bucket/bad", role=SETTINGS.role, region=SETTINGS.region)
    load_id = loader.start(bad)
    with pytest.raises(BrokenError, match="gave up"):
        loader.wait(load_id)
    errors = loader.errors(load_id)
    assert len(errors) == 150
    assert errors[0] == LoadError(code="PARSING_ERROR", file="s3://bucket/f", line=0)
    assert loader.wait(loader.start(bad, resume=True)).errors == 0


def test_a_load_that_does_not_end_is_left_alone(loader: BulkLoader) -> None:
    """The caller may wait on."""
    with pytest.raises(RetryableError, match="not ended"):
        loader.wait(loader.start(SETTINGS), every_s=1.0, limit_s=1.0)


def test_a_loader_that_says_no_is_told_apart_from_one_that_is_busy(loader: BulkLoader) -> None:
    """And from one that is not there."""
    with pytest.raises(BadInputError):
        loader.start(LoadSettings(source="file:///x", role="r", region="x"))
    with pytest.raises(RetryableError, match="busy"):
        loader.start(LoadSettings(source="s3://busy", role="r", region="x"))
    with pytest.raises(RetryableError, match="not answer"):
        BulkLoader("http://127.0.0.1:1", over_http()).start(SETTINGS)


def test_vertices_are_loaded_before_edges(loader: BulkLoader) -> None:
    """Each below the source, and each to its end."""
    below = LoadSettings(source="s3://bucket/c360/", role=SETTINGS.role, region=SETTINGS.region)
    assert [one.status for one in load_parts(loader, below, resume=False)] == ["LOAD_COMPLETED"] * 2
    assert [one["source"] for one in Double.started] == ["s3://bucket/c360/vertices/", "s3://bucket/c360/edges/"]


def test_a_part_that_fails_says_where_and_ends_it(loader: BulkLoader) -> None:
    """Edges are not begun; the next time it goes on with what failed."""
    bad = LoadSettings(source="s3://bucket/bad", role=SETTINGS.role, region=SETTINGS.region)
    with pytest.raises(BrokenError, match="vertices, with 150 errors: s3://bucket/f:0 PARSING_ERROR"):
        load_parts(loader, bad, resume=False)
    assert len(Double.started) == 1
    assert len(load_parts(loader, bad, resume=True)) == 2
    assert [one["mode"] for one in Double.started] == ["NEW", "AUTO", "AUTO"]


def test_the_loader_is_where_the_cluster_is() -> None:
    """With TLS where its WebSocket has it."""
    assert endpoint_of("wss://cluster.example:8182/gremlin") == "https://cluster.example:8182"
    assert endpoint_of("ws://localhost:8182/gremlin") == "http://localhost:8182"
