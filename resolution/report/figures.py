"""The page's drawings as bars and marks in percent of their width; the template draws them in HTML. Arithmetic only.

Every drawing is told in words or numbers beside it; the colours are those of a waterfall.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from resolution.comparing.levels import MAILBOX
from resolution.contract import FieldModel, LevelModel
from resolution.encode.values import EMAIL
from resolution.expected import Bins, Expected, expected
from resolution.why.waterfall import Step

WIDEST_SIZES: Final = 15
"""Bars of the cluster sizes; larger clusters share the last one."""
LEAST_SHARE: Final = 1e-9
MOST_TICKS: Final = 12
NOTED: Final = (0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999)
"""Thresholds that the page tells about."""
TICK_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar on a track.

    Attributes:
        tone: its colour, a name of TONES.
        left: where it begins, percent of the track.
        width: how wide it is, percent of the track.
    """

    tone: str
    left: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Histogram:
    """Candidate pairs by match weight.

    Attributes:
        bars: a bar for each bit of weight, and its height in percent.
        ticks: (percent from the left, bits).
        levels: (percent from the bottom, pairs), powers of ten.
        threshold: where links begin, percent from the left.
    """

    bars: tuple[tuple[Bar, float], ...]
    ticks: tuple[tuple[float, int], ...]
    levels: tuple[tuple[float, int], ...]
    threshold: float


@dataclass(frozen=True, slots=True)
class Scale:
    """From a range of values to percent of a width."""

    low: float
    high: float

    def at(self, value: float) -> float:
        """Where a value stands, in percent; at the nearer end when it lies outside."""
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.0
        return round(100 * min(max(share, 0.0), 1.0), 2)

    def bar(self, tone: str, one: float, other: float) -> Bar:
        """A bar between two values."""
        left, right = self.at(min(one, other)), self.at(max(one, other))
        return Bar(tone=tone, left=left, width=round(right - left, 2))


def waterfall_bars(steps: Sequence[Step]) -> tuple[float, tuple[Bar, ...]]:
    """Where zero stands, in percent, and a bar for each step."""
    scale = Scale(min(0.0, *(step.low for step in steps)), max(0.0, *(step.high for step in steps)))
    return scale.at(0.0), tuple(scale.bar(step.tone, step.low, step.high) for step in steps)


def weight_histogram(histogram: Sequence[tuple[int, int]], threshold_bits: float) -> Histogram:
    """Candidate pairs by match weight, heights on a logarithmic scale.

    Args:
        histogram: (lower edge in bits, pairs), one bit wide.
        threshold_bits: where links begin.
    """
    edges = [edge for edge, _ in histogram] or [0]
    first, last = min(*edges, math.floor(threshold_bits)), max(*edges, math.ceil(threshold_bits)) + 1
    scale = Scale(first, last)
    most = math.log10(1 + max((pairs for _, pairs in histogram), default=9))
    step = next((each for each in TICK_STEPS if (last - first) / each <= MOST_TICKS), last - first)
    bars = (
        (scale.bar("for" if edge >= threshold_bits else "start", edge + 0.04, edge + 0.96), math.log10(1 + pairs))
        for edge, pairs in histogram
    )
    return Histogram(
        bars=tuple((bar, round(100 * height / most, 2)) for bar, height in bars),
        ticks=tuple((scale.at(bits), bits) for bits in range(-(-first // step) * step, last + 1, step)),
        levels=tuple((round(100 * math.log10(1 + 10**power) / most, 2), 10**power) for power in range(int(most) + 1)),
        threshold=scale.at(threshold_bits),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """What a threshold would let through, by the model's own probabilities.

    Attributes:
        probability: the threshold.
        bits: the same in bits.
        expected: pairs, and what share of them is right and found.
        right: a bar of the share that is right, and one from there to the most that may be.
        found: a bar of the share that is found.
    """

    probability: float
    bits: float
    expected: Expected
    right: tuple[Bar, Bar]
    found: Bar


def thresholds(histogram: Bins, high: Sequence[float], chosen: float) -> tuple[Threshold, ...]:
    """What thresholds of note, and the chosen one, would let through; ascending.

    Args:
        histogram: of `expected`.
        high: of `expected`.
        chosen: the run's own threshold, as a probability.
    """
    scale, found = Scale(0.0, 1.0), list[Threshold]()
    for probability in sorted({*NOTED, chosen}):
        let = expected(histogram, high, probability)
        found.append(
            Threshold(
                probability=probability,
                bits=math.log2(probability / (1 - probability)),
                expected=let,
                right=(scale.bar("for", 0.0, let.right), scale.bar("start", let.right, let.right_high)),
                found=scale.bar("total", 0.0, let.found),
            )
        )
    return tuple(found)


def cluster_sizes(sizes: Sequence[tuple[int, int]]) -> tuple[tuple[str, int, Bar], ...]:
    """Clusters by how many records they hold, on a logarithmic scale: the records, the clusters, and their bar."""
    bars: dict[str, int] = {}
    for size, clusters in sizes:
        name = str(size) if size < WIDEST_SIZES else f"{WIDEST_SIZES} or more"
        bars[name] = bars.get(name, 0) + clusters
    scale = Scale(0.0, math.log10(1 + max(bars.values(), default=1)))
    return tuple((name, count, scale.bar("total", 0.0, math.log10(1 + count))) for name, count in bars.items())


def field_strengths(
    fields: Sequence[FieldModel],
) -> tuple[float, tuple[tuple[str, float, float, tuple[Bar, Bar]], ...]]:
    """What each field is worth, from what its strongest disagreement costs to what full agreement earns.

    Returns:
        Where zero stands, in percent; and for each field its name, its least and most bits, and a bar of each.
    """
    bits = {field.name: [level.bits for level in field.levels] for field in fields if field.levels}
    ranges = [(name, min(each), max(each)) for name, each in bits.items()]
    scale = Scale(min((0.0, *(low for _, low, _ in ranges))), max((0.0, *(high for _, _, high in ranges))))
    rows = (
        (name, low, high, (scale.bar("against", min(low, 0.0), 0.0), scale.bar("for", 0.0, max(high, 0.0))))
        for name, low, high in ranges
    )
    return scale.at(0.0), tuple(rows)


def level_shares(
    fields: Sequence[FieldModel],
) -> tuple[tuple[FieldModel, tuple[tuple[LevelModel, Bar, Bar, Bar], ...]], ...]:
    """Show m and u of every level that is reached on one logarithmic scale: the further apart, the more it says.

    Returns:
        For each field its levels, each with the bar between m and u, a mark at m and a mark at u.
    """
    shown = [(field, [one for one in field.levels if one.name != MAILBOX or field.name == EMAIL]) for field in fields]
    shares = [share for _, levels in shown for level in levels for share in (level.m, level.u)]
    scale = Scale(math.floor(_power(min(shares, default=0.1))), 0.0)
    return tuple((field, tuple(_shares(scale, level) for level in levels)) for field, levels in shown)


def _shares(scale: Scale, level: LevelModel) -> tuple[LevelModel, Bar, Bar, Bar]:
    m, u = _power(level.m), _power(level.u)
    between = scale.bar("for" if level.bits >= 0 else "against", m, u)
    return level, between, scale.bar("total", m, m), scale.bar("start", u, u)


def _power(share: float) -> float:
    """A share as a power of ten, no less than the least that is shown."""
    return math.log10(max(share, LEAST_SHARE))
