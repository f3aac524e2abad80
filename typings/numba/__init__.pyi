"""What we use of numba: one decorator."""

from collections.abc import Callable, Mapping
from typing import Generic, ParamSpec, TypeVar

from numba.core.caching import FunctionCache
from numba.core.compiler import Compiler, CompileResult, Target
from numba.core.types import Type

P = ParamSpec("P")
R = TypeVar("R")

class Dispatcher(Generic[P, R]):
    _cache: FunctionCache
    overloads: dict[tuple[Type, ...], CompileResult]
    get_call_template: Callable[[tuple[Type, ...], Mapping[str, Type]], object]
    add_overload: Callable[[CompileResult], None]
    targetctx: Target
    compile: Callable[[tuple[Type, ...]], object]
    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R: ...

def njit(
    *,
    nogil: bool,
    forceinline: bool = ...,
    no_cfunc_wrapper: bool = ...,
    pipeline_class: type[Compiler] = ...,
    _nrt: bool = ...,
) -> Callable[[Callable[P, R]], Dispatcher[P, R]]: ...
