"""Rows that a server refused, written down so that the others go on: ids and labels, never values."""

import json
import threading
from collections.abc import Sequence
from pathlib import Path

from core.errors import BrokenError
from graph.stores.rows import Row


class DeadLettersError(BrokenError):
    """A graph server refused some elements; the others were written, and the snapshot is not marked as shown."""

    code = "DEAD_LETTERS"


class DeadLetters:
    """A file with a line of JSON for every refused row.

    Args:
        path: where to write; made at the first refusal.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self.count = 0

    def add(self, rows: Sequence[Row], error: Exception) -> None:
        """Write rows down with the kind of the error."""
        lines = [json.dumps({"label": row.label, "id": row.id, "error": type(error).__name__}) for row in rows]
        with self._lock, self._path.open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
            self.count += len(rows)

    def check(self) -> None:
        """Fail if there were any.

        Raises:
            DeadLettersError: there were.
        """
        if self.count:
            raise DeadLettersError(
                "The graph server refused some elements.",
                remedy="See the file of dead letters, mend the cause and load again.",
                count=self.count,
                file=str(self._path.name),
            )
