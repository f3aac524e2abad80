"""TinkerPop's own scenarios on the embedded engine: what passed once passes always."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.stores.embedded import EmbeddedStore

PASSING = Path(__file__).with_name("conformance_passing.txt")
FLOOR = 0.107
LEAST = 0.98


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of the scenarios, its runner importable."""
    place = os.environ.get("C360_CONFORMANCE")
    if not place:
        pytest.skip("C360_CONFORMANCE is not set")
    monkeypatch.setattr(sys, "path", [place, *sys.path])
    yield Path(place)
    for name in ("load", "gremlin_loader"):
        sys.modules.pop(name, None)


class Connections:
    """A store for each toy graph."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.stores: dict[str, EmbeddedStore] = {}

    def connect(self, graph_name: str) -> Any:
        """The connection to a toy graph."""
        if graph_name not in self.stores:
            self.stores[graph_name] = EmbeddedStore(self.directory / graph_name)
        return self.stores[graph_name].g().remote_connection

    def close(self) -> None:
        """Close every store."""
        for store in self.stores.values():
            store.close()


def passing(folder: Path, directory: Path) -> tuple[list[str], int]:
    """The counted cases that pass, and how many count."""
    from gremlin_loader import (  # type: ignore[import-not-found]  # outside data, on the path by now
        GremlinLoader,  # pyright: ignore[reportUnknownVariableType]
    )
    from load import Suite  # type: ignore[import-not-found]  # the same

    connections = Connections(directory)
    loader: Any = GremlinLoader()  # pyright: ignore[reportUnknownVariableType]  # outside data
    loader.connect = connections.connect
    suite: Any = Suite(loader)  # pyright: ignore[reportUnknownVariableType]  # outside data
    lines = (folder / "cases-3.8.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [case for case in map(json.loads, lines) if case["counted"]]
    run: Any = suite.run  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]  # outside code
    found = [f"{case['feature']} {case['name']}" for case in cases if run(case)[0] == "pass"]
    connections.close()
    return found, len(cases)


def test_what_passed_still_passes(folder: Path, tmp_path: Path) -> None:
    """No scenario of the committed list has turned red, and the share is far above an engine that returns nothing."""
    found, counted = passing(folder, tmp_path)
    lost = sorted(set(PASSING.read_text(encoding="utf-8").splitlines()) - set(found))
    assert not lost
    assert len(found) / counted >= LEAST > FLOOR
