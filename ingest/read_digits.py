"""The digits of every script as those of ASCII, so that ၀၉, ০৯, ०९ and 09 are the same telephone, number and house."""

from collections.abc import Sequence
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ingest.clean.dates import DIGITS
from ingest.clean.run import coded, decoded, one_chunk, with_column

FOREIGN: Final = r"[^0-9\P{Nd}]"
ASCII: Final = {ord(digit): str(int(digit)) for digit in DIGITS}


def with_ascii_digits(table: pa.Table, names: Sequence[str]) -> pa.Table:
    """Write all digits as ASCII has them.

    Args:
        table: columns of text.
        names: of the columns to write.

    Returns:
        The table; over dictionaries where a column was. Cost: a look at each value, or at each distinct one of a column
        over dictionaries, for signs beyond ASCII; those with digits among them are written anew.
    """
    for name in names:
        column = one_chunk(table.column(name))
        texts = column.dictionary.cast(pa.string()) if isinstance(column, pa.DictionaryArray) else column
        if not pc.all(pc.string_is_ascii(texts)).as_py() and pc.any(pc.match_substring_regex(texts, FOREIGN)).as_py():
            written = coded(column, _written)
            kept = written if isinstance(column, pa.DictionaryArray) else decoded(written)
            table = with_column(table, name, kept)
    return table


def _written(texts: pa.Array) -> pa.Array:
    return pa.array([text and text.translate(ASCII) for text in texts.cast(pa.string()).to_pylist()], pa.string())
