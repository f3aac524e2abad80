"""Three-way verdicts on pairs that stand alone: match, possible, or none.

A clustering weighs a pair beside all others; a pair from a file or a lookup has nothing but its own fields, and what is
missing cannot be made up for elsewhere. So a match needs more than odds: three kinds of evidence that agree (two people
can share names and birth date; where no pair has three kinds to compare, all there are), and nothing that a person has
only one of speaking against. What falls short of that is possible, for a person to look at.
"""

from collections.abc import Container
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from resolution.comparing.levels import IDENTIFIER
from resolution.contract import MatchModel, ScoredPairs
from resolution.encode.pool import to_numpy

KINDS: Final = ("name", "birth", "where", "number")
KIND_OF: Final = {
    "given_name": "name",
    "middle_name": "name",
    "family_name": "name",
    "suffix": "name",
    "birth_date": "birth",
    "place": "where",
    "phone": "where",
    "email": "where",
    "device": "where",
}
OWN: Final = frozenset({"given_name", "birth_date", "sex", "suffix"})
LEAST_KINDS: Final = 3
AGREES_BITS: Final = 1.0
AGAINST_BITS: Final = -2.0
POSSIBLE_BITS: Final = 5.0


def pair_verdicts(scored: ScoredPairs, threshold: float, nobodys: Container[str] = ()) -> pa.Array:
    """Judge each pair by itself.

    Args:
        scored: pairs with the bits of their fields.
        threshold: least probability of a match.
        nobodys: fields with a number that is no person's own, as `nobodys_own` finds them: they contradict nothing.

    Returns:
        Shape (pairs,): "match", "possible" (also pairs whose odds are within a factor 32 below the threshold's), or
        "none".
    """
    least = float(np.log2(threshold / (1 - threshold)))
    sure = _corroborated(scored) & ~_contradicted(scored, nobodys)
    place = np.where(scored.bits >= least, np.where(sure, 0, 1), np.where(scored.bits >= least - POSSIBLE_BITS, 1, 2))
    return pa.array(["match", "possible", "none"]).take(pa.array(place))


def nobodys_own(model: MatchModel) -> frozenset[str]:
    """Fields that training found to be no person's own: different people share them, or one person has several."""
    return frozenset(field.name for field in model.fields if field.role == "shared")


def _parts(scored: ScoredPairs) -> tuple[NDArray[np.int64], list[str], NDArray[np.int64], NDArray[np.float64]]:
    """Pair of each contribution; the distinct fields; which of them it is; its bits."""
    parts = pc.list_flatten(scored.contributions)
    coded = pc.struct_field(parts, "field").dictionary_encode()
    of = to_numpy(pc.list_parent_indices(scored.contributions)).astype(np.int64)
    return of, coded.dictionary.to_pylist(), to_numpy(coded.indices).astype(np.int64), _bits(parts)


def _bits(parts: pa.StructArray) -> NDArray[np.float64]:
    return np.asarray(to_numpy(pc.struct_field(parts, "bits")), np.float64)


def _corroborated(scored: ScoredPairs) -> NDArray[np.bool_]:
    """Whether enough kinds of evidence agree."""
    of, fields, field, bits = _parts(scored)
    kind = np.array([_kind(name) for name in fields], np.int64)
    total = np.zeros((len(scored.bits), len(KINDS) + 1))
    np.add.at(total, (of, kind[field]), bits)
    needed = min(LEAST_KINDS, len(set(kind.tolist()) - {len(KINDS)}))
    return np.asarray((total[:, :-1] > AGREES_BITS).sum(axis=1) >= needed, np.bool_)


def _kind(field: str) -> int:
    """Place among KINDS; the last for what is none of them."""
    name = "number" if field.startswith(IDENTIFIER) else KIND_OF.get(field)
    return KINDS.index(name) if name else len(KINDS)


def _contradicted(scored: ScoredPairs, nobodys: Container[str]) -> NDArray[np.bool_]:
    """Whether something that a person has only one of speaks against a pair."""
    of, fields, field, bits = _parts(scored)
    own = np.array([name in OWN or (name.startswith(IDENTIFIER) and name not in nobodys) for name in fields], np.bool_)
    against = np.zeros(len(scored.bits), np.bool_)
    against[of[own[field] & (bits <= AGAINST_BITS)]] = True
    return against
