"""Memory of a long job: kept for what comes next, given back to the system where much is free.

The first touch of memory that is new to a process costs several times what using it costs. The C library takes every
large array fresh from the system, and from a heap for each thread; one heap for all hands on what was freed. And NumPy
asks for huge pages: Linux clears two megabytes at a first touch, and a virtual machine may wait for its host to find
them whole, while nothing here reads memory in an order that would profit.
"""

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Final, Generic, TypeVar

import pyarrow as pa

T = TypeVar("T")
NOTHING_KEPT: Final = 0
HEAPS, FROM_HEAP, KEPT = -8, -3, -1
"""Names of glibc's malloc.h: M_ARENA_MAX, M_MMAP_THRESHOLD, M_TRIM_THRESHOLD."""
LARGEST: Final = (1 << 30, 1 << 25)
"""The largest array that the heap holds, in bytes: as asked for, and as versions allow that refuse so much."""
MOST_KEPT: Final = (1 << 31) - 1
"""The most freed memory that the heap holds, in bytes."""
NO_HUGE_PAGES: Final = 41
"""The name of Linux's prctl.h: PR_SET_THP_DISABLE."""


def use_one_heap() -> None:
    """Take all memory of this process, Arrow's with it, from one heap of small pages; it keeps what is freed.

    For who owns the process, and before threads start. Processes that it starts have small pages too. Pages are of
    Linux and the heap of glibc: elsewhere only Arrow's part is done.
    """
    pages = _function("prctl")
    if pages is not None:
        pages(NO_HUGE_PAGES, 1, 0, 0, 0)
    pa.set_memory_pool(pa.system_memory_pool())
    option = _function("mallopt")
    if option is not None and any(option(FROM_HEAP, largest) for largest in LARGEST):
        option(KEPT, MOST_KEPT)
        option(HEAPS, 1)


def give_back() -> None:
    """Return freed memory that the C library keeps for later. Takes milliseconds; does nothing where it cannot."""
    trim = _function("malloc_trim")
    if trim is not None:
        trim(NOTHING_KEPT)


class Handed(Generic[T]):
    """Something large on its way to who uses it up: once it is taken, no reference to it is left behind.

    A table that is passed on as an argument stays alive in every frame that it came through; one that is handed over
    ends with its last use.
    """

    def __init__(self, it: T) -> None:
        self._it = [it]

    @property
    def there(self) -> T:
        """The thing itself, to look at.

        Raises:
            IndexError: it was taken.
        """
        return self._it[0]

    def take(self) -> T:
        """The thing itself, for good; the frame that is called with it has the only reference."""
        return self._it.pop()


@cache
def _function(name: str) -> Callable[..., int] | None:
    """A function of the C library; None where it has none of this name."""
    try:
        found: Callable[..., int] = getattr(ctypes.CDLL(None), name)
    except (AttributeError, OSError, TypeError):
        return None
    return found
