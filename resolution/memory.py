"""Giving memory back to the system between the stages of a long job, so that its peak is what one stage needs."""

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Final

NOTHING_KEPT: Final = 0


def give_back() -> None:
    """Return freed memory that the C library keeps for later. Takes milliseconds; does nothing where it cannot."""
    trim = _trim()
    if trim is not None:
        trim(NOTHING_KEPT)


@cache
def _trim() -> Callable[[int], int] | None:
    """The function of glibc; other C libraries have none."""
    try:
        return ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return None
