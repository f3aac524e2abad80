"""How well names tell the sex: a first name does, a family name does not.

That says which of two names is the first where neither headers nor lists of names do.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ingest.kinds.told import told_share

USES: Final = 5
"""Rows with a name, below which it tells the sex by being rare."""
TELLS_MORE: Final = 0.2
"""How much better than the others, at the least, names tell the sex that are taken for the first for it."""


def tells_sex(names: NDArray[np.int64], sexes: NDArray[np.int64]) -> float:
    """How much better the sex is guessed from names that several rows have than without them, 0 to 1.

    Args:
        names: shape (rows,). Name of each row, -1 for none.
        sexes: shape (rows,). Sex of each row, -1 for unknown.
    """
    counts = np.bincount(names[names >= 0], minlength=1)
    often = (names >= 0) & (counts[names] >= USES)
    return told_share(sexes[often], names[often])
