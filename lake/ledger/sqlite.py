"""An append-only ledger in SQLite (WAL): named streams of JSON entries, each chained to the one before by SHA-256.

The packages that write entries give them their types; here an entry is a JSON object. Nothing is updated or deleted:
triggers refuse it. A changed or missing entry shows in `verify`.
"""

import hashlib
import sqlite3
import threading
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from core.clock import Clock, parse_instant, utc_now
from core.errors import BrokenError, RetryableError

GENESIS: Final = "0" * 64
BUSY_S: Final = 10.0
SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS entries (
    stream TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    entry TEXT NOT NULL,
    chain TEXT NOT NULL,
    PRIMARY KEY (stream, seq)
) WITHOUT ROWID;
CREATE TRIGGER IF NOT EXISTS entries_stay BEFORE UPDATE ON entries BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;
CREATE TRIGGER IF NOT EXISTS entries_last BEFORE DELETE ON entries BEGIN
    SELECT RAISE(ABORT, 'the ledger is append-only');
END;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: its place in the stream (1, 2 …), when it was appended, and what it says."""

    seq: int
    at: datetime
    entry: Mapping[str, object]


class Ledger:
    """Streams of entries in one SQLite file. Safe for several threads and processes."""

    def __init__(self, path: Path, *, clock: Clock = utc_now) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = FULL")
        self._database.executescript(SCHEMA)

    def append(self, stream: str, entry: Mapping[str, object]) -> int:
        """Add an entry to the end of a stream and give its place; on disk when this returns.

        Raises:
            RetryableError: another process holds the ledger.
        """
        return self.append_all(stream, [entry])

    def append_all(self, stream: str, entries: Sequence[Mapping[str, object]]) -> int:
        """Add entries together, all or none, and give the place of the last."""
        at = self._clock().isoformat()
        with self._transaction() as database:
            seq, chain = self._end(stream)
            for entry in entries:
                text = msgspec.json.encode(entry, order="sorted").decode()
                seq, chain = seq + 1, _link(chain, stream, at, text)
                database.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?)", (stream, seq, at, text, chain))
        return seq

    def entries(self, stream: str, after: int = 0) -> Iterator[Entry]:
        """The entries of a stream beyond a place, in order."""
        with self._lock:
            rows = self._database.execute(
                "SELECT seq, at, entry FROM entries WHERE stream = ? AND seq > ? ORDER BY seq", (stream, after)
            ).fetchall()
        for seq, at, text in rows:
            yield Entry(seq=seq, at=parse_instant(at), entry=msgspec.json.decode(text))

    def verify(self, stream: str) -> int:
        """Follow the chain from the first entry and give the number of entries.

        Raises:
            BrokenError: an entry was changed, removed or put in between; the message names the place.
        """
        with self._lock:
            rows = self._database.execute(
                "SELECT seq, at, entry, chain FROM entries WHERE stream = ? ORDER BY seq", (stream,)
            ).fetchall()
        chain = GENESIS
        for place, (seq, at, text, stored) in enumerate(rows, start=1):
            chain = _link(chain, stream, at, text)
            if seq != place or chain != stored:
                raise BrokenError(
                    f"The ledger's stream '{stream}' was changed at entry {place}.",
                    remedy="Compare it with a backup; what follows that entry cannot be trusted.",
                    stream=stream,
                    entry=place,
                )
        return len(rows)

    def close(self) -> None:
        """Fold the write-ahead log into the file and close it."""
        with self._lock:
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._database.close()

    def _end(self, stream: str) -> tuple[int, str]:
        row = self._database.execute(
            "SELECT seq, chain FROM entries WHERE stream = ? ORDER BY seq DESC LIMIT 1", (stream,)
        ).fetchone()
        return (row[0], row[1]) if row is not None else (0, GENESIS)

    @contextmanager
    def _transaction(self) -> Generator[sqlite3.Connection]:
        with self._lock:
            try:
                self._database.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                raise RetryableError("The ledger is busy.", remedy="Try again.") from error
            try:
                yield self._database
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")


def _link(chain: str, stream: str, at: str, text: str) -> str:
    return hashlib.sha256(f"{chain}\x1f{stream}\x1f{at}\x1f{text}".encode()).hexdigest()
