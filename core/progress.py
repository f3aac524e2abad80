"""How long tasks tell where they are. The command line draws bars; a library caller hears nothing."""

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

T = TypeVar("T")


class Progress(Protocol):
    """Someone who wants to know how far a task has come."""

    def start(self, task: str, total: int | None = None) -> None:
        """A task begins; `total` is its number of steps where known."""
        ...

    def advance(self, task: str, steps: int = 1) -> None:
        """So many more steps of the task are done."""
        ...

    def finish(self, task: str, note: str = "") -> None:
        """The task is over; the note says what came of it, without personal data."""
        ...


class Silent:
    """Nobody listens."""

    def start(self, task: str, total: int | None = None) -> None:
        """Say nothing."""

    def advance(self, task: str, steps: int = 1) -> None:
        """Say nothing."""

    def finish(self, task: str, note: str = "") -> None:
        """Say nothing."""


def steps(items: Iterable[T], progress: Progress, task: str, total: int | None = None) -> Iterator[T]:
    """Hand on the items and count each as one step of the task."""
    progress.start(task, total)
    for item in items:
        yield item
        progress.advance(task)
    progress.finish(task)
