"""What we use of numba: one decorator."""

from collections.abc import Callable
from typing import Generic, ParamSpec, TypeVar

from numba.core.caching import FunctionCache

P = ParamSpec("P")
R = TypeVar("R")

class Dispatcher(Generic[P, R]):
    _cache: FunctionCache
    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R: ...

def njit(*, nogil: bool, forceinline: bool = ..., _nrt: bool = ...) -> Callable[[Callable[P, R]], Dispatcher[P, R]]: ...
