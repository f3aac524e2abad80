"""Threads that share the parts of a job: as many as there are processors. What they make never depends on how many.

Kernels and Arrow run without the interpreter's lock. Parts are put together in order, and wherever sums are made of
them there are as many parts on every machine.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final, TypeVar

from core.errors import BadInputError

R = TypeVar("R")
THREADS: Final = "C360_THREADS"
"""The environment's word on how many threads work at once."""
MOST: Final = 8
"""Threads unless more are asked for: each holds room of its own, and more wait for memory."""


def workers() -> int:
    """How many threads work at once: as the environment says, else one for each processor up to MOST.

    Raises:
        BadInputError: the environment says something else than a number above 0.
    """
    said = os.environ.get(THREADS)
    if said is None:
        return min(_processors(), MOST)
    if not (said.isdecimal() and int(said)):
        raise BadInputError(f"{THREADS} is {said!r}.", remedy="Set it to a whole number above 0, or not at all.")
    return int(said)


def _processors() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def open_threads() -> ThreadPoolExecutor:
    """Threads for tasks of several kinds."""
    return ThreadPoolExecutor(workers())


def in_threads(work: Callable[..., R], *arguments: Iterable[Any]) -> list[R]:
    """What a function makes of each of its arguments, in their order; several are worked on at once."""
    with open_threads() as pool:
        return list(pool.map(work, *arguments))


def in_turn(work: Callable[..., R], arguments: Iterable[Any]) -> Iterator[R]:
    """As `in_threads`, one after the other as they are asked for: no more are there than threads, and one."""
    with open_threads() as pool:
        begun = deque[Future[R]]()
        for one in arguments:
            begun.append(pool.submit(work, one))
            if len(begun) > workers():
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()


def cuts(count: int, parts: int | None = None) -> list[tuple[int, int]]:
    """So many things in about equal parts, one for each thread unless told: the first of each, and the one after."""
    parts = parts or workers()
    return [(count * part // parts, count * (part + 1) // parts) for part in range(parts)]
