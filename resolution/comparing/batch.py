"""Room for a record's comparison with a batch of others: their words side by side, so that one step compares many.

A processor compares eight words at once where they stand side by side and no branch lies between them. So what most
pairs need is found for the whole batch, word by word, and only the pairs that it does not settle are looked at singly.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolution.compiled import inner, kernel
from resolution.encode.codes import LINE_TOKENS

BATCH: Final = 32
"""Most records of a batch."""
ABREAST: Final = 8
"""So many are compared at once; a batch is filled up to a multiple of it, lest the last ones go one by one."""
LOOK: Final = 15
"""In place of a level: the pair has to be looked at."""
WORDS: Final = 8
"""Most words of a line that one field asks of at once."""


class Space(NamedTuple):
    """Room for one batch at a time, made once for many.

    Attributes:
        other: shape (BATCH,). The batch's rows, the last one again at the end.
        word: shape (WORDS, BATCH). Words of the rows' lines.
        gist: shape (LINE_TOKENS, BATCH). Gists of name tokens.
        same: shape (BATCH,). Squares of `comparing.names`: which tokens are the same.
        near: the same: which ones may be alike.
        level: shape (BATCH,). Levels of one field, or LOOK.
    """

    other: NDArray[np.int32]
    word: NDArray[np.int32]
    gist: NDArray[np.int64]
    same: NDArray[np.int64]
    near: NDArray[np.int64]
    level: NDArray[np.int32]


@kernel
def space() -> Space:
    """Room for a batch."""
    return Space(
        np.zeros(BATCH, np.int32),
        np.zeros((WORDS, BATCH), np.int32),
        np.zeros((LINE_TOKENS, BATCH), np.int64),
        np.zeros(BATCH, np.int64),
        np.zeros(BATCH, np.int64),
        np.zeros(BATCH, np.int32),
    )


@inner
def begin_batch(others: NDArray[np.int32], room: Space) -> int:
    """Take a batch of 1 to BATCH rows in; returns how many places it fills, a multiple of ABREAST."""
    count = len(others)
    filled = (count + ABREAST - 1) // ABREAST * ABREAST
    for place in range(filled):
        room.other[place] = others[min(place, count - 1)]
    return filled


@inner
def gather(line: NDArray[np.int32], word: int, filled: int, room: Space, which: int) -> None:
    """Lay one word of every row of the batch side by side, in a row of the room's words."""
    found = room.word[which]
    for place in range(filled):
        found[place] = line[room.other[place], word]


@inner
def move(room: Space, place: int, to: int) -> None:
    """Let a later place of the batch, with its names, stand at an earlier one."""
    room.other[to], room.same[to], room.near[to] = room.other[place], room.same[place], room.near[place]
