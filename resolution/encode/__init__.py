"""Records become integer codes over one dictionary of strings, so that everything after works on numbers."""

from resolution.encode.codes import Codes, Encoded, FieldSource
from resolution.encode.records import encode

__all__ = ["Codes", "Encoded", "FieldSource", "encode"]
