"""Logs cannot carry personal data."""

import ast
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.logs import SAFE_KEYS, configure_logs, drop_unsafe, get_logger

ROOT = Path(__file__).parents[2]


@given(st.text(min_size=1, max_size=12), st.text(max_size=30))
def test_unknown_keys_never_pass(key: str, value: str) -> None:
    """Only keys known to be safe reach the log."""
    entry = drop_unsafe(None, "info", {key: value})
    assert set(entry) <= SAFE_KEYS | {"dropped"}


@pytest.mark.parametrize("value", ["jo@example.org", "John Smith", "12 Mill Lane", "555-12-9876", "+1 212 555 0100"])
@pytest.mark.parametrize("key", sorted(SAFE_KEYS - {"event", "timestamp"}))
def test_what_people_are_called_by_never_passes(key: str, value: str) -> None:
    """A name, an address or a number of a person is dropped under every key that callers fill, and counted."""
    assert drop_unsafe(None, "info", {"event": "read", key: value}) == {"event": "read", "dropped": 1}


def test_logs_are_lines_of_json_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    """One object a line with event, level and time; nothing on stdout, nothing below the level, nothing unsafe."""
    configure_logs()
    get_logger().info("source read", source="crm", rows=7, email="jo@example.org")
    get_logger().debug("not shown")
    written = capsys.readouterr()
    (line,) = written.err.splitlines()
    entry = json.loads(line)
    assert {"event": "source read", "level": "info", "source": "crm", "rows": 7, "dropped": 1}.items() <= entry.items()
    assert set(entry) - {"event", "level", "source", "rows", "dropped"} == {"timestamp"}
    assert (written.out, "example" in line) == ("", False)


def test_core_stays_small() -> None:
    """The core is a leaf of at most eight files that imports no other package of ours."""
    files = list((ROOT / "core").glob("*.py"))
    ours = {"lake", "ingest", "resolution", "graph", "gremlin_libs", "insight", "api"}
    imported = {
        (node.module or "").split(".")[0]
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
    }
    assert len(files) <= 8
    assert not imported & ours
