"""A sample of candidate pairs for training: all pairs of evenly spaced records with later ones."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.blocking.index import Blocks
from resolution.blocking.walk import collect_pairs

TRAINING_PAIRS: Final = 1_000_000


def sample_pairs(blocks: Blocks, draw: np.random.Generator) -> tuple[NDArray[np.int32], NDArray[np.int32], float]:
    """Draw about TRAINING_PAIRS candidate pairs.

    Returns:
        Left rows, right rows, and how many candidate pairs each stands for.
    """
    n = len(blocks.walk.source)
    share = min(1.0, TRAINING_PAIRS / max(blocks.expected, 1.0))
    rows = np.flatnonzero(draw.random(n) < share) if share < 1 else np.arange(n)
    left, right = collect_pairs(blocks.walk, rows)
    return left, right, n / max(len(rows), 1)
