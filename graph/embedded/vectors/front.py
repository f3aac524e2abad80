"""Where many traversers stand, as arrays; and how equal ones become one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa

from graph.embedded.storage.arrays import Ints, Mask, UnfitError

EXACT: Final = 2**53  # sums in doubles are exact below


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """Traversers at elements or at values.

    Attributes:
        kind: `vertex`, `edge` or `value`.
        handles: shape (n,), of elements; of values, places in `values`.
        values: the values themselves, without nulls, in order; None for elements.
        bulks: shape (n,), or None where every bulk is 1.
        owners: shape (n,), for a child traversal the place of the traverser that it belongs to.
    """

    kind: str
    handles: Ints
    values: pa.Array | None = None
    bulks: Ints | None = None
    owners: Ints | None = None

    @property
    def size(self) -> int:
        """How many traversers, each counted once."""
        return len(self.handles)

    def weights(self) -> Ints:
        """Bulks, also where they are all 1."""
        return np.ones(self.size, np.int64) if self.bulks is None else self.bulks

    def total(self) -> int:
        """How many traversers, each counted as often as its bulk says."""
        return self.size if self.bulks is None else int(self.bulks.sum())

    def kept(self, mask: Mask | Ints | slice) -> "Front":
        """The traversers of a mask or of places."""
        if self.values is not None:
            places = np.arange(self.size)[mask]
            return replace(
                self._taken(places), handles=np.arange(len(places)), values=self.values.take(pa.array(places))
            )
        return self._taken(mask)

    def _taken(self, mask: Mask | Ints | slice) -> "Front":
        return Front(
            kind=self.kind,
            handles=self.handles[mask],
            values=self.values,
            bulks=None if self.bulks is None else self.bulks[mask],
            owners=None if self.owners is None else self.owners[mask],
        )

    def moved(self, kind: str, places: Ints, handles: Ints) -> "Front":
        """The traversers that went from places to other elements."""
        return Front(
            kind=kind,
            handles=handles,
            bulks=None if self.bulks is None else self.bulks[places],
            owners=None if self.owners is None else self.owners[places],
        )

    def at_values(self, places: Ints, values: pa.Array) -> "Front":
        """The traversers of places, now at values."""
        return replace(self.moved("value", places, np.arange(len(places))), values=values)


def sums(places: Ints, weights: Ints | None, size: int) -> Ints:
    """Sum of the weights at each place.

    Raises:
        UnfitError: a sum may be too large to be exact.
    """
    if weights is None:
        return np.bincount(places, minlength=size)
    found = np.bincount(places, weights=weights, minlength=size)
    if found.sum() >= EXACT:
        raise UnfitError
    return found.astype(np.int64)


def first_places(handles: Ints) -> Ints:
    """Ascending places where a handle occurs for the first time."""
    _, first = np.unique(handles, return_index=True)
    return np.sort(first)


def gathered(front: Front) -> Front:
    """Equal traversers become one where the first of them stands, as the interpreter has it between rounds."""
    _, first, places = np.unique(front.handles, return_index=True, return_inverse=True)
    if len(first) == front.size:
        return front
    bulks = sums(places, front.bulks, len(first))
    order = np.argsort(first)
    return Front(kind=front.kind, handles=front.handles[first[order]], bulks=bulks[order])


def merged(front: Front, limit: int) -> Front:
    """Equal traversers become one, in the order of their handles; for where only numbers count.

    Args:
        front: elements without owners.
        limit: above every handle.
    """
    if front.size * 8 < limit:
        handles, places = np.unique(front.handles, return_inverse=True)
        return (
            front
            if len(handles) == front.size
            else Front(kind=front.kind, handles=handles, bulks=sums(places, front.bulks, len(handles)))
        )
    bulks = sums(front.handles, front.bulks, limit)
    handles = np.flatnonzero(bulks)
    return Front(kind=front.kind, handles=handles, bulks=bulks[handles])


def labelled(labels: Sequence[object]) -> tuple[str, ...] | None:
    """Labels of a step, where all are texts."""
    return tuple(str(label) for label in labels) if all(isinstance(label, str) for label in labels) else None
