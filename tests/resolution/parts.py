"""Parts of kernels, made callable from Python."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba

P = ParamSpec("P")
R = TypeVar("R")


def whole(part: Callable[P, R]) -> Callable[P, R]:
    """A kernel that does nothing but call a part."""
    called: Callable[..., R] = part

    def call(*arguments: object) -> R:
        return called(*arguments)

    return cast(Callable[P, R], numba.njit(nogil=True)(call))
