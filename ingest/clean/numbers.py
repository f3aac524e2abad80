"""SQL for amounts and measures: digits grouped by either sign, with either decimal sign, and a currency around them.

1.234,50 and 1,234.50 say themselves which sign is the decimal one, and so does 4,50. Whether 1,234 has thousands or
three decimals cannot be seen in one value: it is an argument, decided for a whole column.
"""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from ingest.clean.text import Recipe

BARE: Final = r"regexp_replace(regexp_replace(t, '^([-+]?)[^0-9.,+-]+', '\1'), '\s*(\p{Sc}|[A-Z]{3})$', '')"
UNSPACED: Final = r"regexp_replace(n, '[ ''’]([0-9]{3})', '\1', 'g')"
BY_POINT: Final = r"[-+]?([0-9]{1,3}(,[0-9]{2,3})*,[0-9]{3}|[0-9]*)(\.[0-9]*)?([eE][-+]?[0-9]+)?"
BY_COMMA: Final = r"[-+]?([0-9]{1,3}(\.[0-9]{3})+|[0-9]*)(,[0-9]*)?"
DECIMALS: Final = "([0-9]{1,2}|[0-9]{4,})[^0-9]*$"
"""How a value ends whose last sign can only be decimal: thousands have three digits."""


def number_recipe(*, decimal_comma: bool = False) -> Recipe:
    """Steps that read a number.

    Args:
        decimal_comma: whether 1,234 has three decimals and 1.234 thousands.
    """
    by_point = f"CASE WHEN regexp_full_match(u, '{BY_POINT}') THEN try_cast(replace(u, ',', '') AS DOUBLE) END"
    by_comma = (
        f"CASE WHEN regexp_full_match(u, '{BY_COMMA}') "
        "THEN try_cast(replace(replace(u, '.', ''), ',', '.') AS DOUBLE) END"
    )
    first, second = (by_comma, by_point) if decimal_comma else (by_point, by_comma)
    return (("t", "said(v)"), ("n", BARE), ("u", UNSPACED), ("c", f"coalesce({first}, {second})"))


def has_decimal_comma(values: pa.Array) -> bool:
    """Whether more of the distinct values of a column end in decimals after a comma than after a point."""
    comma, point = (pc.sum(pc.match_substring_regex(values, sign + DECIMALS)).as_py() or 0 for sign in (",", r"\."))
    return comma > point
