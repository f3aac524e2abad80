"""Numbers that never come a second time: of orders, of visits, of rows of another system, not of people.

Where all records of people are in one table, they are no evidence: read as a person's own, they would say of every two
records that they are two people. A source of a workspace keeps them, for other sources may speak of the same numbers.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ingest.clean.run import coded, decoded, encode, rows_of_each
from ingest.contract import ColumnKind

FEWEST: Final = 50
"""Rows with a number, below which that none comes twice may be chance."""
FEWEST_REPEATED: Final = 0.002
"""Share of these rows whose number stands in another row as well, below which the numbers are of rows."""
SURE: Final = 1.0


def without_row_numbers(table: pa.Table, kinds: Sequence[ColumnKind]) -> tuple[ColumnKind, ...]:
    """Ignore identifiers that number the rows, unless the user said what they are.

    Columns of one system are seen as one: a number that comes once in each of two files comes twice.

    Args:
        table: columns of text, over their distinct values.
        kinds: of its columns.
    """
    return tuple(
        replace(one, kind="ignore", system=None)
        if one.kind == "identifier"
        and one.confidence < SURE
        and _numbers_rows([table.column(other.column) for other in kinds if other.system == one.system])
        else one
        for one in kinds
    )


def _numbers_rows(columns: Sequence[pa.ChunkedArray]) -> bool:
    encoded = encode(columns[0]) if len(columns) == 1 else _together(columns)
    said = pc.not_equal(pc.utf8_trim_whitespace(encoded.dictionary.cast(pa.string())), "")
    rows = rows_of_each(encoded)[pc.fill_null(said, False).to_numpy(zero_copy_only=False)]
    filled = int(rows.sum())
    return filled >= FEWEST and int(rows[rows > 1].sum()) < FEWEST_REPEATED * filled


def _together(columns: Sequence[pa.ChunkedArray]) -> pa.DictionaryArray:
    """Columns below each other, without the signs that only one of them may write."""
    texts = [
        decoded(coded(column, lambda values: pc.replace_substring_regex(values, r"[\W_]+", ""))) for column in columns
    ]
    return encode(pa.chunked_array(texts))
