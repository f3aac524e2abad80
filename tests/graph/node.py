"""TinkerPop's JavaScript driver, fetched once from npm by a lock of hashes into the cache of `tests.gremlin_server`."""

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.gremlin_server import cache

HERE = Path(__file__).with_name("javascript")


def ask(*arguments: str) -> str:
    """Run `ask.cjs` and give its output. Skips without Node or npm, and where npm cannot fetch the driver."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        pytest.skip("Node is not installed")
    environment = {"NODE_PATH": str(_modules()), "PATH": str(Path(node).parent)}
    command = [node, str(HERE / "ask.cjs"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _modules() -> Path:
    lock = (HERE / "package-lock.json").read_bytes()
    folder = cache() / f"gremlin-javascript-{hashlib.sha256(lock).hexdigest()[:12]}"
    if not folder.exists():
        _fetch(folder)
    return folder / "node_modules"


def _fetch(folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        place = Path(scratch) / "install"
        place.mkdir()
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, place / name)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--omit=dev"]
        if subprocess.run(command, capture_output=True, check=False, cwd=place).returncode:
            pytest.skip("npm could not fetch the JavaScript driver")
        if not folder.exists():
            place.rename(folder)
