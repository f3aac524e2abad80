"""A pair's waterfall: the bits of each field, one after another, from the prior to the verdict. No drawing here.

The report's page and the picture of `c360 explain` draw the same rows in the same colours.
"""

from dataclasses import dataclass
from typing import Final

from resolution.why.contract import PairWhy
from resolution.why.pair import as_rows, plain

TONES: Final = {
    "for": ("#1f8a7d", "#45c2b2"),
    "against": ("#d2573a", "#f08a70"),
    "start": ("#98a2b3", "#667085"),
    "total": ("#3b6fb6", "#86aee6"),
}
"""What a colour stands for, and the colour on light and on dark paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One bar of a waterfall.

    Attributes:
        field: the field, as links name it; "" of the last bar, which holds what all come to.
        label: the field and its level, for people.
        start: bits of all steps before it; 0 of the last bar.
        bits: what it adds.
        tone: a name of TONES.
    """

    field: str
    label: str
    start: float
    bits: float
    tone: str

    @property
    def low(self) -> float:
        """Where the bar begins, in bits."""
        return min(self.start, self.start + self.bits)

    @property
    def high(self) -> float:
        """Where the bar ends, in bits."""
        return max(self.start, self.start + self.bits)


def waterfall(why: PairWhy) -> tuple[Step, ...]:
    """The steps in the order to draw, the prior first and the verdict last."""
    steps = tuple(
        Step(
            field=field,
            label=plain(field) + (f" · {level}" if level else ""),
            start=after - bits,
            bits=bits,
            tone=_tone(field, bits),
        )
        for field, level, bits, after in as_rows(why)
    )
    return (*steps, Step(field="", label="together", start=0.0, bits=why.weight_bits, tone="total"))


def _tone(field: str, bits: float) -> str:
    if field == "prior":
        return "start"
    return "for" if bits >= 0 else "against"
