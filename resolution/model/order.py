"""Levels kept in order: a closer agreement never says less for one person than a more distant one.

Among few pairs chance alone puts levels out of order. Where m / u falls along a chain of levels, the neighbours share
one ratio: the most likely m under the order, u held still. A level's sum over the chain stays.

Source: Ayer, Brunk, Ewing, Reid and Silverman (1955), An empirical distribution function for sampling with incomplete
information, Annals of Mathematical Statistics 26(4), 641-647 (pool adjacent violators).
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Chains = tuple[tuple[int, ...], ...]


def in_order(m: Floats, u: Floats, chains: tuple[Chains, ...]) -> Floats:
    """Move m so that m / u rises along every chain.

    Args:
        m: shape (fields, levels). P(level | one person).
        u: shape (fields, levels). P(level | two people), above 0.
        chains: for each field, chains of levels, the most different first; a later chain may undo an earlier one by
            what they have in common, so each is gone through twice.

    Returns:
        Shape (fields, levels), with the same sums.
    """
    moved = m.copy()
    for field, of_field in enumerate(chains):
        for chain in (*of_field, *of_field):
            places = list(chain)
            moved[field, places] = pooled(moved[field, places], u[field, places])
    return moved


def pooled(m: Floats, u: Floats) -> Floats:
    """Move m so that m / u never falls: neighbours out of order are pooled into one ratio; their sum stays."""
    blocks: list[tuple[float, float, int]] = []
    for one, other in zip(m.tolist(), u.tolist(), strict=True):
        blocks.append((one, other, 1))
        while len(blocks) > 1 and blocks[-2][0] * blocks[-1][1] > blocks[-1][0] * blocks[-2][1]:
            (m1, u1, n1), (m2, u2, n2) = blocks[-2:]
            blocks[-2:] = [(m1 + m2, u1 + u2, n1 + n2)]
    ratio = np.repeat([m / u for m, u, _ in blocks], [n for _, _, n in blocks])
    return np.asarray(ratio * u, np.float64)
