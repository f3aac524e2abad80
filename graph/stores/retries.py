"""Try again what fails because others write at the same time; waits grow and are spread by chance."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeVar

from core.errors import RetryableError

T = TypeVar("T")
PASSING: Final = (
    "ConcurrentModificationException",
    "TransactionException",
    "ThrottlingException",
    "MemoryLimitExceeded",
)
"""Names in a server's error that mean: the same request may succeed later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retries:
    """How often to try, and how long to wait between.

    Attributes:
        attempts: tries in all.
        first_s: the longest first wait, in seconds; each later one may be twice as long.
        sleep: how to wait.
        chance: spreads the waits, so that writers who clashed do not clash again.
    """

    attempts: int = 6
    first_s: float = 0.05
    sleep: Callable[[float], None] = time.sleep
    chance: random.Random = field(default_factory=random.Random)

    def run(self, call: Callable[[], T]) -> T:
        """Call until it succeeds.

        Raises:
            RetryableError: the last attempt failed in passing, too.
            Exception: whatever else the call raises, at once.
        """
        for attempt in range(self.attempts):
            try:
                return call()
            except Exception as error:
                if not is_passing(error):
                    raise
                if attempt + 1 == self.attempts:
                    raise RetryableError("The graph server is too busy.", remedy="Try again later.") from error
            self.sleep(self.chance.uniform(0, self.first_s * 2**attempt))
        raise AssertionError  # pragma: no cover


def is_passing(error: Exception) -> bool:
    """Whether the error's text says that another attempt may succeed."""
    return any(name in str(error) for name in PASSING)
