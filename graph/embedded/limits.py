"""What one traversal may use: time, memory, results, rounds of a loop, length of a path.

A watch is asked now and then by the steps; it raises an error that names the limit and its setting. Time and memory are
read at most once every thousand traversers.
"""

import os
import time
from pathlib import Path
from typing import ClassVar, Final

from core.errors import C360Error, DeniedError
from graph.contract import TraversalLimits

EVERY: Final = 1024
LARGE: Final = 1_000_000  # bytes below which an array is not worth a look at memory
STATM: Final = Path("/proc/self/statm")


class LimitError(DeniedError):
    """A traversal went beyond a limit of the graph; the limit is a setting."""

    code: ClassVar[str] = "LIMIT"


NO_LIMITS: Final = TraversalLimits(evaluation_s=0, memory_mb=0, results=0, loops=0, path_length=0)


class Watch:
    """Counts what one evaluation uses.

    Args:
        limits: what it may use.
    """

    __slots__ = ("_deadline", "_limits", "_memory", "_ticks")

    def __init__(self, limits: TraversalLimits = NO_LIMITS) -> None:
        self._limits = limits
        self._deadline = time.monotonic() + limits.evaluation_s if limits.evaluation_s else float("inf")
        self._memory: int | None = None
        self._ticks = 0

    def tick(self) -> None:
        """One more traverser has moved."""
        self._ticks += 1
        if self._ticks >= EVERY:
            self._ticks = 0
            self.check()

    def check(self) -> None:
        """Look at the clock and at memory.

        Raises:
            LimitError: one of the limits has been passed.
        """
        self.clock()
        if self._limits.memory_mb:
            self._check_memory(0)

    def clock(self) -> None:
        """Look at the clock; errors as in `check`."""
        if time.monotonic() > self._deadline:
            raise over("evaluation_s", self._limits.evaluation_s, "The traversal took longer than {} s.")

    def foresee(self, items: int, bytes_each: int) -> None:
        """So many items are about to be made at once; errors as in `check`."""
        self.clock()
        if self._limits.memory_mb and items * bytes_each >= LARGE:
            self._check_memory(items * bytes_each)

    def _check_memory(self, more: int) -> None:
        now = resident_bytes()
        if self._memory is None:
            self._memory = now
        if (now - self._memory + more) > self._limits.memory_mb * 1_000_000:
            raise over("memory_mb", self._limits.memory_mb, "The traversal needs more memory than {} MB.")

    def results(self, number: int) -> None:
        """The answer has this many traversers; errors as in `check`."""
        if self._limits.results and number > self._limits.results:
            raise over("results", self._limits.results, "The traversal has more than {} results.")

    def loops(self, number: int) -> None:
        """A repeat has gone this many rounds; errors as in `check`."""
        if self._limits.loops and number > self._limits.loops:
            raise over("loops", self._limits.loops, "A repeat() went round more than {} times.")

    def path(self, length: int) -> None:
        """A path has this many objects; errors as in `check`."""
        if self._limits.path_length and length > self._limits.path_length:
            raise over("path_length", self._limits.path_length, "A path has more than {} objects.")


def over(name: str, limit: float, message: str) -> C360Error:
    """The error for a limit that was passed."""
    remedy = f"Ask for less, or raise {name} in [graph.limits]."
    return LimitError(message.format(f"{limit:g}"), remedy=remedy, limit=name, value=limit)


def resident_bytes() -> int:
    """What the process holds in memory; 0 where the system does not tell."""
    try:
        return int(STATM.read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0
