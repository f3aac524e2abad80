"""The digits of every script as those of ASCII, so that ၀၉, ০৯, ०९ and 09 are the same telephone, number and house."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ingest.clean.dates import DIGITS
from ingest.clean.run import encode

FOREIGN: Final = r"[^0-9\P{Nd}]"
ASCII: Final = {ord(digit): str(int(digit)) for digit in DIGITS}


def with_ascii_digits(table: pa.Table) -> pa.Table:
    """Write all digits as ASCII has them.

    Args:
        table: columns of text.

    Cost: a look at each distinct value for signs beyond ASCII; those with digits among them are written anew.
    """
    for place, name in enumerate(table.column_names):
        column = encode(table.column(name))
        texts = column.dictionary.cast(pa.string())
        if not pc.all(pc.string_is_ascii(texts)).as_py() and pc.any(pc.match_substring_regex(texts, FOREIGN)).as_py():
            values = pa.array([text and text.translate(ASCII) for text in texts.to_pylist()], pa.string())
            table = table.set_column(place, name, pa.DictionaryArray.from_arrays(column.indices, values))
    return table
