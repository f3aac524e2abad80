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
from typing import Any, Final

import pyarrow as pa

from core.errors import ConflictError
from graph.embedded.storage.checksums import decoded, encoded, listing_crc, meta_crc, single_crc
from graph.embedded.storage.faults import REBUILD, damaged, told
from graph.embedded.storage.frames import FrameKey

FORMAT: Final = 3
PART_ROWS: Final = 1 << 19
SCHEMA: Final = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE frame (number INTEGER PRIMARY KEY, kind TEXT NOT NULL, label TEXT NOT NULL, out_label TEXT NOT NULL,
    in_label TEXT NOT NULL, rows INTEGER NOT NULL, UNIQUE (kind, label, out_label, in_label));
CREATE TABLE part (frame INTEGER NOT NULL, name TEXT NOT NULL, number INTEGER NOT NULL, stamp INTEGER NOT NULL,
    crc INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (frame, name, number));
CREATE TABLE single (kind TEXT NOT NULL, key TEXT NOT NULL, stamp INTEGER NOT NULL, crc INTEGER NOT NULL, state TEXT,
    PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE INDEX single_stamp ON single (stamp);
INSERT INTO meta VALUES ('stamp', 0), ('frames', 0), ('next_id', 0), ('listing', 0), ('crc', 4205765237)
"""
FRAMES: Final = "SELECT number, kind, label, out_label, in_label, rows FROM frame ORDER BY number"
PARTS: Final = "SELECT frame, name, number, stamp, crc FROM part NOT INDEXED ORDER BY frame, name, number"
LISTING: Final = "SELECT value FROM meta WHERE name = 'listing'"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFrame:
    """A frame as the file knows it; data is read on demand.

    Attributes:
        number: names it in the file.
        key: what it holds.
        rows: how many elements.
        stamps: for each column (`id`, `out`, `in`, `p:…`) the commit that wrote it.
    """

    number: int
    key: FrameKey
    rows: int
    stamps: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where the file stands.

    Attributes:
        stamp: number of the latest commit.
        frames: the latest commit that wrote frames; single writes of later ones lie over them.
        next_id: the number that the next element without an id gets.
    """

    stamp: int
    frames: int
    next_id: int


Single = tuple[str, str, str | None]  # kind, id, state (None: removed)


class GraphFile:
    """One connection to a graph file; several threads may call it.

    Args:
        path: the file; made when there is none.
        wait_s: how long a write waits for another process's.

    Raises:
        BrokenError: it is no graph file, or damaged.
        ConflictError: it was written in another format.
    """

    def __init__(self, path: Path, wait_s: float) -> None:
        self.path = path
        self._lock = threading.RLock()
        try:
            self._database = sqlite3.connect(path, timeout=wait_s, isolation_level=None, check_same_thread=False)
        except sqlite3.Error as error:
            raise told(error, path) from error
        try:
            self._prepare()
        except BaseException:
            self._database.close()
            raise

    def _prepare(self) -> None:
        if self._one("PRAGMA user_version") == 0 and not self._one("SELECT count(*) FROM sqlite_master"):
            self._rows("PRAGMA page_size = 16384")
            self._rows("PRAGMA journal_mode = WAL")
            with self.transaction():
                if self._one("PRAGMA user_version") == 0:
                    for statement in SCHEMA.split(";\n"):
                        self._rows(statement)
                    self._rows(f"PRAGMA user_version = {FORMAT}")
        if self._one("PRAGMA user_version") != FORMAT:
            raise ConflictError("The graph was written by another version.", remedy=REBUILD, file=self.path.name)
        self._rows("PRAGMA journal_mode = WAL")
        self._rows("PRAGMA synchronous = FULL")
        self._rows("PRAGMA cache_size = -8192")
        self._rows("PRAGMA cell_size_check = ON")

    def _rows(self, sql: str, parameters: tuple[object, ...] = ()) -> list[Any]:
        with self._lock:
            try:
                return self._database.execute(sql, parameters).fetchall()
            except sqlite3.Error as error:
                raise told(error, self.path) from error
            except UnicodeDecodeError as error:
                raise damaged(self.path) from error

    def _one(self, sql: str, parameters: tuple[object, ...] = ()) -> int:
        return int(self._rows(sql, parameters)[0][0])

    @contextmanager
    def transaction(self) -> Generator[None]:
        """Write all of it or nothing."""
        self.begin()
        try:
            yield
        except BaseException:
            self.rollback()
            raise
        self.commit()

    def begin(self) -> None:
        """Become the one writer.

        Raises:
            RetryableError: another process has been writing for too long.
        """
        self._rows("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Make durable what was written since `begin`; on failure none of it is."""
        try:
            self._rows("COMMIT")
        except BaseException:
            self.rollback()
            raise

    def rollback(self) -> None:
        """Forget what was written since `begin`, or end the view that `hold` took."""
        if self._database.in_transaction:
            self._rows("ROLLBACK")

    @property
    def in_transaction(self) -> bool:
        """Whether `begin` or `hold` has not ended yet."""
        return self._database.in_transaction

    def hold(self) -> State:
        """Keep seeing the present state, whatever others write, until `rollback`."""
        self._rows("BEGIN")
        return self.state()

    def state(self) -> State:
        """Where the file stands.

        Raises:
            BrokenError: the numbers are not those that were written.
        """
        values = dict(self._rows("SELECT name, value FROM meta"))
        if values.get("crc") != meta_crc(values):
            raise damaged(self.path)
        return State(stamp=values["stamp"], frames=values["frames"], next_id=values["next_id"])

    def stamp(self) -> int:
        """Number of the latest commit. Cost: some microseconds."""
        return self._one("SELECT value FROM meta WHERE name = 'stamp'")

    def set_state(self, state: State) -> None:
        """Say where the file stands, inside a transaction; frames are listed anew in a commit that wrote some."""
        listing = self._listing() if state.frames == state.stamp else self._one(LISTING)
        values = {"stamp": state.stamp, "frames": state.frames, "next_id": state.next_id, "listing": listing}
        values["crc"] = meta_crc(values)
        self._many("UPDATE meta SET value = ? WHERE name = ?", [(value, name) for name, value in values.items()])

    def _listing(self) -> int:
        return listing_crc([*self._rows(FRAMES), *self._rows(PARTS)])

    def frames(self) -> list[StoredFrame]:
        """All frames, sorted by key. Cost: one row a part; no data is read.

        Raises:
            BrokenError: they are not those that were written, or a part of a column is missing or another's.
        """
        if self._one(LISTING) != self._listing():
            raise damaged(self.path)
        stamps: dict[int, dict[str, int]] = {}
        for number, name, _, stamp, _ in self._rows(PARTS):
            stamps.setdefault(number, {})[name] = stamp
        found = [
            StoredFrame(number=number, key=FrameKey(*key), rows=count, stamps=stamps.get(number, {}))
            for number, *key, count in self._rows(FRAMES)
        ]
        # By the index, by which parts are replaced: what it has lost would stay.
        counted = self._rows("SELECT frame, count(*) FROM part GROUP BY frame ORDER BY frame")
        if counted != [(item.number, len(item.stamps) * _parts(item.rows)) for item in found]:
            raise damaged(self.path)
        return sorted(found, key=lambda frame: frame.key)

    def read(self, frame: int, name: str, stamp: int) -> pa.Array | None:
        """Read a column as that commit wrote it; None when a later one has written it anew.

        Raises:
            BrokenError: the data is not what was written.
        """
        # Not by the index: a damaged one may lead to another column, whose checksum is right.
        sql = """SELECT part.stamp, crc, data, frame.rows FROM part NOT INDEXED JOIN frame ON frame.number = part.frame
            WHERE frame = ? AND name = ? ORDER BY part.number"""
        rows = self._rows(sql, (frame, name))
        if not rows and any(item.number == frame and item.stamps.get(name) == stamp for item in self.frames()):
            raise damaged(self.path)
        if not rows or rows[0][0] != stamp:
            return None
        chunks = [chunk for _, crc, data, _ in rows if (chunk := decoded(data, crc)) is not None]
        if len(chunks) != len(rows) or sum(map(len, chunks)) != rows[0][3]:
            raise damaged(self.path)
        return chunks[0] if len(chunks) == 1 else pa.concat_arrays(chunks)

    def write_frame(self, key: FrameKey, rows: int, columns: Mapping[str, pa.Array], names: Sequence[str]) -> int:
        """Write columns of a frame, inside a transaction; columns not among `names` go.

        Args:
            key: the frame.
            rows: how many elements it now has; 0 removes it.
            columns: those that changed.
            names: all that it has.

        Returns:
            The number of the frame.
        """
        number = self._frame_number(key)
        for (name,) in self._rows("SELECT name FROM part WHERE frame = ? AND number = 0", (number,)):
            if name in columns or name not in names or rows == 0:
                self._rows("DELETE FROM part WHERE frame = ? AND name = ?", (number, name))
        if rows == 0:
            self._rows("DELETE FROM frame WHERE number = ?", (number,))
            return number
        self._rows("UPDATE frame SET rows = ? WHERE number = ?", (rows, number))
        stamp = self.stamp() + 1
        for name in sorted(columns):
            self._write_column((number, name, stamp), columns[name])
        return number

    def _frame_number(self, key: FrameKey) -> int:
        identity = (key.kind, key.label, key.out_label, key.in_label)
        sql = "SELECT number FROM frame WHERE kind = ? AND label = ? AND out_label = ? AND in_label = ?"
        found = self._rows(sql, identity)
        if found:
            return int(found[0][0])
        sql = "INSERT INTO frame (kind, label, out_label, in_label, rows) VALUES (?, ?, ?, ?, 0) RETURNING number"
        return self._one(sql, identity)

    def _write_column(self, named: tuple[int, str, int], column: pa.Array) -> None:
        frame, name, stamp = named
        for number in range(_parts(len(column))):
            data, crc = encoded(column.slice(number * PART_ROWS, PART_ROWS))
            row = (frame, name, number, stamp, crc, data)
            self._rows("INSERT INTO part VALUES (?, ?, ?, ?, ?, ?)", row)

    def singles(self, after: int = 0) -> list[Single]:
        """Single writes of the commits after one; vertices before edges, then by id.

        All of them (`after` below 0) are read from the table itself and counted in its index: what one of the two has
        lost is missed.

        Raises:
            BrokenError: they are not those that were written.
        """
        source = "single NOT INDEXED" if after < 0 else "single"
        sql = f"SELECT kind, key, state, crc FROM {source} WHERE stamp > ? ORDER BY kind DESC, key"
        rows = self._rows(sql, (after,))
        try:
            spoilt = any(single_crc(kind, key, state) != crc for kind, key, state, crc in rows)
        except TypeError:
            spoilt = True
        counted = "SELECT count(*) FROM single INDEXED BY single_stamp WHERE stamp > -1"
        if spoilt or (after < 0 and self._one(counted) != len(rows)):
            raise damaged(self.path)
        return [(kind, key, state) for kind, key, state, _ in rows]

    def write_singles(self, singles: Sequence[Single]) -> None:
        """Keep states of elements under the next commit's stamp, inside a transaction."""
        stamp = self.stamp() + 1
        rows = [(kind, key, stamp, single_crc(kind, key, state), state) for kind, key, state in singles]
        self._many("INSERT OR REPLACE INTO single VALUES (?, ?, ?, ?, ?)", rows)

    def forget_singles(self, named: Sequence[tuple[str, str]]) -> None:
        """Remove the states of elements (kind, id), and every removal, inside a transaction."""
        self._rows("DELETE FROM single WHERE state IS NULL")
        self._many("DELETE FROM single WHERE kind = ? AND key = ?", named)

    def _many(self, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
        with self._lock:
            try:
                self._database.executemany(sql, rows)
            except sqlite3.Error as error:
                raise told(error, self.path) from error

    def close(self) -> None:
        """Let go of the file; the last connection folds the log into it."""
        with self._lock:
            self._database.close()


def _parts(rows: int) -> int:
    """How many parts a column of so many rows has."""
    return max(1, -(-rows // PART_ROWS))
