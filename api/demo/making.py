"""Make the demo's workspace: sources, truth, settings and a key, as a person would find them."""

import hashlib
import shutil
from pathlib import Path
from typing import Final

from api.demo.contract import DEMO_SEED
from api.demo.export import write_sources, write_truth
from api.demo.generate import generate
from api.demo.settings_text import DEMO_SETTINGS
from api.run.inputs import CODE as ENGINE
from core.errors import ConflictError
from core.installed import code_name
from lake.atomic import write_atomically

MADE_BY_US: Final = ("sources", "truth", "lake", "graph", "models", "runs", "search", "pictures", "exports")
FILES: Final = ("c360.toml", "key", "ledger.db", "ledger.db-wal", "ledger.db-shm", ".demo")
MARK: Final = ".demo"
CODE: Final = (*ENGINE, Path(__file__).parent)
"""The folders whose code a finished demo follows from."""


def make_workspace(root: Path, people: int, seed: int = DEMO_SEED) -> None:
    """Write a new demo workspace, in place of an earlier demo.

    The key is drawn from the seed, so that the same demo has the same ids everywhere; it protects nobody, because
    nobody in it exists.

    Raises:
        ConflictError: the folder holds something that is not a demo.
    """
    _clear(root)
    root.mkdir(parents=True, exist_ok=True)
    write_atomically(root / MARK, _size(people, seed))
    company = generate(people, seed)
    write_sources(company, root / "sources")
    write_truth(company, root / "truth")
    write_atomically(root / "key", hashlib.sha256(f"demo/{seed}".encode()).hexdigest().encode() + b"\n", mode=0o600)
    write_atomically(root / "c360.toml", DEMO_SETTINGS.encode())


def finish_workspace(root: Path, people: int, seed: int = DEMO_SEED) -> None:
    """Note that everything was run, and by which code."""
    write_atomically(root / MARK, _size(people, seed) + _code())


def is_finished(root: Path, people: int | None, seed: int = DEMO_SEED) -> bool:
    """Whether a demo of so many people, or any when none are asked for, stands here as this code would make it."""
    mark = root / MARK
    if not mark.is_file():
        return False
    size, _, code = mark.read_bytes().partition(b"\n")
    return code == _code() and (people is None or size + b"\n" == _size(people, seed))


def _size(people: int, seed: int) -> bytes:
    return f"people={people} seed={seed}\n".encode()


def _code() -> bytes:
    return f"finished by {code_name(CODE)}\n".encode()


def _clear(root: Path) -> None:
    """Remove an earlier demo; never anything else."""
    if not root.exists() or not any(root.iterdir()):
        return
    if not (root / MARK).is_file():
        raise ConflictError(
            f"{root} is not empty and no demo.", remedy="Name another folder with --workspace.", folder=str(root)
        )
    for name in MADE_BY_US:
        shutil.rmtree(root / name, ignore_errors=True)
    for name in FILES:
        (root / name).unlink(missing_ok=True)
