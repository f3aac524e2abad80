"""Many numbers in one: a 64-bit number that differs where any of them does, but for one chance in 2^64.

Source: Knuth (1998), The Art of Computer Programming 3, 6.4 (multiplicative hashing, by the golden ratio).
"""

from typing import Final

import numpy as np

from resolution.compiled import inner

MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)


@inner
def mixed(key: np.uint64, value: int) -> np.uint64:
    """A number that one more value has gone into."""
    key = (key ^ np.uint64(np.int64(value))) * MULTIPLIER
    return key ^ (key >> np.uint64(29))
