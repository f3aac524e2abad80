"""A sample of candidate pairs for training: all pairs of evenly spaced records with later ones."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from lake.workers import cuts, in_threads
from resolution.blocking.index import Blocks, with_entries
from resolution.blocking.walk import collect_pairs

TRAINING_PAIRS: Final = 250_000


def sample_pairs(blocks: Blocks, draw: np.random.Generator) -> tuple[NDArray[np.int32], NDArray[np.int32], float]:
    """Draw about TRAINING_PAIRS candidate pairs.

    Returns:
        Left rows, right rows, and how many candidate pairs each stands for.
    """
    n = len(blocks.walk.source)
    share = min(1.0, TRAINING_PAIRS / max(blocks.expected, 1.0))
    wanted = draw.random(n) < share if share < 1 else np.ones(n, np.bool_)
    rows = np.flatnonzero(wanted)
    walk = with_entries(blocks.walk, wanted)

    def pairs_of(cut: tuple[int, int]) -> tuple[NDArray[np.int32], ...]:
        return collect_pairs(walk, rows[slice(*cut)])

    parts = in_threads(pairs_of, cuts(len(rows)))
    left, right = (np.concatenate([part[side] for part in parts]) for side in range(2))
    return left, right, n / max(len(rows), 1)
