"""One self-contained page that says what a resolution found and why."""

from resolution.report.contract import ReportContext
from resolution.report.render import render_report
from resolution.report.settings import DEFAULT, setting_rows
from resolution.report.write import count_sources, write_report

__all__ = ["DEFAULT", "ReportContext", "count_sources", "render_report", "setting_rows", "write_report"]
