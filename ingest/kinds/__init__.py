"""Column kinds: decided by contents first, by header second."""

from ingest.kinds.detect import KINDS, detect_kinds, parse_kind

__all__ = ["KINDS", "detect_kinds", "parse_kind"]
