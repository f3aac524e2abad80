from collections.abc import Callable
from typing import Any, TypeVar, overload

A = TypeVar("A")

@overload
def intrinsic(function: Callable[[Any, Any], object]) -> Callable[[A], A]: ...
@overload
def intrinsic(function: Callable[[Any, Any, Any], object]) -> Callable[[object, object], None]: ...
