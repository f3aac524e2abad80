"""TinkerPop's own scenarios on the embedded engine: what passed once passes always."""

import os
import sys
from pathlib import Path

import pytest

from tests.graph.conformance import PASSING, outcomes, passed

FLOOR = 0.107
LEAST = 0.99


def test_what_passed_still_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No scenario of the committed list has turned red, and the share is far above an engine that returns nothing."""
    place = os.environ.get("C360_CONFORMANCE")
    if not place:
        pytest.skip("C360_CONFORMANCE is not set")
    monkeypatch.setattr(sys, "path", list(sys.path))
    found = outcomes(Path(place), "3.8", tmp_path)
    lost = sorted(set(PASSING.read_text(encoding="utf-8").splitlines()) - passed(found))
    assert not lost
    counted = [item for item in found if item.counted and not item.is_apart]
    assert sum(item.verdict == "pass" for item in counted) / len(counted) >= LEAST > FLOOR
    refused = [item for item in found if item.counted and item.is_apart]
    assert all(item.verdict == "error" and "UnsupportedError" in item.message for item in refused)
