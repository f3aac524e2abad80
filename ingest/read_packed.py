"""What one cell packs in a column of its own each: digits of any script, machine-readable lines, places with births."""

from collections.abc import Collection

import pyarrow as pa

from ingest.read_births import with_births_apart
from ingest.read_digits import with_ascii_digits
from ingest.read_zone import with_zones_read


def with_packed_apart(table: pa.Table, keep: Collection[str] = ()) -> pa.Table:
    """Digits as ASCII has them, and what columns pack in columns of their own.

    Args:
        table: columns of text.
        keep: columns that are not taken apart.
    """
    digits = with_ascii_digits(table, table.column_names)
    return with_births_apart(with_zones_read(digits, keep=keep), keep=keep)
