"""What one cell packs in columns of their own: machine-readable lines, places with births, towns with postcodes.

Before that, digits are written as ASCII has them, and ages in whole years.
"""

from collections.abc import Collection

import pyarrow as pa

from ingest.read_ages import may_be_age, with_ages_in_years
from ingest.read_births import with_births_apart
from ingest.read_digits import with_ascii_digits
from ingest.read_postcodes import with_towns_apart
from ingest.read_zone import with_zones_read


def with_packed_apart(table: pa.Table, keep: Collection[str] = ()) -> pa.Table:
    """Digits as ASCII has them, ages in years, and what columns pack in columns of their own.

    Args:
        table: columns of text.
        keep: columns that are not taken apart.
    """
    table = with_ascii_digits(table, table.column_names)
    table = with_ages_in_years(table, [name for name in table.column_names if name not in keep and may_be_age(name)])
    for apart in (with_zones_read, with_births_apart, with_towns_apart):
        table = apart(table, keep=keep)
    return table
