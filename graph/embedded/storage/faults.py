"""What an error of SQLite, or data that is not as it was written, means for the caller."""

import sqlite3
from pathlib import Path
from typing import Final

from core.errors import BadInputError, BrokenError, C360Error, DeniedError, RetryableError

REBUILD: Final = "Delete the workspace's graph/ directory and run `c360 run`: it is rebuilt from the lake."


def told(error: sqlite3.Error, path: Path) -> C360Error:
    """Say what an error of SQLite means for the caller."""
    if isinstance(error, sqlite3.ProgrammingError):
        return BadInputError("The graph has been closed.", remedy="Open it anew.", file=path.name)
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return RetryableError(
            "Another process is writing to the graph.", remedy="Try again when it is done.", file=path.name
        )
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return RetryableError(
            "The graph could not be written; nothing of this write was kept.",
            remedy="Make room on the disk and try again.",
            file=path.name,
        )
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return DeniedError(
            "The graph file may not be opened for writing.",
            remedy="Give this user the right to write in graph/.",
            file=path.name,
        )
    return damaged(path)


def damaged(path: Path) -> BrokenError:
    """The error for a file that is not as it was written."""
    return BrokenError("The graph file is damaged or is no graph.", remedy=REBUILD, file=path.name)
