"""How surprising it is that a record has nobody: what a weak link may lack when one of its records would stay alone.

A pair's odds ask whether two given records are one person. A record's odds ask whether it has a partner at all, which
in a census linked to a register nearly every record has. Where hardly any record is alone, being alone is evidence for
the best of the weak links; where most are, it is none. Both follow from the links' own probabilities.

Source: the prior of a one-to-one matching in Sadinle (2017), Bayesian estimation of bipartite matchings for record
linkage, JASA 112(518), 600-612, applied to one record at a time.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.scoring import Edges

ROUNDS: Final = 50
FEWEST_ALONE: Final = 10.0
Floats = NDArray[np.float64]


def alone_bits(edges: Edges, source: NDArray[np.int32], *, most: float) -> Floats:
    """Estimate what each record's odds of having a partner exceed a pair's odds by.

    Args:
        edges: pairs with log-odds; those left out are taken for strangers.
        source: shape (n,). Records of one source are as likely to have partners.
        most: bound on the result.

    Returns:
        Shape (n,), in bits, from 0 to `most`.
    """
    n, sources = len(source), int(source.max(initial=-1)) + 1
    odds = np.exp2(np.minimum(edges.bits, 60.0))
    chance = odds / (1 + odds)
    total, matches = np.zeros(n), np.zeros(n)
    for side in (edges.left, edges.right):
        total += np.bincount(side, weights=odds, minlength=n)
        matches += np.bincount(side, weights=chance, minlength=n)
    records = np.maximum(np.bincount(source, minlength=sources), 1).astype(np.float64)
    partners = np.bincount(source, weights=matches, minlength=sources) / records
    ratio = np.ones(sources)
    linked = np.flatnonzero(total)
    linked_source, linked_odds = source[linked], total[linked]
    unlinked = np.bincount(source, minlength=sources) - np.bincount(linked_source, minlength=sources)
    for _ in range(ROUNDS):
        chance_alone = 1 / (1 + ratio[linked_source] * linked_odds)
        alone = np.bincount(linked_source, weights=chance_alone, minlength=sources) + unlinked + FEWEST_ALONE
        share = np.minimum(alone / (records + FEWEST_ALONE), 1.0)
        before, ratio = ratio, np.maximum((1 - share) / np.maximum(partners * share, 1e-12), 1.0)
        if np.array_equal(before, ratio):
            break
    return np.asarray(np.minimum(np.log2(ratio), most)[source], np.float64)
