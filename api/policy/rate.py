"""How often a key may ask: a bucket a key, that holds a minute's requests and fills as time passes.

Kept in this process: several servers over one workspace each count for themselves.
"""

import threading
import time
from collections.abc import Callable
from typing import ClassVar, Final

from core.errors import RetryableError

MINUTE_S: Final = 60.0


class TooOftenError(RetryableError):
    """The key has asked too often."""

    code: ClassVar[str] = "TOO_OFTEN"


class Rate:
    """Counts the requests of each key."""

    def __init__(self, per_minute: int, *, seconds: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._seconds = seconds
        self._lock = threading.Lock()
        self._buckets: dict[str, tuple[float, float]] = {}

    def take(self, key_id: str) -> None:
        """Count one request.

        Raises:
            TooOftenError: the key has used its minute's requests; the fact `wait_s` says when one is left again.
        """
        now = self._seconds()
        with self._lock:
            left, since = self._buckets.get(key_id, (float(self._per_minute), now))
            left = min(left + (now - since) * self._per_minute / MINUTE_S, self._per_minute)
            self._buckets[key_id] = (max(left - 1, 0.0) if left >= 1 else left, now)
        if left < 1:
            wait_s = round((1 - left) * MINUTE_S / self._per_minute, 1)
            raise TooOftenError("This key asks too often.", remedy=f"Wait {wait_s} s.", wait_s=wait_s)
