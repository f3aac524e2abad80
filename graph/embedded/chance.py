"""The random numbers of Java, so that a seeded `sample`, `coin` or shuffle gives what TinkerPop gives for that seed.

Source: the linear congruential generator of java.util.Random (Knuth, TAOCP 2, section 3.2.1). Not for secrets.
"""

import math
from typing import Any, Final

MULTIPLIER: Final = 0x5DEECE66D
MASK: Final = (1 << 48) - 1


class JavaRandom:
    """A generator that gives the numbers of `new java.util.Random(seed)`."""

    def __init__(self, seed: int) -> None:
        self._state = (seed ^ MULTIPLIER) & MASK
        self._spare: float | None = None

    def _bits(self, count: int) -> int:
        self._state = (self._state * MULTIPLIER + 0xB) & MASK
        found = self._state >> (48 - count)
        return found - (1 << count) if found >> (count - 1) and count == 32 else found

    def fraction(self) -> float:
        """A number in [0, 1): nextDouble()."""
        return ((self._bits(26) << 27) + self._bits(27)) * 2.0**-53

    def below(self, bound: int) -> int:
        """A whole number in [0, bound): nextInt(bound), for bounds up to 2**31 - 1."""
        if bound & -bound == bound:
            return (bound * self._bits(31)) >> 31
        while True:
            bits = self._bits(31)
            found = bits % bound
            if bits - found + (bound - 1) < 1 << 31:
                return found

    def normal(self) -> float:
        """A draw of the standard normal distribution: nextGaussian()."""
        if self._spare is not None:
            found, self._spare = self._spare, None
            return found
        while True:
            first, second = 2 * self.fraction() - 1, 2 * self.fraction() - 1
            square = first * first + second * second
            if 0 < square < 1:
                scale = math.sqrt(-2 * math.log(square) / square)
                self._spare = second * scale
                return first * scale

    def shuffle(self, items: list[Any]) -> None:
        """Put a list in another order, in place: Collections.shuffle()."""
        for place in range(len(items), 1, -1):
            other = self.below(place)
            items[place - 1], items[other] = items[other], items[place - 1]
