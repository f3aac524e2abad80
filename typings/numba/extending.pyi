from collections.abc import Callable
from typing import TypeVar

A = TypeVar("A")

def intrinsic(function: Callable[..., object]) -> Callable[[A], A]: ...
