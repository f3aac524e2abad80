"""Try again what fails because others write at the same time, or because a connection broke.

Waits grow and are drawn from all that is shorter ("full jitter"), so that writers who clashed do not clash again.

Source: Brooker (2015), Exponential Backoff And Jitter, AWS Architecture Blog.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeVar

from core.errors import RetryableError
from graph.stores.connections import ConnectionLostError

T = TypeVar("T")
PASSING: Final = (
    "ConcurrentModificationException",
    "ConstraintViolationException",
    "TransactionException",
    "ThrottlingException",
    "TooManyRequestsException",
    "ReadOnlyViolationException",
    "MemoryLimitExceeded",
)
"""Names in a server's error that mean: nothing was done, and the same request may succeed later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retries:
    """How often to try, and how long to wait between.

    Attributes:
        attempts: tries in all.
        first_s: the longest first wait, in seconds; each later one may be twice as long.
        longest_s: the longest wait of all, in seconds.
        sleep: how to wait.
        chance: draws the waits.
    """

    attempts: int = 8
    first_s: float = 0.05
    longest_s: float = 10.0
    sleep: Callable[[float], None] = time.sleep
    chance: random.Random = field(default_factory=random.Random)

    def run(self, call: Callable[[], T], *, repeatable: bool = True) -> T:
        """Call until it succeeds.

        Args:
            call: what to do.
            repeatable: whether doing it twice is as good as once; if not, a lost connection is not tried again, since
                nobody knows how much was done.

        Raises:
            RetryableError: the last attempt failed in passing, too.
            Exception: whatever else the call raises, at once.
        """
        for attempt in range(self.attempts):
            try:
                return call()
            except Exception as error:
                if not (is_passing(error) or (repeatable and isinstance(error, ConnectionLostError))):
                    raise
                if attempt + 1 == self.attempts:
                    raise RetryableError("The graph server is too busy.", remedy="Try again later.") from error
            self.sleep(self.chance.uniform(0, min(self.first_s * 2**attempt, self.longest_s)))
        raise AssertionError  # pragma: no cover


def is_passing(error: Exception) -> bool:
    """Whether the error's text says that nothing was done and another attempt may succeed."""
    return any(name in str(error) for name in PASSING)
