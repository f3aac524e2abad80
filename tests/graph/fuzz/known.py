"""Where TinkerGraph and the embedded engine differ and the embedded engine is not to be changed, each with its reason.

The rules are narrow: what a rule does not name counts as a fault. What the grammar does not draw at all for such a
reason is said there.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from tests.graph.fuzz.shapes import Drawn, Step, Sub, names

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


def _merges_sacks(drawn: Drawn) -> bool:
    merging = any(step[0] == "withSack" and len(step) == 3 for step in drawn.source)
    return merging and not {"sack", "dedup"}.isdisjoint(names(drawn.steps))


def _owners_behind_barrier(drawn: Drawn) -> bool:
    return {"properties", "barrier", "element"} <= {*names(drawn.steps)}


def _cuts_from_the_end(drawn: Drawn) -> bool:
    return any(
        step[0] == "substring" and any(isinstance(item, int) and item < 0 for item in step[1:])
        for step in _steps(drawn.steps)
    )


def _open_ranges(drawn: Drawn) -> bool:
    ranges = [step for step in _steps(drawn.steps) if step[0] in ("range", "skip")]
    return len(ranges) >= 2 and any(step[0] == "skip" or step[-1] == -1 for step in ranges)


def _selects_within_filter(drawn: Drawn) -> bool:
    children = [item for step in _steps(drawn.steps) if step[0] in FILTERS for item in step if isinstance(item, Sub)]
    return names(drawn.steps).count("as") >= 2 and any("select" in names(child) for child in children)


def _counts_by_mixed_numbers(drawn: Drawn) -> bool:
    found = {*names(drawn.steps)}
    branching = not found.isdisjoint({"union", "coalesce", "choose", "branch", "optional"})
    return branching and "count" in found and not found.isdisjoint({"group", "groupCount"})


def _parts(drawn: Drawn) -> list[tuple[Step, ...]]:
    """The traversal and all of its children."""
    return [drawn.steps, *(item for step in _steps(drawn.steps) for item in step if isinstance(item, Sub))]


REDUCING: Final = frozenset(["count", "sum", "min", "max", "mean", "fold", "group", "groupCount", "tree"])


def _bounds(step: Step) -> tuple[int, int] | None:
    """Which traversers a range lets through, the last excluded; -1 is without an end."""
    name, *given = step
    if name not in ("limit", "skip", "range") or not all(isinstance(item, int) for item in given):
        return None
    return {"limit": (0, given[0]), "skip": (given[0], -1)}.get(name) or (given[0], given[1])


def _ranges_of_nothing(drawn: Drawn) -> bool:
    for part in _parts(drawn):
        bounds = [_bounds(step) for step in part]
        for place, (first, second) in enumerate(pairwise(bounds)):
            empty = first and second and first[1] != -1 and second[0] >= first[1] - first[0]
            if empty and any(step[0] in REDUCING for step in part[place + 2 :]):
                return True
    return False


def _thins_out_after_order(drawn: Drawn) -> bool:
    for part in _parts(drawn):
        told = [step[0] for step in part]
        behind = told[told.index("order") :] if "order" in told else []
        if ("dedup", "by") in pairwise(behind):
            return True
    return False


def _connects_equal_steps(drawn: Drawn) -> bool:
    connected = [part for part in _parts(drawn) if {("or",), ("and",)} & {step for step in part if len(step) == 1}]
    return any(len(set(map(repr, part))) < len(part) for part in connected)


KNOWN: Final = (
    Known(
        reason="TinkerPop's strategies move filters with their labels past a where() that selects one of them.",
        one_refuses=False,
        applies=_selects_within_filter,
    ),
    Known(
        reason="A map of Python's has one key for an Integer and an equal Long; the driver keeps one of their counts.",
        one_refuses=False,
        applies=_counts_by_mixed_numbers,
    ),
    Known(
        reason="TinkerPop's ConnectiveStrategy takes the first of equal steps away when it joins a.or().b.",
        one_refuses=True,
        applies=_connects_equal_steps,
    ),
    Known(
        reason="The same, where the wrong halves make a traversal that can be answered.",
        one_refuses=False,
        applies=_connects_equal_steps,
    ),
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
    Known(
        reason="TinkerPop puts barriers between steps as it sees fit: each sums the sacks of equal traversers, and"
        " dedup() in a child counts those once.",
        one_refuses=False,
        applies=_merges_sacks,
    ),
    Known(
        reason="TinkerPop's barrier() makes equal properties of several elements one, of one element.",
        one_refuses=False,
        applies=_owners_behind_barrier,
    ),
    Known(
        reason="TinkerPop divides by zero where substring() counts from the end of an empty text.",
        one_refuses=True,
        applies=_cuts_from_the_end,
    ),
    Known(
        reason="TinkerPop's EarlyLimitStrategy makes of two ranges without an end one that it refuses itself.",
        one_refuses=True,
        applies=_open_ranges,
    ),
    Known(
        reason="TinkerPop's EarlyLimitStrategy makes of two ranges that nothing passes a traversal without any answer,"
        " where a count() behind them should say 0.",
        one_refuses=False,
        applies=_ranges_of_nothing,
    ),
    Known(
        reason="TinkerPop's FilterRankingStrategy puts dedup().by() before an order() in front of it: which of"
        " those alike is kept is the graph's order.",
        one_refuses=False,
        applies=_thins_out_after_order,
    ),
)


def reason(drawn: Drawn, *, one_refuses: bool) -> str | None:
    """Why the engines differ on this traversal, where that is known."""
    found = (known for known in KNOWN if known.one_refuses == one_refuses and known.applies(drawn))
    return next((known.reason for known in found), None)
