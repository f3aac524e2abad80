"""What is drawn: traversals as tuples of steps, children among them."""

from dataclasses import dataclass
from typing import Any, Final

Step = tuple[Any, ...]
WRITES: Final = frozenset({"addV", "addE", "property", "drop", "mergeV", "mergeE"})


class Sub(tuple[Step, ...]):
    """The steps of a child traversal."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A traversal: what its source is told, its steps, and whether its answer has an order."""

    source: tuple[Step, ...]
    steps: tuple[Step, ...]
    ordered: bool = False

    @property
    def writes(self) -> bool:
        """Whether it may change the graph."""
        return not WRITES.isdisjoint(names(self.steps))


def names(value: Any) -> list[str]:
    """The names of all steps, of children too, as often as they occur."""
    found: list[str] = []
    for step in value:
        found.append(step[0])
        for argument in step[1:]:
            if isinstance(argument, Sub):
                found += names(argument)
    return found
