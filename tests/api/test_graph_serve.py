"""`c360 graph serve` as users start it: a process, real drivers, keys, TLS, and an end when it is told to."""

import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

import pyarrow as pa
import pytest
from gremlin_python.driver import serializer
from gremlin_python.driver.client import Client
from gremlin_python.driver.driver_remote_connection import DriverRemoteConnection
from gremlin_python.driver.protocol import GremlinServerError
from gremlin_python.process.anonymous_traversal import traversal

from api.policy import KeyRing, Role
from api.run import Workspace
from graph import VertexBatch, open_embedded

C360 = [sys.executable, "-m", "api.cli"]
FORMS = {
    "application/vnd.graphbinary-v1.0": serializer.GraphBinarySerializersV1,
    "application/vnd.gremlin-v3.0+json": serializer.GraphSONSerializersV3d0,
}
READY_S = 60.0


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """A workspace with two people in its graph, an admin's key and a marketer's."""
    root = tmp_path_factory.mktemp("served")
    with Workspace.init(root / "ws") as made:
        made.graph().load([VertexBatch(label="Person", table=pa.table({"id": ["e_1", "e_2"]}))])
        keys = [KeyRing(made.ledger).create(role).secret for role in (Role.ADMIN, Role.MARKETER)]
    return root / "ws", keys[0], keys[1]


@contextmanager
def started(root: Path, *options: str) -> Generator[tuple[str, subprocess.Popen[bytes]]]:
    """Run the command while the block lasts, and give where it listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [*C360, "graph", "serve", "--workspace", str(root), "--port", str(port), *options]
    with subprocess.Popen(words, stderr=subprocess.PIPE) as process:
        try:
            end = time.monotonic() + READY_S
            while process.poll() is None and time.monotonic() < end:
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            yield f"127.0.0.1:{port}/gremlin", process
        finally:
            process.kill()


@pytest.fixture(scope="module")
def address(workspace: tuple[Path, str, str]) -> Generator[str]:
    """A server that only reads."""
    with started(workspace[0]) as (found, _):
        yield f"ws://{found}"


@pytest.mark.parametrize("form", FORMS)
def test_drivers_with_an_admins_key_are_answered(workspace: tuple[Path, str, str], address: str, form: str) -> None:
    """In GraphBinary and GraphSON 3, bytecode and text; what writes is refused."""
    given = {"username": "me", "password": workspace[1], "message_serializer": FORMS[form]()}
    with closing(DriverRemoteConnection(address, "g", **given)) as remote:
        g = traversal().with_(remote)
        assert g.V().has_label("Person").count().next() == 2
        with pytest.raises(GremlinServerError, match="499"):
            g.add_v("Person").iterate()
    with closing(Client(address, "g", **given)) as client:
        assert client.submit("g.V('e_1').id()").all().result() == ["e_1"]


@pytest.mark.parametrize("which", ["wrong", "marketer"])
def test_nobody_else_is_answered(workspace: tuple[Path, str, str], address: str, which: str) -> None:
    """Neither a wrong key nor the key of another role."""
    password = "c360_wrong" if which == "wrong" else workspace[2]
    with (
        closing(Client(address, "g", username="me", password=password)) as client,
        pytest.raises(GremlinServerError, match="401"),
    ):
        client.submit("g.V()").all().result()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A certificate that only who is told trusts, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    found = str(folder / "certificate.pem"), str(folder / "key.pem")
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    words += ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-out", found[0], "-keyout", found[1]]
    subprocess.run(words, check=True, capture_output=True)
    return found


def test_over_tls_it_is_told_to_stop_and_does(workspace: tuple[Path, str, str], certificate: tuple[str, str]) -> None:
    """A driver that trusts the certificate is answered; SIGTERM ends the process in order, an open driver or not."""
    root, key, _ = workspace
    with started(root, "--certificate", certificate[0], "--certificate-key", certificate[1]) as (found, process):
        context = ssl.create_default_context(cafile=certificate[0])
        with closing(Client(f"wss://{found}", "g", username="me", password=key, ssl_options=context)) as client:
            assert client.submit("g.V().count()").all().result() == [2]
            process.send_signal(signal.SIGTERM)
            _, said = process.communicate(timeout=30)
        assert (process.returncode, b"Traceback" in said) == (0, False)
    with closing(open_embedded(root / "graph")) as store:
        assert store.run(store.g().V().count()) == [2]
