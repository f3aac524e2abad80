"""`c360 graph bulk --load`: what is missing is named before a cluster is asked, and requests are signed."""

import json
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from api.cli.graph_bulk_command import bulk_command
from api.run import Workspace
from core.errors import BadInputError
from tests.graph.test_loader import Double


@pytest.mark.parametrize(("given", "said"), [({}, "either"), ({"source": "s3://b", "role": "r"}, "cluster")])
def test_what_is_missing_is_named(tmp_path: Path, given: dict[str, str], said: str) -> None:
    """Before anything is sent."""
    Workspace.init(tmp_path / "ws").close()
    with pytest.raises(BadInputError, match=said):
        bulk_command(workspace=tmp_path / "ws", **given)  # type: ignore[arg-type]  # text options only


def test_a_cluster_loads_what_was_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the workspace's address, region and credentials, to the end of both parts."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    Double.started.clear()
    Double.polls[:] = ["earlier"] * 3
    server = ThreadingHTTPServer(("127.0.0.1", 0), Double)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    Workspace.init(tmp_path / "ws").close()
    with (tmp_path / "ws" / "c360.toml").open("a") as file:
        file.write(f'\n[graph]\nurl = "ws://127.0.0.1:{server.server_port}/gremlin"\naws_region = "eu-central-1"\n')
    bulk_command(source="s3://bucket/c360", role="arn:aws:iam::1:role/read", workspace=tmp_path / "ws", json=True)
    server.shutdown()
    thread.join()
    server.server_close()
    assert [one["status"] for one in json.loads(capsys.readouterr().out)] == ["LOAD_COMPLETED"] * 2
    assert [one["source"] for one in Double.started] == ["s3://bucket/c360/vertices/", "s3://bucket/c360/edges/"]
