"""One self-contained page that says what a resolution found and why."""

from resolution.report.contract import ReportContext
from resolution.report.render import render_report
from resolution.report.write import count_sources, write_report

__all__ = ["ReportContext", "count_sources", "render_report", "write_report"]
