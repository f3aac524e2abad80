"""The report on disk."""

from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from lake.atomic import write_atomically
from resolution.contract import Resolution
from resolution.report.contract import ReportContext
from resolution.report.render import render_report


def write_report(path: Path, records: pa.Table, resolution: Resolution, context: ReportContext | None = None) -> None:
    """Write the page to a file, whole or not at all.

    Args:
        path: the file; its folder must be there.
        records: the records that were resolved; only `source` is read, to count them.
        resolution: what was found.
        context: title, columns and settings; sources are counted when it names none.
    """
    known = context or ReportContext(title="Who is who")
    if not known.sources:
        known = replace(known, sources=count_sources(records))
    write_atomically(path, render_report(resolution, known).encode())


def count_sources(records: pa.Table) -> tuple[tuple[str, int], ...]:
    """Records of each source, by its name."""
    counted = records.group_by("source").aggregate([("source", "count")]).sort_by("source")
    return tuple(zip(counted.column("source").to_pylist(), counted.column("source_count").to_pylist(), strict=True))
