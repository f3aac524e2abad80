"""graph-notebook, as users install it, asks the embedded graph: its magics in IPython, in an environment of its own."""

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from tests.graph.embedded_graphs import modern, open_with
from tests.graph.serving import PASSWORD, served
from tests.gremlin_server import cache

HERE: Final = Path(__file__).with_name("notebook")
FORMS: Final = {
    "GraphSONMessageSerializerV2": 7,
    "GraphSONMessageSerializerV3": 4,
    "GraphBinaryMessageSerializerV1": 4,
}
"""The nodes drawn of four vertices: GraphSON 2 has no `T.id`, so the notebook does not see that two are one."""


@pytest.fixture(scope="module")
def python() -> Path:
    """The Python of an environment with graph-notebook, made once. Skips where pip cannot fetch it."""
    lock = (HERE / "requirements.txt").read_bytes()
    minor = f"{sys.version_info.major}.{sys.version_info.minor}"
    folder = cache() / f"graph-notebook-{minor}-{hashlib.sha256(lock).hexdigest()[:12]}"
    found = folder / "bin" / "python"
    if not (folder / "complete").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        install = [str(found), "-m", "pip", "install", "--quiet", "--no-deps", "-r", str(HERE / "requirements.txt")]
        if subprocess.run(install, check=False).returncode:
            pytest.skip("pip could not fetch graph-notebook")
        (folder / "complete").touch()
    return found


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where TinkerPop's six vertices are served."""
    store = open_with(tmp_path_factory.mktemp("graph"), modern())
    with served(store) as address:
        yield address.rpartition(":")[2].partition("/")[0]
    store.close()


def cell(python: Path, port: str, form: str, query: str) -> dict[str, Any]:
    """What a cell of a notebook gives."""
    command = [str(python), str(HERE / "ask.py"), port, PASSWORD, form, query]
    with tempfile.TemporaryDirectory() as home:
        environment = {"HOME": home, "PATH": "/usr/bin:/bin"}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=300)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(("form", "nodes"), [*FORMS.items()])
def test_a_notebook_asks_and_draws(python: Path, port: str, form: str, nodes: int) -> None:
    """A cell of Gremlin gives paths in each form of messages, and the notebook draws their vertices and edges."""
    query = "g.V().hasLabel('person').has('name', 'marko').outE().inV().path().by(elementMap())"
    found = cell(python, port, form, query)
    assert (len(found["results"]), found["edges"], found["nodes"]) == (3, 3, nodes)
