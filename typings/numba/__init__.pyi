"""What we use of numba: one decorator."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

def njit(*, cache: bool, nogil: bool, forceinline: bool = ...) -> Callable[[Callable[P, R]], Callable[P, R]]: ...
