"""Which writer gets which row, and when, so that no two write at the same vertex at the same time.

Pure. An edge is kept at both its ends: two writers that add edges to one vertex at once clash on a server with
transactions, and leave a vertex with a broken list of edges on a server without (TinkerGraph). So vertices are dealt
into classes, two for each writer, and edges are written in rounds, in each of which a writer owns two classes whole:
every pair of classes meets in one round, as every two teams do in a league.

Source: the circle method for round-robin tournaments.
"""

import zlib
from collections.abc import Iterable, Iterator

from graph.stores.rows import Row

Round = list[list[Row]]
"""For each writer that has any work, its rows in their order."""


def routed(rows: Iterable[Row], writers: int) -> list[Round]:
    """Deal rows into rounds to be written one after the other; rounds and writers without rows are left out.

    O(rows + writers²). Vertices need one round, edges up to `2 * writers - 1`.

    Args:
        rows: of one batch.
        writers: how many parts a round has at most; at least 1.
    """
    met: dict[frozenset[int], list[Row]] = {}
    for row in rows:
        ends = {_class(end, writers) for end in ((row.id,) if row.out is None else (row.out, row.in_ or ""))}
        met.setdefault(frozenset(ends), []).append(row)
    rounds = ([_owned(met, pair) for pair in pairs] for pairs in _league(2 * writers))
    return [held for found in rounds if (held := [part for part in found if part])]


def _class(vertex: str, writers: int) -> int:
    return zlib.crc32(vertex.encode()) % (2 * writers)


def _owned(met: dict[frozenset[int], list[Row]], pair: tuple[int, int]) -> list[Row]:
    """Take what lies within two classes: between them, and, the first time either is seen, inside it."""
    return [row for ends in ({pair[0]}, {pair[1]}, set(pair)) for row in met.pop(frozenset(ends), [])]


def _league(classes: int) -> Iterator[list[tuple[int, int]]]:
    """Rounds of disjoint pairs of classes, an even number of them, in which each two meet once."""
    first, *others = range(classes)
    for _ in range(classes - 1):
        circle = [first, *others]
        yield list(zip(circle[: classes // 2], reversed(circle[classes // 2 :]), strict=True))
        others = [*others[1:], others[0]]
