"""The graph's one SQLite file: frames as compressed Arrow columns, single writes as rows beside them.

Only this module speaks SQL. A transaction is all or nothing; readers of other processes see it when it is done. The
file's bytes follow from the writes alone: no times, no randomness, and the write-ahead log is gone after `close`.
"""

import sqlite3
import threading
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
from pyarrow import ipc

from core.errors import BrokenError, ConflictError, RetryableError
from graph.embedded.storage.frames import FrameKey

FORMAT: Final = 1
PART_ROWS: Final = 1 << 19
BUSY_S: Final = 60.0
SCHEMA: Final = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE frame (number INTEGER PRIMARY KEY, kind TEXT NOT NULL, label TEXT NOT NULL, out_label TEXT NOT NULL,
    in_label TEXT NOT NULL, rows INTEGER NOT NULL, UNIQUE (kind, label, out_label, in_label));
CREATE TABLE part (frame INTEGER NOT NULL, name TEXT NOT NULL, number INTEGER NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY (frame, name, number));
CREATE TABLE single (kind TEXT NOT NULL, key TEXT NOT NULL, state TEXT, PRIMARY KEY (kind, key)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFrame:
    """A frame as the file knows it: names of its columns (`id`, `out`, `in`, `p:…`), data read on demand."""

    number: int
    key: FrameKey
    rows: int
    names: tuple[str, ...]


class GraphFile:
    """An open graph file; several threads may call it.

    Args:
        path: the file; made when there is none.

    Raises:
        BrokenError: it is no graph file, or damaged.
        ConflictError: it was written by a newer format.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        try:
            self._database = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
            self._prepare()
        except sqlite3.DatabaseError as error:
            raise BrokenError(
                "The graph file cannot be read.",
                remedy="Delete the workspace's graph/ directory and run `c360 run`: it is rebuilt from the lake.",
                file=path.name,
            ) from error

    def _prepare(self) -> None:
        run = self._database.execute
        if (
            run("PRAGMA user_version").fetchone()[0] == 0
            and not run("SELECT count(*) FROM sqlite_master").fetchone()[0]
        ):
            run("PRAGMA page_size = 16384")
            run("PRAGMA journal_mode = WAL")
            with self.transaction():
                for statement in SCHEMA.split(";\n"):
                    if statement.strip():
                        run(statement)
                run("INSERT INTO meta VALUES ('generation', 0), ('next_id', 0)")
                run(f"PRAGMA user_version = {FORMAT}")
        if run("PRAGMA user_version").fetchone()[0] != FORMAT:
            raise ConflictError("The graph was written by another version.", remedy="Use that version, or rebuild it.")
        run("PRAGMA journal_mode = WAL")
        run("PRAGMA synchronous = FULL")
        run("PRAGMA cache_size = -8192")

    @contextmanager
    def transaction(self) -> Generator[None]:
        """Write all of it or nothing."""
        with self._lock:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")

    def version(self) -> int:
        """A number that changes when another connection has written."""
        with self._lock:
            return int(self._database.execute("PRAGMA data_version").fetchone()[0])

    def number(self, name: str) -> int:
        """A number of the file: `generation` of its frames, or `next_id`."""
        with self._lock:
            return int(self._database.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()[0])

    def set_number(self, name: str, value: int) -> None:
        """Set a number of the file, inside a transaction."""
        self._database.execute("UPDATE meta SET value = ? WHERE name = ?", (value, name))

    def frames(self) -> list[StoredFrame]:
        """All frames, sorted by key."""
        with self._lock:
            rows = self._database.execute("SELECT number, kind, label, out_label, in_label, rows FROM frame").fetchall()
            names: dict[int, list[str]] = {row[0]: [] for row in rows}
            for number, name in self._database.execute("SELECT DISTINCT frame, name FROM part ORDER BY frame, name"):
                names[number].append(name)
        found = [
            StoredFrame(number=number, key=FrameKey(*key), rows=count, names=tuple(names[number]))
            for number, *key, count in rows
        ]
        return sorted(found, key=lambda frame: frame.key)

    def read(self, frame: int, name: str, generation: int) -> pa.Array:
        """Read a column.

        Raises:
            RetryableError: the frames have been written anew since the graph was opened.
        """
        with self._lock:
            rows = self._database.execute(
                "SELECT (SELECT value FROM meta WHERE name = 'generation'), data FROM part"
                " WHERE frame = ? AND name = ? ORDER BY number",
                (frame, name),
            ).fetchall()
        if not rows or rows[0][0] != generation:
            raise RetryableError("The graph was written by another process.", remedy="Ask again.")
        chunks = [_decoded(data) for _, data in rows]
        return chunks[0] if len(chunks) == 1 else pa.concat_arrays(chunks)

    def write_frame(self, key: FrameKey, rows: int, columns: Mapping[str, pa.Array], names: Sequence[str]) -> None:
        """Write columns of a frame, inside a transaction; columns not among `names` go.

        Args:
            key: the frame.
            rows: how many elements it now has; 0 removes it.
            columns: those that changed.
            names: all that it has.
        """
        run = self._database.execute
        identity = (key.kind, key.label, key.out_label, key.in_label)
        found = run(
            "SELECT number FROM frame WHERE kind = ? AND label = ? AND out_label = ? AND in_label = ?", identity
        ).fetchone()
        if found is None:
            (number,) = run(
                "INSERT INTO frame (kind, label, out_label, in_label, rows) VALUES (?, ?, ?, ?, 0) RETURNING number",
                identity,
            ).fetchone()
        else:
            number = found[0]
        for (name,) in run("SELECT DISTINCT name FROM part WHERE frame = ?", (number,)).fetchall():
            if name in columns or name not in names:
                run("DELETE FROM part WHERE frame = ? AND name = ?", (number, name))
        if rows == 0:
            run("DELETE FROM part WHERE frame = ?", (number,))
            run("DELETE FROM frame WHERE number = ?", (number,))
            return
        run("UPDATE frame SET rows = ? WHERE number = ?", (rows, number))
        for name in sorted(columns):
            self._write_column(number, name, columns[name])

    def _write_column(self, frame: int, name: str, column: pa.Array) -> None:
        for number, start in enumerate(range(0, max(len(column), 1), PART_ROWS)):
            data = _encoded(column.slice(start, PART_ROWS))
            self._database.execute("INSERT INTO part VALUES (?, ?, ?, ?)", (frame, name, number, data))

    def singles(self) -> list[tuple[str, str, str | None]]:
        """All single writes: kind, id, state (None: removed), vertices before edges."""
        with self._lock:
            return self._database.execute("SELECT kind, key, state FROM single ORDER BY kind DESC, key").fetchall()

    def write_single(self, kind: str, key: str, state: str | None) -> None:
        """Keep the state of one element, inside a transaction."""
        self._database.execute("INSERT OR REPLACE INTO single VALUES (?, ?, ?)", (kind, key, state))

    def forget_singles(self) -> None:
        """Remove all single writes, inside a transaction."""
        self._database.execute("DELETE FROM single")

    def forget_single(self, kind: str, key: str) -> None:
        """Remove the state of one element, inside a transaction."""
        self._database.execute("DELETE FROM single WHERE kind = ? AND key = ?", (kind, key))

    def close(self) -> None:
        """Fold the log into the file and let go of it."""
        with self._lock:
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._database.close()


def _encoded(column: pa.Array) -> bytes:
    sink = pa.BufferOutputStream()
    batch = pa.record_batch([column], names=["c"])
    with ipc.new_stream(sink, batch.schema, options=ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue().to_pybytes())


def _decoded(data: bytes) -> pa.Array:
    with ipc.open_stream(pa.py_buffer(data)) as reader:
        column: pa.Array = reader.read_next_batch().column(0)
        return column
