"""Errors people and systems make in text: typing slips, nicknames, initials, swapped parts, blanks and placeholders.

Pure and over whole columns: a column and a generator in, a column out.
"""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from api.demo.draws import Flags, Text, Vector, pick

WIDTH: Final = 48
KEYS: Final = (
    "a:qsz b:vgn c:xvd d:sfe e:wrd f:dgr g:fht h:gjy i:uok j:hku k:jli l:kop m:nkj n:bmh o:ipl p:ol q:wa r:etf s:adw "
    "t:ryg u:yij v:cbf w:qes x:zcs y:tuh z:xa"
)


def misspell(rng: np.random.Generator, column: Text, share: float) -> Text:
    """Make one typing slip in this share of the texts of three characters and more.

    A slip is a neighbouring key, a lost, a doubled, or two swapped characters; figures become other figures.
    """
    length = pc.utf8_length(column).to_numpy(zero_copy_only=False)
    rows = np.flatnonzero((rng.random(len(column)) < share) & (length >= 3) & (length < WIDTH))
    if not len(rows):
        return column
    slipped = _slip(rng, column.take(pa.array(rows)), length[rows].astype(np.int64))
    flags = np.zeros(len(column), dtype=np.bool_)
    flags[rows] = True
    mended: Text = pc.replace_with_mask(column, pa.array(flags), slipped)
    return mended


def _slip(rng: np.random.Generator, texts: Text, length: Vector) -> Text:
    """One slip in each text, over a matrix of code points."""
    matrix = np.array(texts.to_pylist(), dtype=f"<U{WIDTH}").view(np.uint32).reshape(len(texts), WIDTH)
    place = (rng.random(len(texts)) * (length - 1)).astype(np.int64)[:, None]
    kind = rng.integers(0, 4, len(texts))[:, None]
    at = np.arange(WIDTH)[None, :]
    source = np.select(
        [kind == 1, kind == 2, (kind == 3) & (at == place), (kind == 3) & (at == place + 1)],
        [at + (at >= place), at - (at > place), at + 1, at - 1],
        default=np.broadcast_to(at, matrix.shape),
    )
    moved = np.take_along_axis(matrix, np.minimum(source, WIDTH - 1), axis=1)
    wrong = _neighbour(rng, np.take_along_axis(matrix, place, axis=1))
    out = np.where((kind == 0) & (at == place), wrong, moved).astype(np.uint32)
    return pa.array(np.ascontiguousarray(out).view(f"<U{WIDTH}").ravel().tolist(), pa.string())


def _neighbour(rng: np.random.Generator, points: Vector) -> Vector:
    """A key next to the one meant; another figure for a figure; what is neither stays."""
    table = np.tile(np.arange(128, dtype=np.uint32)[:, None], (1, 6))
    for entry in KEYS.split():
        for letter in (entry[0], entry[0].upper()):
            table[ord(letter)] = [ord(entry[2 + turn % (len(entry) - 2)]) for turn in range(6)]
    for figure in range(10):
        table[ord("0") + figure] = [ord("0") + (figure + turn) % 10 for turn in range(1, 7)]
    turn = rng.integers(0, 6, points.shape)
    return np.where(points < 128, table[np.minimum(points, 127), turn], points)


def blank(flags: Flags, column: Text) -> Text:
    """Leave these rows empty."""
    return pick(flags, "", column)


def recase(upper: Flags, column: Text) -> Text:
    """Write these rows in capitals."""
    return pick(upper, pc.utf8_upper(column), column)


def initials(flags: Flags, column: Text) -> Text:
    """Keep only the first letter in these rows."""
    return pick(flags, pc.utf8_slice_codeunits(column, 0, 1), column)
