"""What the command line says when something is not as it should be: what it is, and what to do."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from api.cli.demo_command import demo_command
from api.cli.main import main
from api.demo import making
from api.demo.making import finish_workspace, is_finished
from api.server.listening import open_port
from core.errors import BadInputError
from tests.api.workspaces import write_workspace

Said = tuple[int, str]
ORDERS = "order,email,at,product,total\no1,nobody@else.example,2026-01-01,tea,1\no2,a@b.example,soon,tea,1\n"


@pytest.fixture
def c360(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Runs a command and gives its exit code and what it says, line ends aside."""

    def run(*words: object) -> Said:
        with pytest.raises(SystemExit) as left:
            main([str(word) for word in words])
        written = capsys.readouterr()
        return int(left.value.code or 0), " ".join((written.out + written.err).split())

    return run


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of twelve people with an order of somebody unknown and one that cannot be read."""
    folder = write_workspace(tmp_path_factory.mktemp("edges") / "ws", people=12)
    (folder / "sources" / "orders.csv").write_text(ORDERS)
    return folder


@pytest.mark.parametrize("command", [("serve",), ("graph", "serve")])
def test_a_taken_port_is_said(c360: Callable[..., Said], root: Path, command: tuple[str, ...]) -> None:
    """Both servers name the port and the way to another, before they say that they serve."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, says = c360(*command, "--workspace", root, "--host", "127.0.0.1", "--port", port)
    assert code == 1
    assert says.startswith(f"CONFLICT Something listens at port {port} of 127.0.0.1 already.")
    assert "--port" in says


def test_an_address_of_another_machine_is_refused() -> None:
    """A server cannot listen where it is not."""
    with pytest.raises(BadInputError, match=r"listen at port 8360 of 192\.0\.2\.1"):
        open_port("192.0.2.1", 8360)


def test_a_run_says_what_was_set_aside_and_whom_nobody_knows(c360: Callable[..., Said], root: Path) -> None:
    """With file, line and reason, where the rows are, and how many events are of people who are in no source."""
    code, says = c360("run", "--workspace", root)
    assert code == 0
    assert "orders: 1 row set aside (sources/orders.csv, line 3):" in says
    assert "orders: 1 event is by 1 email that no record of a person has" in says
    assert "rejects.parquet" in says
    code, says = c360("explain", "crm:1", "crm:nobody", "--in", root)
    assert (code, "There is no record crm:nobody." in says, "crm:id" in says) == (1, True, True)


def test_mapping_says_whose_keys_fit(c360: Callable[..., Said], root: Path, tmp_path: Path) -> None:
    """A column that holds no source's keys is said to, and so is an encoding that was guessed."""
    visits = tmp_path / "visits.csv"
    visits.write_bytes("visit,customer,at,note\n1,x9,2026-01-01,café\n2,x9,2026-01-02,thé\n".encode("cp1252"))
    _, says = c360("map", visits, "--workspace", root)
    assert "No source of people has 'customer' for its key" in says
    assert 'encoding = "cp1252"' in says


def test_a_finished_demo_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A demo is opened as it is when this code finished it and nobody asks for another size; else it is made anew."""
    assert not is_finished(tmp_path, None)
    finish_workspace(tmp_path, 300)
    assert (is_finished(tmp_path, None), is_finished(tmp_path, 300), is_finished(tmp_path, 400)) == (True, True, False)
    done: list[str] = []

    def served(_: Path) -> None:
        done.append("served")

    def made(_: Path, people: int, *, json: bool) -> None:
        assert people
        done.append("JSON" if json else "made")

    monkeypatch.setattr("api.cli.demo_command._serve", served)
    monkeypatch.setattr("api.cli.demo_command._make", made)
    demo_command(serve=True, workspace=tmp_path)
    demo_command(serve=True, workspace=tmp_path, people=400)
    monkeypatch.setattr(making, "CODE", (tmp_path,))
    demo_command(serve=True, workspace=tmp_path)
    assert done == ["served", "made", "served", "made", "served"]
