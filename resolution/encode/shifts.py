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
WIDEST: Final = 300
"""Years: a roll of 1865 is that far from registers that count to our day."""
MOST_SOURCES: Final = 20
"""Sources that one name may stand in; names that more have are common."""
MOSTLY: Final = 0.8
"""Share of the rows with an age and a date whose years are apart by the same, if the ages are of one day."""
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


def calendar_shifts(
    source: Ints, part: Ints, year: Ints, born: Ints, keys: Sequence[Ints]
) -> tuple[Ints, NDArray[np.bool_]]:
    """Find what to take off the years that ages make so that they are years of the calendar.

    Rows with both tell it where they are enough; otherwise people with an age in one row and a date in another. Few of
    those, or many who may be namesakes, are believed too: a wrong guess parts ages from dates, of people who hardly
    stand in both, and without a guess two ages of one source would not be compared as years.

    Args:
        source: shape (n,).
        part: shape (n,). Ages of one part are of one day.
        year: shape (n,). By the age, below 0 where unknown.
        born: shape (n,). By the date, below 0 where unknown.
        keys: as in `source_shifts`.

    Returns:
        Shape (parts,), years; and the parts of which anything tells them. Nothing does where the rows with both differ.
    """
    parts = int(part.max(initial=-1)) + 1
    shift, told = np.zeros(parts, np.int64), np.zeros(parts, np.bool_)
    rows = np.flatnonzero((year >= 0) & (born >= 0))
    people = [_dated_elsewhere(source, year, born, key) for key in keys]
    for one in np.unique(part[year >= 0]).tolist():
        both = rows[part[rows] == one]
        if len(both) >= FEWEST:
            years, told[one] = _in_rows(year[both], born[both])
        else:
            years, told[one] = _of_people(year, born, both, [_of_part(way, part == one) for way in people])
        shift[one] = -years
    return shift, told


def _of_people(year: Ints, born: Ints, both: Ints, people: Sequence[Pairs]) -> tuple[int, bool]:
    """How much later the dates of people are than the years of their ages, and whether anybody tells it.

    Args:
        year: shape (n,).
        born: shape (n,).
        both: shape (rows,). Those with both.
        people: by each way to name them.
    """
    ways = [(np.append(both, left), np.append(both, right)) for left, right in people]
    found = [mode_of(year[left], born[right]) for left, right in ways]
    best = max(found, key=lambda way: (way.sure, way.excess))
    return best.years, any(len(left) for left, _ in ways)


def _of_part(pairs: Pairs, rows: NDArray[np.bool_]) -> Pairs:
    """The pairs whose left row is one of some."""
    mine = rows[pairs.left]
    return Pairs(pairs.left[mine], pairs.right[mine])


def _in_rows(year: Ints, born: Ints) -> tuple[int, bool]:
    """How much later the dates of rows are than the years of their ages, and whether it is so of most."""
    years = mode_of(year, born).years
    return years, bool((np.abs(born - year - years) <= 1).mean() >= MOSTLY)


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


def _dated_elsewhere(source: Ints, year: Ints, born: Ints, key: Ints) -> Pairs:
    """Pairs of a row with an age, left, and one with a date, of a key that no other row like them in its source has."""
    dated = born >= 0
    of = np.where(dated, source + int(source.max(initial=-1)) + 1, source)
    left, right = _alone(of, np.where(dated, born, year), key)
    crossing = ~dated[left] & dated[right]
    return Pairs(left[crossing], right[crossing])


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
