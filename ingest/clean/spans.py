"""How many years lie between the early and the late of a column of dates: births span lives, visits do not."""

from typing import Final

import numpy as np
import pyarrow as pa

LIVES: Final = 30
"""Years that the births of a table span, if nothing else says that they are births."""
GENERATION: Final = 15
"""Years that births span where a header says whose numbers they stand in."""


def years_between(years: pa.Array) -> float:
    """Years from the first twentieth to the last.

    Args:
        years: shape (values,), whole numbers, one at least.
    """
    early, late = np.quantile(years.to_numpy(zero_copy_only=False), (0.05, 0.95))
    return float(late - early)
