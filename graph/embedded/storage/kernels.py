"""Compiled loops over adjacency, for hops of many vertices at once.

Imported when first needed: a compiler takes a moment to load.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from resolution.compiled import kernel

Ints = npt.NDArray[np.int64]


@kernel
def gather(starts: npt.NDArray[Any], others: npt.NDArray[np.int32], weights: Ints, found: Ints) -> None:
    """Add to each vertex the weights of the vertices at the other end of its edges.

    Args:
        starts: shape (n + 1,), where each vertex's edges begin.
        others: the rows at the other end, edge by edge.
        weights: of those rows.
        found: shape (n,), added to in place.
    """
    for row in range(len(found)):
        total = 0
        for place in range(starts[row], starts[row + 1]):
            total += weights[others[place]]
        found[row] += total
