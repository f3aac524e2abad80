"""Intervals of shares that were counted on a part.

Source: Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22(158), 209-212.
"""

from math import sqrt
from typing import Final

Z_95: Final = 1.959964


def wilson(share: float, count: float) -> tuple[float, float]:
    """Bounds of a share with 95 % confidence; within 0 and 1 however few were counted.

    Args:
        share: what was counted, 0 to 1.
        count: on how many, above 0; not whole where they weigh unequally.
    """
    z2 = Z_95**2
    centre = (share + z2 / (2 * count)) / (1 + z2 / count)
    reach = Z_95 / (1 + z2 / count) * sqrt(share * (1 - share) / count + z2 / (4 * count**2))
    return max(centre - reach, 0.0), min(centre + reach, 1.0)
