"""Windows of time as bounds in whole epoch milliseconds, the same for all three compilers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from core.clock import epoch_ms
from insight.segments.definition import Window

DAY_MS: Final = 86_400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """From `first` (inclusive) to `end` (exclusive), in epoch milliseconds; none is unbounded."""

    first: int | None
    end: int | None


def bounds(window: Window, now: datetime) -> Bounds:
    """Resolve a window at a moment; where its parts overlap, the narrowest counts."""
    firsts: list[int] = []
    ends: list[int] = []
    if window.within_days is not None:
        firsts.append(epoch_ms(now) - round(window.within_days * DAY_MS) + 1)
        ends.append(epoch_ms(now) + 1)
    if window.since is not None:
        firsts.append(epoch_ms(window.since))
    if window.until is not None:
        ends.append(epoch_ms(window.until))
    return Bounds(first=max(firsts, default=None), end=min(ends, default=None))
