"""Skips must be allowed where everything is meant to run: `C360_ALLOWED_SKIPS` names a file of regular expressions."""

import os
import re
from pathlib import Path

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name every skip whose reason no line of the list matches."""
    for reason in _unexpected(terminalreporter):
        terminalreporter.write_line(f"not an allowed reason to skip: {reason}", red=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run on a skip that is not allowed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if (
        isinstance(reporter, pytest.TerminalReporter)
        and _unexpected(reporter)
        and session.exitstatus == pytest.ExitCode.OK
    ):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _unexpected(reporter: pytest.TerminalReporter) -> list[str]:
    listed = os.environ.get("C360_ALLOWED_SKIPS")
    if listed is None:
        return []
    lines = Path(listed).read_text(encoding="utf-8").splitlines()
    allowed = [re.compile(line) for line in lines if line and not line.startswith("#")]
    reasons = {_reason(report) for report in reporter.stats.get("skipped", [])}
    return sorted(reason for reason in reasons if not any(pattern.search(reason) for pattern in allowed))


def _reason(report: pytest.TestReport) -> str:
    said = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    return str(said).removeprefix("Skipped: ")
