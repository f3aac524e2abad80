"""What a request may take: the time that it asks for itself, and results, which come with how often they occur."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from gremlin_python.process.traversal import Traverser

from graph.contract import TraversalLimits
from graph.embedded.limits import over
from graph.embedded.plan import Plan
from graph.embedded.strategies import asked_for

TIMEOUT_OPTION: Final = "evaluationTimeout"


def limits_of(plan: Plan, limits: TraversalLimits) -> TraversalLimits:
    """The limits, with less time where `with("evaluationTimeout", ms)` asks for less; never with more."""
    if not plan.source:
        return limits
    asked = asked_for(plan).get("OptionsStrategy", {}).get(TIMEOUT_OPTION)
    if not isinstance(asked, int | float) or asked <= 0:
        return limits
    wanted = float(asked) / 1000
    allowed = min(wanted, limits.evaluation_s) if limits.evaluation_s else wanted
    return msgspec.structs.replace(limits, evaluation_s=allowed)


def expanded(found: Sequence[Traverser], most: int) -> list[Any]:
    """Each result as often as it occurs; `most` is 0 for no limit.

    Raises:
        LimitError: there are more than `most`; ten traversers may stand for more than memory holds.
    """
    if most and sum(item.bulk for item in found) > most:
        raise over("results", most, "The traversal has more than {} results.")
    return [item.object for item in found for _ in range(item.bulk)]
