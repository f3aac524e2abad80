"""Column kinds: decided by contents first, by header second."""

from ingest.kinds.alike import with_same_groups
from ingest.kinds.detect import KINDS, apart, detect_kinds, parse_kind
from ingest.kinds.row_numbers import without_row_numbers
from ingest.kinds.same_numbers import with_same_identifiers, with_same_phones

__all__ = [
    "KINDS",
    "apart",
    "detect_kinds",
    "parse_kind",
    "with_same_groups",
    "with_same_identifiers",
    "with_same_phones",
    "without_row_numbers",
]
