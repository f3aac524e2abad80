"""Row groups of Parquet files, of rows that come a part at a time."""

from collections.abc import Iterator
from typing import Final

import pyarrow as pa

ROW_GROUP: Final = 122_880
"""Rows of a row group."""


def row_groups(reader: pa.RecordBatchReader) -> Iterator[pa.Table]:
    """Gather batches into row groups whose bounds depend on the rows alone, not on how they arrived."""
    held: list[pa.RecordBatch] = []
    rows = 0
    for batch in reader:
        while batch.num_rows:
            taken = batch.slice(0, ROW_GROUP - rows)
            held.append(taken)
            rows += taken.num_rows
            batch = batch.slice(taken.num_rows)  # noqa: PLW2901 (what is left of it)
            if rows == ROW_GROUP:
                yield pa.Table.from_batches(held).combine_chunks()
                held, rows = [], 0
    if held:
        yield pa.Table.from_batches(held).combine_chunks()
