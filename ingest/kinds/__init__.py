"""Column kinds: decided by contents first, by header second."""

from ingest.kinds.alike import with_same_groups
from ingest.kinds.detect import KINDS, apart, detect_kinds, parse_kind
from ingest.kinds.row_numbers import without_row_numbers
from ingest.kinds.same_identifiers import with_same_identifiers

__all__ = [
    "KINDS",
    "apart",
    "detect_kinds",
    "parse_kind",
    "with_same_groups",
    "with_same_identifiers",
    "without_row_numbers",
]
