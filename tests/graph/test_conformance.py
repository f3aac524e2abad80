"""TinkerPop's own scenarios on the embedded engine: what passed once passes always."""

import os
import sys
from pathlib import Path

import pytest

from graph.embedded import evaluation
from graph.embedded.plan import Instruction
from tests.graph.conformance import PASSING, outcomes, passed

FLOOR = 0.107
LEAST = 0.99


@pytest.fixture
def scenarios(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder with the scenarios and their runner."""
    place = os.environ.get("C360_CONFORMANCE")
    if not place:
        pytest.skip("C360_CONFORMANCE is not set")
    monkeypatch.setattr(sys, "path", list(sys.path))
    return Path(place)


def test_what_passed_still_passes(scenarios: Path, tmp_path: Path) -> None:
    """No scenario of the committed list has turned red, and the share is far above an engine that returns nothing."""
    found = outcomes(scenarios, "3.8", tmp_path)
    lost = sorted(set(PASSING.read_text(encoding="utf-8").splitlines()) - passed(found))
    assert not lost
    counted = [item for item in found if item.counted and not item.is_apart]
    assert sum(item.verdict == "pass" for item in counted) / len(counted) >= LEAST > FLOOR
    refused = [item for item in found if item.counted and item.is_apart]
    assert all(item.verdict == "error" and "UnsupportedError" in item.message for item in refused)


@pytest.mark.slow
def test_the_interpreter_alone_passes_the_same(
    scenarios: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each scenario goes as it does with arrays when the interpreter takes all steps."""
    with_arrays = passed(outcomes(scenarios, "3.8", tmp_path / "arrays"))
    monkeypatch.setattr(evaluation, "program", _no_program)
    assert passed(outcomes(scenarios, "3.8", tmp_path / "interpreter")) == with_arrays


def _no_program(_: tuple[Instruction, ...]) -> None:
    return None
