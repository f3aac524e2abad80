"""Which function compiles which step. A step the registry does not name is refused by its name."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from graph.embedded.plan import Instruction
from graph.embedded.traverser import Process

if TYPE_CHECKING:
    from graph.embedded.compiler import Compiler

Compile = Callable[[Instruction, "Compiler"], Process]
STEPS: Final[dict[str, Compile]] = {}


def step(*names: str) -> Callable[[Compile], Compile]:
    """Register the function as the compiler of these steps."""

    def register(function: Compile) -> Compile:
        for name in names:
            STEPS[name] = function
        return function

    return register
