"""Where labels stand so that they do not lie on each other: of the places each may have, the one with most room."""

from collections.abc import Sequence
from typing import NamedTuple


class Rectangle(NamedTuple):
    """A place on a picture, by its centre and size."""

    x: float
    y: float
    width: float
    height: float

    def covers(self, other: "Rectangle") -> float:
        """The area that both have."""
        wide = (self.width + other.width) / 2 - abs(self.x - other.x)
        high = (self.height + other.height) / 2 - abs(self.y - other.y)
        return max(wide, 0.0) * max(high, 0.0)


def place_labels(wanted: Sequence[Sequence[Rectangle]], taken: Sequence[Rectangle]) -> list[Rectangle]:
    """Choose a place for each label.

    Args:
        wanted: for each label the places it may have, the best first; earlier labels choose first.
        taken: where something stands already.

    Returns:
        For each label the place that covers least of what stands already; of several, the best.
    """
    standing = list(taken)
    for places in wanted:
        standing.append(min(places, key=lambda one: sum(one.covers(other) for other in standing)))
    return standing[len(taken) :]
