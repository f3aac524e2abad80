"""Where TinkerGraph and the embedded engine differ and the embedded engine is not to be changed, each with its reason.

The rules are narrow: what a rule does not name counts as a fault. What the grammar does not draw at all for such a
reason is said there.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from tests.graph.fuzz.grammar import Drawn, Step, Sub, names

FILTERS: Final = frozenset({"where", "filter", "not", "and", "or", "is", "has", "hasLabel", "hasId", "hasNot", "dedup"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One explained difference.

    Attributes:
        reason: why both answers stand.
        one_refuses: whether exactly one of the engines refuses the traversal, or both answer it.
        applies: whether this traversal may meet it.
    """

    reason: str
    one_refuses: bool
    applies: Callable[[Drawn], bool]


def _steps(steps: Iterable[Step]) -> list[Step]:
    """All steps of a traversal, of children too."""
    found: list[Step] = []
    for step in steps:
        found.append(step)
        for argument in step[1:]:
            if isinstance(argument, Sub):
                found += _steps(argument)
    return found


def _has_filters(drawn: Drawn) -> bool:
    return sum(name in FILTERS for name in names(drawn.steps)) >= 2


def _folds_with_seed(drawn: Drawn) -> bool:
    return any(step[0] == "fold" and len(step) == 3 for step in _steps(drawn.steps))


KNOWN: Final = (
    Known(
        reason="TinkerPop's strategies put cheap filters first: which filter meets a value that it refuses is open.",
        one_refuses=True,
        applies=_has_filters,
    ),
    Known(
        reason="TinkerPop's fold(seed, operator) counts equal traversers that it has bulked once.",
        one_refuses=False,
        applies=_folds_with_seed,
    ),
)


def reason(drawn: Drawn, *, one_refuses: bool) -> str | None:
    """Why the engines differ on this traversal, where that is known."""
    found = (known for known in KNOWN if known.one_refuses == one_refuses and known.applies(drawn))
    return next((known.reason for known in found), None)
