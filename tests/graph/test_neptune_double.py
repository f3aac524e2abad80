"""A cluster that asks for IAM, as a double that follows the documentation: it checks each signature on the wire."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
import pytest
from botocore.credentials import RefreshableCredentials
from gremlin_python.process.traversal import Bytecode
from starlette.types import ASGIApp, Receive, Scope, Send

from core.errors import DeniedError
from graph import GraphStore, VertexBatch, open_embedded
from graph.embedded.refusals import TraversalError
from graph.stores.connections import Address
from graph.stores.retries import Retries
from graph.stores.server import connect_server
from graph.stores.signing import signing
from tests.graph.serving import served
from tests.graph.test_signing import SECRET, signature

REGION = "eu-central-1"
SIGNED = re.compile(r"Credential=(\w+)/.*SignedHeaders=([\w;-]+), Signature=(\w+)")


class Cluster:
    """Lets in who signs with a key that is in force; its status names the TinkerPop that it speaks."""

    def __init__(self, *keys: str) -> None:
        self.keys = keys
        self.version = "tinkerpop-3.7.1"
        self.heard: list[str] = []

    def around(self, app: ASGIApp) -> ASGIApp:
        """Stand before an application."""

        async def heard(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "lifespan":
                await app(scope, receive, send)
            elif not self._admits(scope):
                await send(
                    {"type": "websocket.close", "code": 1008}
                    if scope["type"] == "websocket"
                    else {"type": "http.response.start", "status": 403, "headers": []}
                )
            elif scope["path"] == "/status":
                body = json.dumps({"status": "healthy", "gremlin": {"version": self.version}}).encode()
                await send({"type": "http.response.start", "status": 200, "headers": []})
                await send({"type": "http.response.body", "body": body})
            else:
                await app(scope, receive, send)

        return heard

    def _admits(self, scope: Scope) -> bool:
        headers = {name.decode().lower(): value.decode() for name, value in scope["headers"]}
        found = SIGNED.search(headers.get("authorization", ""))
        self.heard.append(f"{scope['path']} {found[1] if found else ''}")
        if found is None or found[1] not in self.keys:
            return False
        signed = {name: headers[name] for name in found[2].split(";")}
        url = f"https://{headers['host']}{scope['path']}"
        return {"host", "x-amz-date"} <= signed.keys() and found[3] == signature(url, signed, (REGION, "neptune-db"))


class Before38:
    """A graph that knows no `discard`."""

    def __init__(self, store: GraphStore) -> None:
        self.g = store.g
        self._store = store

    def run(self, traversal: Any) -> list[object]:
        """Answer or refuse."""
        if "discard" in str(traversal.bytecode):
            raise TraversalError("Query parsing has failed at discard.", remedy="")
        return self._store.run(traversal)


@pytest.fixture
def behind(tmp_path: Path) -> Iterator[GraphStore]:
    """What the double holds: one person."""
    store = open_embedded(tmp_path)
    store.load([VertexBatch(label="Person", table=pa.table({"id": ["e_1"]}))])
    yield store
    store.close()


def rotating() -> RefreshableCredentials:
    """Credentials that are good for a minute, which is refreshed at each use: AK1, AK2 and so on."""
    made: list[int] = []

    def refresh() -> dict[str, str]:
        made.append(1)
        return {
            "access_key": f"AK{len(made)}",
            "secret_key": SECRET,
            "token": "t",
            "expiry_time": (datetime.now(UTC) + timedelta(minutes=1)).isoformat(),
        }

    past = datetime.now(UTC) - timedelta(hours=1)
    return RefreshableCredentials("AK0", SECRET, "t", past, refresh, "test")


def test_every_connection_is_signed_anew_and_let_in(behind: GraphStore) -> None:
    """A double that computes the signature itself hears one it accepts, with the credentials of the moment."""
    cluster, sign = Cluster("AK1", "AK2"), signing(REGION, credentials=rotating())
    with served(behind, None, None, around=cluster.around) as url:
        for people in (1, 2):
            store = connect_server(Address(url=url, sign=sign, connections=1))
            assert store.run(store.g().V().count()) == [people]
            store.load([VertexBatch(label="Person", table=pa.table({"id": [f"e_{people + 1}"]}))])
            store.close()
    assert cluster.heard == ["/gremlin AK1", "/gremlin AK2"]


def test_who_is_not_let_in_hears_so_at_once(behind: GraphStore) -> None:
    """A refused signature is no busy server: it is not tried eight times."""
    cluster = Cluster("AK9")
    with served(behind, None, None, around=cluster.around) as url:
        retries = Retries(sleep=lambda _: pytest.fail("it waited"))
        store = connect_server(
            Address(url=url, sign=signing(REGION, credentials=rotating()), connections=1), retries=retries
        )
        with pytest.raises(DeniedError, match="let us in"):
            store.run(store.g().V().count())
        store.close()
    assert len(cluster.heard) == 1


@pytest.mark.parametrize(("version", "refuses"), [("tinkerpop-3.7.1", False), ("", True)])
def test_discard_is_sent_as_the_engine_understands_it(behind: GraphStore, version: str, *, refuses: bool) -> None:
    """As `none` where the status says 3.7; where it says nothing, after the first refusal."""
    cluster = Cluster("AK1", "AK2")
    cluster.version = version
    older = cast("GraphStore", _Watched(Before38(behind)))
    with served(older, None, None, around=cluster.around) as url:
        store = connect_server(Address(url=url, sign=signing(REGION, credentials=rotating()), connections=1))
        for _ in range(2):
            store.g().V("e_1").property("age", 4).iterate()
        assert store.g().V("e_1").values("age").to_list() == [4]
        store.close()
    assert sum(one.startswith("/status") for one in cluster.heard) == 1
    asked = cast("_Watched", older).asked
    assert [("discard" in one, "none" in one) for one in asked[:-1]] == ([(True, False)] if refuses else []) + [
        (False, True)
    ] * 2


class _Watched:
    """Keeps what is asked."""

    def __init__(self, store: Before38) -> None:
        self.g = store.g
        self._store = store
        self.asked: list[str] = []

    def run(self, traversal: Any) -> list[object]:
        """Keep and answer."""
        asked: Bytecode = traversal.bytecode
        self.asked.append(str(asked))
        return self._store.run(traversal)
