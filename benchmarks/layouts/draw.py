"""Seeded chance: the one source of randomness of every layout."""

import random
import string
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TypeVar

Slip = Callable[["Draw", str], str]
Each = TypeVar("Each")


class Draw(random.Random):
    """Draws that depend on nothing but the seed, which is a text."""

    def chance(self, share: float) -> bool:
        """True in this share of the draws."""
        return self.random() < share

    def common(self, words: Sequence[Each]) -> Each:
        """One of the words, the first far more often than the last."""
        return words[int(len(words) * self.random() ** 2)]

    def filled(self, pattern: str) -> str:
        """A text like the pattern: `#` a digit, `%` one from 1, `@` a capital letter; others are themselves."""
        signs = {"#": string.digits, "%": string.digits[1:], "@": "ABCDEFGHJKLMNPRSTUVWXYZ"}
        return "".join(self.choice(signs[sign]) if sign in signs else sign for sign in pattern)

    def day(self, first: date, last: date) -> date:
        """A day from the first to the last."""
        return first + timedelta(days=self.randrange((last - first).days + 1))

    def slip(self, share: float, what: Slip, text: str) -> str:
        """The text, with this slip in this share of the draws."""
        return what(self, text) if text and self.chance(share) else text

    def kept(self, share: float, text: str, *, instead: str = "") -> str:
        """The text in this share of the draws, else what stands for a missing one."""
        return text if self.chance(share) else instead
