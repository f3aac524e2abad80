"""How alike two groupings of the same people are, corrected for chance.

Source: Hubert and Arabie (1985), Comparing partitions, Journal of Classification 2, 193-218.
"""

import numpy as np

from api.demo.draws import Numbers


def adjusted_rand(left: Numbers, right: Numbers) -> float:
    """Adjusted Rand index of two labellings.

    Args:
        left: shape (people,). One label a person.
        right: shape (people,). Another.

    Returns:
        1 where they are the same but for names, about 0 by chance; 1 for nobody, and where both make one group.
    """
    both = _pairs(np.unique(np.stack([left, right]), axis=1, return_counts=True)[1])
    one, other = (_pairs(np.unique(labels, return_counts=True)[1]) for labels in (left, right))
    every = _pairs(np.array([len(left)]))
    expected = one * other / every if every else 0.0
    most = (one + other) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def _pairs(sizes: Numbers) -> float:
    return float((sizes * (sizes - 1) / 2).sum())
