"""Cleaning: one value as a source wrote it becomes one value that can be compared. Originals are kept elsewhere."""

from ingest.clean.asked import NO_REGION, clean_asked
from ingest.clean.run import clean_column, clean_phones, cleaner

__all__ = ["NO_REGION", "clean_asked", "clean_column", "clean_phones", "cleaner"]
