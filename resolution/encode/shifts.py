"""How many years lie between the days on which two sources told ages, learned from people who stand in both.

Two records that alone bear a name in their sources are mostly one person where the sources have people in common. The
years of birth that their ages make are then apart by one and the same number of years, or nearly; of chance namesakes
they are apart by any number. Pure arithmetic over codes.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

FEWEST: Final = 12
"""Pairs that have to agree on a shift."""
SURE: Final = 5.0
"""Standard deviations by which they have to be more than chance would have."""
WIDEST: Final = 130
MOST_SOURCES: Final = 20
"""Sources that one name may stand in; names that more have are common."""
Ints = NDArray[np.int64]


class Found(NamedTuple):
    """A shift, how many pairs speak for it beyond chance, and whether they are enough."""

    years: int
    excess: float
    sure: bool


class Pairs(NamedTuple):
    """Pairs of rows that alone bear a name in their sources; the source of the left one comes first."""

    left: Ints
    right: Ints


def source_shifts(source: Ints, year: Ints, keys: Sequence[Ints]) -> tuple[Ints, NDArray[np.bool_]]:
    """Find what to take off the years of each source so that one person's are the same in all.

    Args:
        source: shape (n,).
        year: shape (n,). Below 0 where unknown.
        keys: ways to name people, each of shape (n,), below 0 where unknown. For two sources the one that says most
            counts.

    Returns:
        Shape (sources,), years; and which sources can be compared: the one with the most ages and what hangs on it.
    """
    sources = int(source.max(initial=-1)) + 1
    shift, placed = np.zeros(sources, np.int64), np.zeros(sources, np.bool_)
    if not (year >= 0).any():
        return shift, ~placed
    placed[np.argmax(np.bincount(source[year >= 0], minlength=sources))] = True
    pairs = [_alone(source, year, key) for key in keys]
    between = _between(source, year, pairs)
    while steps := [both for both in between if placed[both[0]] != placed[both[1]]]:
        one, other = max(steps, key=lambda both: (between[both].excess, both))
        years = between[one, other].years
        if placed[one]:
            shift[other] = shift[one] + years
        else:
            shift[one] = shift[other] - years
        placed[[one, other]] = True
    rest = np.unique(source[year >= 0])
    rest = rest[~placed[rest]]
    if any(_of_one_day(source, year - shift[source], one, rest) for one in pairs):
        placed[rest] = True
    return shift, placed


def mode_of(left: Ints, right: Ints) -> Found:
    """The number of years that the right ones are most often later by, give or take one.

    Args:
        left: shape (pairs,). Years of one source.
        right: shape (pairs,). Years of the other.
    """
    if not len(left):
        return Found(0, 0.0, sure=False)
    counts = np.bincount(np.clip(right - left, -WIDEST, WIDEST) + WIDEST, minlength=2 * WIDEST + 1)
    near = np.convolve(counts, np.ones(3), "same")
    best = int(np.argmax(near - np.abs(np.arange(-WIDEST, WIDEST + 1)) / (4 * WIDEST)))
    low = max(best - 1, 0)
    exact = low + int(np.argmax(counts[low : best + 2]))
    usual = len(left) * _chance(left, right, best - WIDEST)
    enough = near[best] >= max(FEWEST, usual + SURE * np.sqrt(usual))
    return Found(exact - WIDEST, float(near[best] - usual), bool(enough))


def _chance(left: Ints, right: Ints, years: int) -> float:
    """How often two people drawn from each side are apart by so many years, give or take one."""
    first = min(int(left.min()), int(right.min()) - years - 1)
    size = max(int(left.max()), int(right.max()) - years + 1) - first + 1
    one = np.bincount(left - first, minlength=size) / len(left)
    return float(sum(one @ np.bincount(right - first - years - by, minlength=size) for by in (-1, 0, 1)) / len(right))


def _alone(source: Ints, year: Ints, key: Ints) -> Pairs:
    """Pairs of rows of different sources that have a key in common which no other row of their sources has."""
    rows = np.flatnonzero((year >= 0) & (key >= 0))
    rows = rows[np.lexsort((source[rows], key[rows]))]
    of = key[rows] * (int(source.max()) + 1) + source[rows]
    again = np.append(False, of[1:] == of[:-1])
    rows = rows[~(again | np.append(again[1:], False))] if len(rows) else rows
    ends = [rows[:0]], [rows[:0]]
    for by in range(1, min(MOST_SOURCES, len(rows))):
        same = key[rows[by:]] == key[rows[:-by]]
        ends[0].append(rows[:-by][same])
        ends[1].append(rows[by:][same])
    return Pairs(np.concatenate(ends[0]), np.concatenate(ends[1]))


def _between(source: Ints, year: Ints, pairs: Sequence[Pairs]) -> dict[tuple[int, int], Found]:
    """What is sure between two sources, by both."""
    found: dict[tuple[int, int], Found] = {}
    for ways in pairs:
        for both, some in _by_sources(source, ways):
            one = mode_of(year[some.left], year[some.right])
            if one.sure and (both not in found or one.excess > found[both].excess):
                found[both] = one
    return found


def _by_sources(source: Ints, pairs: Pairs) -> Iterator[tuple[tuple[int, int], Pairs]]:
    """The pairs of each two sources, where there are enough."""
    size = int(source.max()) + 1
    both = source[pairs.left] * size + source[pairs.right]
    order = np.argsort(both, kind="stable")
    for some in np.split(order, np.flatnonzero(np.diff(both[order])) + 1):
        if len(some) >= FEWEST:
            yield divmod(int(both[some[0]]), size), Pairs(pairs.left[some], pairs.right[some])


def _of_one_day(source: Ints, year: Ints, pairs: Pairs, rest: Ints) -> bool:
    """Whether all that too few people tell of the rest of the sources, taken together, is that they have no shift."""
    some = np.isin(source[pairs.left], rest) | np.isin(source[pairs.right], rest)
    found = mode_of(year[pairs.left[some]], year[pairs.right[some]])
    return found.sure and found.years == 0
