"""How surprising it is that a record has nobody: what a weak link may lack when one of its records would stay alone.

A pair's odds ask whether two given records are one person. A record's odds ask whether it has a partner at all, which
in a census linked to a register nearly every record has. Where hardly any record is alone, being alone is evidence for
the best of the weak links; where most are, it is none. Both follow from the links' own probabilities.

Source: the prior of a one-to-one matching in Sadinle (2017), Bayesian estimation of bipartite matchings for record
linkage, JASA 112(518), 600-612, applied to one record at a time.
"""

from functools import reduce
from itertools import repeat
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from lake.workers import open_threads
from resolution.compiled import kernel
from resolution.scoring import Edges

ROUNDS: Final = 50
MOST_BITS: Final = 60.0
FEWEST_ALONE: Final = 10.0
PARTS: Final = 2
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
    records = np.maximum(np.bincount(source, minlength=1), 1).astype(np.float64)
    ratio = np.ones(len(records))
    with open_threads() as pool:
        sums = pool.map(_sums, *_parts(edges.left, edges.right, edges.bits), repeat(source), repeat(len(records)))
        odds, matches = (reduce(np.add, of_parts) for of_parts in zip(*sums, strict=True))
        partners = matches / records
        paired = np.flatnonzero(odds)
        surely = records - np.bincount(source[paired], minlength=len(records)) + FEWEST_ALONE
        parts = _parts(odds[paired], source[paired])
        for _ in range(ROUNDS):
            alone = reduce(np.add, pool.map(_expected_alone, *parts, repeat(ratio)), surely)
            share = np.minimum(alone / (records + FEWEST_ALONE), 1.0)
            before, ratio = ratio, np.maximum((1 - share) / np.maximum(partners * share, 1e-12), 1.0)
            if np.array_equal(before, ratio):
                break
    return np.asarray(np.minimum(np.log2(ratio), most)[source], np.float64)


def _parts(*columns: NDArray[Any]) -> list[list[NDArray[Any]]]:
    """Each column cut in PARTS, whatever the number of processors: sums are the same on any machine."""
    return [np.array_split(column, PARTS) for column in columns]


@kernel
def _sums(
    left: NDArray[np.int32], right: NDArray[np.int32], bits: Floats, source: NDArray[np.int32], sources: int
) -> tuple[Floats, Floats]:
    """The odds of each record's pairs together, shape (n,), and the matches of each source, shape (sources,)."""
    odds, matches = np.zeros(len(source)), np.zeros(sources)
    for edge in range(len(left)):
        one = 2.0 ** min(bits[edge], MOST_BITS)
        odds[left[edge]] += one
        odds[right[edge]] += one
        chance = one / (1 + one)
        matches[source[left[edge]]] += chance
        matches[source[right[edge]]] += chance
    return odds, matches


@kernel
def _expected_alone(odds: Floats, source: NDArray[np.int32], ratio: Floats) -> Floats:
    """How many records of each source are expected to have no partner, of those that have pairs; shape (sources,)."""
    alone = np.zeros(len(ratio))
    for row in range(len(source)):
        alone[source[row]] += 1 / (1 + ratio[source[row]] * odds[row])
    return alone
