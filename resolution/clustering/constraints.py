"""What no evidence may override.

Stewards' judgements, identifiers a person has only one of, sources that list each person once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from core.errors import BadInputError
from resolution.comparing.levels import IDENTIFIER
from resolution.contract import Judgement, ResolutionSettings
from resolution.encode.codes import Encoded
from resolution.encode.pool import to_numpy


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraints:
    """Constraints in rows of the coded table.

    Attributes:
        same: shape (k, 2). Pairs that a steward joined.
        different: shape (j, 2). Pairs that a steward keeps apart.
        unique: shape (systems, n). Code of the identifier of each system, -1 for none.
        once: shape (n,). Source code where the source lists each person once, -1 elsewhere.
        unknown: judgements on records that are not in the table.
    """

    same: NDArray[np.int64]
    different: NDArray[np.int64]
    unique: NDArray[np.int32]
    once: NDArray[np.int32]
    unknown: int


def constraints(encoded: Encoded, settings: ResolutionSettings, judgements: Sequence[Judgement]) -> Constraints:
    """Translate settings and judgements.

    Raises:
        BadInputError: `one_per_source` names a source that no record comes from.
    """
    standing = standing_judgements(judgements)
    same, lost_same = _rows(encoded, [one for one in standing if one.verdict == "same"])
    different, lost_different = _rows(encoded, [one for one in standing if one.verdict == "different"])
    return Constraints(
        same=same,
        different=different,
        unique=_unique(encoded, settings.unique_identifiers),
        once=_once(encoded, settings),
        unknown=lost_same + lost_different,
    )


def standing_judgements(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The newest judgement of each pair that is not withdrawn, in order of the pair."""
    newest: dict[tuple[str, str], Judgement] = {}
    for judgement in sorted(judgements, key=lambda one: (one.at, one.who, one.verdict)):
        newest[min(judgement.left, judgement.right), max(judgement.left, judgement.right)] = judgement
    return [one for _, one in sorted(newest.items()) if not one.withdrawn]


def _rows(encoded: Encoded, judgements: list[Judgement]) -> tuple[NDArray[np.int64], int]:
    """Rows of each judged pair, and how many pairs name a record that is not there."""
    if not judgements:
        return np.zeros((0, 2), np.int64), 0
    sides = [
        to_numpy(pc.fill_null(pc.index_in(pa.array(ids, pa.string()), encoded.record_ids), -1))
        for ids in ([one.left for one in judgements], [one.right for one in judgements])
    ]
    pairs = np.stack(sides, axis=1)
    there = (pairs >= 0).all(axis=1)
    return pairs[there], int((~there).sum())


def _unique(encoded: Encoded, systems: Sequence[str]) -> NDArray[np.int32]:
    """First identifier of each record in each of the systems that the table has."""
    codes = encoded.codes
    rows = [np.zeros((0, len(encoded.order)), np.int32)]
    for index, kind in enumerate(encoded.kinds):
        if kind.name.removeprefix(IDENTIFIER) in systems:
            start = codes.value_start[index]
            first = np.append(codes.value, -1)[np.minimum(start[:-1], len(codes.value))]
            rows.append(np.where(start[1:] > start[:-1], first, -1).astype(np.int32)[None, :])
    return np.vstack(rows)


def _once(encoded: Encoded, settings: ResolutionSettings) -> NDArray[np.int32]:
    source = encoded.codes.source
    if settings.link_only:
        return source
    absent = sorted(set(settings.one_per_source) - set(encoded.sources))
    if absent:
        raise BadInputError(
            f"There is no source {absent[0]}.",
            remedy="Name a source of the records in one_per_source.",
            source=absent[0],
        )
    listed = np.array([name in settings.one_per_source for name in encoded.sources], np.bool_)
    return np.where(np.append(listed, False)[source], source, -1).astype(np.int32)
