"""Mistakes of a clustering: the pairs of strangers it merged and of one person it split, counted and drawn.

Pairs are never listed in full: they are numbered through, and a draw reaches into the sorted records directly, so that
a giant cluster costs no more than any other.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """All pairs within a group whose parts differ, numbered through; each pair has two numbers, one from either end.

    In the order of group and part, a record's partners are its group without the stretch of its part.

    Attributes:
        order: shape (n,). Records by group, part and place.
        group_start: shape (n,). Where the group of the record at each place of `order` starts.
        part_start: the same for its part.
        part_size: how many records its part has.
        partners: how many records its group has beside its part.
        ends: running total of `partners`.
    """

    order: Ints
    group_start: Ints
    part_start: Ints
    part_size: Ints
    partners: Ints
    ends: Ints

    @property
    def pairs(self) -> int:
        """How many pairs there are."""
        return int(self.ends[-1]) // 2 if len(self.ends) else 0

    def of_records(self) -> Ints:
        """For each record, how many of these pairs it is in; shape (n,)."""
        counts = np.zeros(len(self.order), np.int64)
        counts[self.order] = self.partners
        return counts

    def at(self, numbers: Ints) -> Ints:
        """Pairs by number, from 0 to twice `pairs`: shape (k, 2), the lower record first, distinct, ascending."""
        one = np.searchsorted(self.ends, numbers, side="right")
        other = self.group_start[one] + numbers - (self.ends[one] - self.partners[one])
        other += np.where(other >= self.part_start[one], self.part_size[one], 0)
        found = np.sort(np.stack([self.order[one], self.order[other]], axis=1), axis=1)
        return np.unique(found, axis=0)


def merged_strangers(cluster: Ints, person: Ints) -> Crossing:
    """Pairs in one cluster that are two people.

    Args:
        cluster: shape (n,). Cluster of each record, from 0.
        person: shape (n,). Person of each record, from 0.
    """
    return _crossing(cluster, person)


def split_people(cluster: Ints, person: Ints) -> Crossing:
    """Pairs of one person that lie in two clusters; arguments as for `merged_strangers`."""
    return _crossing(person, cluster)


def pairs_together(cluster: Ints) -> Crossing:
    """All pairs in one cluster."""
    return _crossing(cluster, np.arange(len(cluster)))


def evenly(pairs: Crossing, most: int) -> Ints:
    """At most so many pairs, spread evenly over all of them; all where there are no more. Shape (k, 2)."""
    numbers = 2 * pairs.pairs
    wanted = min(numbers, 2 * most)
    found = pairs.at(np.arange(wanted) * numbers // max(wanted, 1))
    return found[np.unique(np.linspace(0, len(found) - 1, min(most, len(found))).round().astype(np.int64))]


def _crossing(group: Ints, part: Ints) -> Crossing:
    order = np.lexsort((np.arange(len(group)), part, group))
    group_start, group_size = _stretches(group[order])
    part_start, part_size = _stretches(group[order], part[order])
    partners = group_size - part_size
    return Crossing(
        order=order,
        group_start=group_start,
        part_start=part_start,
        part_size=part_size,
        partners=partners,
        ends=np.cumsum(partners),
    )


def _stretches(*columns: Ints) -> tuple[Ints, Ints]:
    """For each place of sorted columns, where its stretch of equal values starts, and how long it is."""
    count = len(columns[0])
    new = np.arange(count) == 0
    for column in columns:
        new[1:] |= column[1:] != column[:-1]
    starts = np.flatnonzero(new)
    which = np.cumsum(new) - 1
    return starts[which], np.diff(np.append(starts, count))[which]
