"""Answers that were found once and are asked for again: a snapshot never changes, so neither do they."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final, Generic, TypeVar

Answer = TypeVar("Answer")
MOST: Final = 128


class Remembered(Generic[Answer]):
    """The answers asked for last, by what was asked; safe for several threads.

    Two threads that ask for the same at once may both look for it: nobody waits for another's query.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()

    def answer(self, asked: Hashable, find: Callable[[], Answer]) -> Answer:
        """Give the answer to what was asked, finding it when it is not known."""
        with self._lock:
            if asked in self._answers:
                self._answers.move_to_end(asked)
                return self._answers[asked]
        found = find()
        with self._lock:
            self._answers[asked] = found
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return found
