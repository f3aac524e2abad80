"""Tables that were counted once and are asked for again: a snapshot never changes, so neither do they."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final

import pyarrow as pa

MOST: Final = 128


class Remembered:
    """The tables asked for last, by what was asked; safe for several threads.

    Two threads that ask for the same at once may both count it: nobody waits for another's query.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._tables: OrderedDict[Hashable, pa.Table] = OrderedDict()

    def table(self, asked: Hashable, count: Callable[[], pa.Table]) -> pa.Table:
        """Give the table that answers what was asked, counting it when it is not known."""
        with self._lock:
            if asked in self._tables:
                self._tables.move_to_end(asked)
                return self._tables[asked]
        counted = count()
        with self._lock:
            self._tables[asked] = counted
            while len(self._tables) > self._most:
                self._tables.popitem(last=False)
        return counted
