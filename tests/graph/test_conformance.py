"""TinkerPop's own scenarios on the embedded engine: what passed once passes always.

The suite is that of the gremlinpython that is installed: `.ci/run` runs this a second time under 3.7.
"""

import os
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Final

import pytest

from graph.embedded import evaluation
from graph.embedded.plan import Instruction
from tests.graph.conformance import PASSING, outcomes, passed

LINE: Final = ".".join(version("gremlinpython").split(".")[:2])
FLOOR: Final = {"3.7": 0.114, "3.8": 0.107}
LEAST: Final = {"3.7": 0.97, "3.8": 0.99}


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
    found = outcomes(scenarios, LINE, tmp_path)
    lost = sorted(set(PASSING[LINE].read_text(encoding="utf-8").splitlines()) - passed(found))
    assert not lost
    counted = [item for item in found if item.counted and not item.is_apart]
    assert sum(item.verdict == "pass" for item in counted) / len(counted) >= LEAST[LINE] > FLOOR[LINE]
    refused = [item for item in found if item.counted and item.is_apart]
    assert all(item.verdict == "error" and "UnsupportedError" in item.message for item in refused)


@pytest.mark.slow
def test_the_interpreter_alone_passes_the_same(
    scenarios: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each scenario goes as it does with arrays when the interpreter takes all steps."""
    with_arrays = passed(outcomes(scenarios, LINE, tmp_path / "arrays"))
    monkeypatch.setattr(evaluation, "program", _no_program)
    assert passed(outcomes(scenarios, LINE, tmp_path / "interpreter")) == with_arrays


def _no_program(_: tuple[Instruction, ...]) -> None:
    return None
