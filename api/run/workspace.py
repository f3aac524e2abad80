"""A workspace: one folder, one tenant, and everything in it opened the same way from every command.

c360.toml  lake/  graph/  models/  ledger.db  runs/  key
"""

import fcntl
import os
import secrets
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Final, Self

from api.run.settings import FILE, WorkspaceSettings, read_workspace_settings
from core.clock import parse_instant
from core.errors import BadInputError, ConflictError, MissingError, RetryableError
from core.ids import KEY_BYTES
from graph import GraphStore, connect_server, open_embedded
from lake import Lake, ParquetLake, Snapshot
from lake.atomic import write_atomically
from lake.ledger import Ledger

KEY_FILE: Final = "key"
DEAD_LETTERS: Final = "graph-refused.jsonl"
KEY_VARIABLE: Final = "C360_KEY"
TEMPLATE: Final = """# What this workspace reads and how. Every key is described in docs/reference/settings.md.

[workspace]
name = "{name}"

# Propose a source from a file with `c360 map FILE --write`.
"""


class Workspace:
    """An opened workspace. Parts open when they are first used and close with `close`."""

    def __init__(self, root: Path, settings: WorkspaceSettings) -> None:
        self.root = root
        self.settings = settings
        self._graph: GraphStore | None = None

    @classmethod
    def open(cls, root: Path) -> "Workspace":
        """Open the workspace in this folder.

        Raises:
            MissingError: there is no c360.toml.
            BadInputError: c360.toml is wrong; the message names the key.
        """
        return cls(root, read_workspace_settings(root))

    @classmethod
    def init(cls, root: Path, *, name: str | None = None) -> "Workspace":
        """Make a new workspace: c360.toml with an empty list of sources, and a key.

        Raises:
            ConflictError: there is one already.
        """
        if (root / FILE).exists():
            raise ConflictError(
                "There is a workspace here already.", remedy="Use it, or name another folder.", file=FILE
            )
        root.mkdir(parents=True, exist_ok=True)
        write_atomically(root / FILE, TEMPLATE.format(name=name or root.resolve().name).encode())
        make_key(root)
        return cls.open(root)

    @cached_property
    def key(self) -> bytes:
        """The workspace key, from the environment or the key file."""
        return read_key(self.root)

    @cached_property
    def lake(self) -> Lake:
        """The tables."""
        return ParquetLake(self.root / "lake")

    @cached_property
    def ledger(self) -> Ledger:
        """What people decided."""
        return Ledger(self.root / "ledger.db")

    @property
    def runs(self) -> Path:
        """One folder a run."""
        return self.root / "runs"

    def graph(self) -> GraphStore:
        """The configured graph store, opened once."""
        if self._graph is None:
            self._graph = self._open_graph()
        return self._graph

    def newest(self) -> Snapshot:
        """The newest snapshot.

        Raises:
            MissingError: nothing has been run yet.
        """
        snapshot = self.lake.latest()
        if snapshot is None:
            raise MissingError("This workspace has no data yet.", remedy="Run `c360 run` first.")
        return snapshot

    def as_of(self, moment: str) -> Snapshot:
        """The snapshot of this id, or the newest that was there at this time.

        Args:
            moment: an id; a date, of which the whole day counts; or a time in ISO 8601, UTC unless it says otherwise.

        Raises:
            MissingError: there is none, or was none yet.
        """
        time = _time_of(moment)
        if time is None:
            return self.lake.snapshot(moment)
        found = next((one for one in self.lake.snapshots() if one.at <= time), None)
        if found is None:
            raise MissingError(f"There was no snapshot at {moment}.", remedy="See `c360 status` for those there are.")
        return found

    @contextmanager
    def locked(self) -> Generator[None]:
        """Hold the workspace for one run; the lock goes with the process.

        Raises:
            RetryableError: another run holds it.
        """
        self.runs.mkdir(exist_ok=True)
        with (self.runs / ".lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise RetryableError("Another run is at work here.", remedy="Wait for it to end.") from error
            yield

    def close(self) -> None:
        """Close what was opened."""
        if self._graph is not None:
            self._graph.close()
            self._graph = None
        if "ledger" in self.__dict__:
            self.ledger.close()
            del self.__dict__["ledger"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open_graph(self) -> GraphStore:
        settings = self.settings.graph
        if settings.store == "embedded":
            return open_embedded(self.root / "graph", settings)
        return connect_server(settings, dead_letters=self.root / DEAD_LETTERS)


def _time_of(moment: str) -> datetime | None:
    """The time that a text says, the end of the day where it says a date only; None where it says none."""
    try:
        time = parse_instant(moment)
    except BadInputError:
        return None
    return time + timedelta(days=1, microseconds=-1) if len(moment) == len("2026-01-31") else time


def make_key(root: Path) -> None:
    """Write a new random key, readable by its owner only, unless there is one."""
    path = root / KEY_FILE
    if not path.exists() and KEY_VARIABLE not in os.environ:
        write_atomically(path, f"{secrets.token_hex(KEY_BYTES)}\n".encode(), mode=0o600)


def read_key(root: Path) -> bytes:
    """Read the workspace key, from the environment first.

    Raises:
        MissingError: there is none.
        BadInputError: it is no 64 hexadecimal digits.
    """
    path = root / KEY_FILE
    text = os.environ.get(KEY_VARIABLE)
    if text is None and not path.is_file():
        raise MissingError("This workspace has no key.", remedy=f"Restore its `{KEY_FILE}` file or set {KEY_VARIABLE}.")
    try:
        key = bytes.fromhex((text if text is not None else path.read_text(encoding="ascii")).strip())
    except ValueError as error:
        raise BadInputError(
            "The workspace key is no hexadecimal number.", remedy="Restore it from a backup."
        ) from error
    if len(key) != KEY_BYTES:
        raise BadInputError(f"The workspace key is not {KEY_BYTES} bytes.", remedy="Restore it from a backup.")
    return key
