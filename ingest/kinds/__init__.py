"""Column kinds: decided by contents first, by header second."""

from ingest.kinds.detect import KINDS, detect_kinds, parse_kind
from ingest.kinds.row_numbers import without_row_numbers

__all__ = ["KINDS", "detect_kinds", "parse_kind", "without_row_numbers"]
