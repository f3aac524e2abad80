"""Records that say too little: even a twin record with the same values would not reach the threshold.

Source: the unlinkables chart of Splink's documentation.
"""

from typing import Final

import numpy as np

from resolution.encode import Encoded
from resolution.links import explain, probability
from resolution.model import Weights

LOOKED_AT: Final = 5000
"""Records weighed against themselves, spread evenly over the table."""


def unlinkable_share(encoded: Encoded, weights: Weights, threshold: float) -> float:
    """Estimate the share of records that could not reach the threshold even against themselves, 0 to 1.

    Args:
        encoded: the coded table.
        weights: the model.
        threshold: least probability of a link.
    """
    count = len(encoded.codes.source)
    rows = np.unique(np.linspace(0, count - 1, min(count, LOOKED_AT)).round()).astype(np.int32)
    if not count:
        return 0.0
    across = max(float(weights.across) - float(weights.within), 0.0) if len(encoded.sources) > 1 else 0.0
    bits = explain(encoded, weights, rows, rows).bits + across
    return round(float((probability(bits) < threshold).mean()), 6)
