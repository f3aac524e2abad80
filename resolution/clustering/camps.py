"""Compiled: whether two clusters are two camps, each of one given name that the other has nowhere.

Pooled evidence is a mean, as if each pair said the same anew. Yet a name that record after record has, and none of the
others, is no slip of somebody's pen: brothers and sisters who share all but the name and the birth look so.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.compiled import inner
from resolution.encode.codes import AT_SLOTS, LINE_TOKENS, Codes

CONSISTENT: Final = 0.8
"""Share of a cluster's records with a given name that must have the one that most have."""
NOBODY: Final = -1


@inner
def camps(codes: Codes, few: NDArray[np.int32], many: NDArray[np.int32]) -> int:
    """How many records the smaller of two camps has; 0 where the clusters are none."""
    (name, count), (other_name, other_count) = _camp(codes, few), _camp(codes, many)
    if _has(codes, few, other_name) or _has(codes, many, name):
        return 0
    return int(min(count, other_count))


@inner
def _camp(codes: Codes, rows: NDArray[np.int32]) -> tuple[int, int]:
    """The given name that most records of a cluster have, and how many; nobody's and 0 where they have several."""
    best, most, named = NOBODY, 0, 0
    for row in rows:
        name = _given_name(codes, row)
        if name == NOBODY:
            continue
        named += 1
        if name != best:
            count = 0
            for other in rows:
                count += _given_name(codes, other) == name
            if count > most:
                best, most = name, count
    return (best, most) if most >= CONSISTENT * named else (NOBODY, 0)


@inner
def _given_name(codes: Codes, row: int) -> int:
    """The first given name in a record's line that is no initial; NOBODY where there is none."""
    slots = codes.line[row, AT_SLOTS]
    for place in range(LINE_TOKENS):
        name = codes.line[row, place]
        if slots >> place & 1 and codes.start[name + 1] - codes.start[name] > 1:
            return int(name)
    return NOBODY


@inner
def _has(codes: Codes, rows: NDArray[np.int32], name: int) -> bool:
    """Whether a record's line has a name, in any place."""
    for row in rows:
        for place in range(LINE_TOKENS):
            if codes.line[row, place] == name:
                return True
    return False
