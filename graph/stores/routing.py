"""Which writer gets which row, so that no two write the same element at the same time.

Pure. Rows of one vertex go to one writer, and edges that leave one vertex go to one writer: writers that run side by
side meet at the far ends of edges only.
"""

import zlib
from collections.abc import Iterable

from graph.stores.rows import Row


def routed(rows: Iterable[Row], writers: int) -> list[list[Row]]:
    """Deal rows out by a hash of their vertex, keeping their order; lists without rows are left out.

    Args:
        rows: of one batch.
        writers: how many lists at most; at least 1.
    """
    found: list[list[Row]] = [[] for _ in range(writers)]
    for row in rows:
        found[zlib.crc32((row.out or row.id).encode()) % writers].append(row)
    return [part for part in found if part]
