"""The decorator that makes a method a field of the schema; Strawberry's own hides the method's type from checkers."""

from collections.abc import Callable
from typing import TypeVar, cast

import strawberry

Method = TypeVar("Method", bound=Callable[..., object])


def described(description: str) -> Callable[[Method], Method]:
    """Make a method a field of this description."""
    return cast("Callable[[Method], Method]", strawberry.field(description=description))
