"""`make conformance`: TinkerPop's own scenarios on the embedded engine, counted and written down.

`C360_CONFORMANCE` names the folder with the scenarios and their runner (see its README for what counts). Run under
gremlinpython 3.8 for the suite of 3.8, under 3.7 for that of 3.7. Results go to
`benchmarks/results/gremlin-conformance.json`, of which `tools/reference.py` makes a page of the reference.
"""

import importlib
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, Literal

from graph.contract import GraphSettings, TraversalLimits
from graph.embedded.connection import EmbeddedConnection
from graph.stores.embedded import EmbeddedStore

ROOT: Final = Path(__file__).parents[2]
RESULTS: Final = ROOT / "benchmarks" / "results" / "gremlin-conformance.json"
PASSING: Final = {line: Path(__file__).with_name(f"conformance_passing_{line}.txt") for line in ("3.7", "3.8")}
APART: Final = {"TinkerServiceRegistry": "call()", "StepRead": "io()"}
"""Tags of the scenarios that need a server's services or files; the engine refuses both steps by name."""

NO_VALUES: Final = "the error says the type, not the value: messages show no value of the data"
PATIENCE_S: Final = 600.0
"""For one traversal, however busy the machine is."""
REASONS: Final = {
    "g_injectX1_000X_asNumberXGType_BIGINTX": NO_VALUES,
    "g_injectXhelloX_asBool": NO_VALUES,
    "g_injectXtestX_asNumber": NO_VALUES,
    "g_V_shortestpath": (
        "the expected answer lacks the six pairs that are three edges apart; here each of the 30 pairs has its path"
    ),
    "g_withStrategiesXElementIdStrategyX_V": "ElementIdStrategy is refused by name",
    "g_withoutStrategiesXConnectiveStrategyX_V_hasXname_markoX_or_whereXinXknowsX_hasXname_markoXX": (
        "infix and() and or() are read when a traversal is compiled, whatever the strategies"
    ),
    "g_V_playlist_paths": "a seeded shuffle of edges in TinkerGraph's own order",
    "g_withSackXBigInteger_TEN_powX1000X_assignX_V_localXoutXknowsX_barrierXnormSackXX_inXknowsX_barrier_sack": (
        "a sum of integers beyond the range of a Double"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one scenario went.

    Attributes:
        feature: the file, whose folder is the category.
        name: of the scenario.
        tags: TinkerPop's tags.
        counted: whether it counts.
        reason: why it does not count.
        verdict: pass, fail, error or skip.
        message: what was expected, or the error.
    """

    feature: str
    name: str
    tags: tuple[str, ...]
    counted: bool
    reason: str
    verdict: str
    message: str

    @property
    def is_apart(self) -> bool:
        """Whether it asks for a step that is refused by name."""
        return not APART.keys().isdisjoint(self.tags)


class _Stores:
    """An embedded store for each toy graph."""

    def __init__(self, directory: Path, language: str) -> None:
        self.directory = directory
        self.language = language
        self.stores: dict[str, EmbeddedStore] = {}

    def connect(self, graph_name: str) -> EmbeddedConnection:
        """The connection to a toy graph."""
        if graph_name not in self.stores:
            language: Literal["3.7", "3.8"] = "3.7" if self.language == "3.7" else "3.8"
            settings = GraphSettings(language=language, limits=TraversalLimits(evaluation_s=PATIENCE_S))
            self.stores[graph_name] = EmbeddedStore(self.directory / graph_name, settings)
        return self.stores[graph_name].connection

    def close(self) -> None:
        """Close every store."""
        for store in self.stores.values():
            store.close()


def outcomes(folder: Path, language: str, directory: Path) -> list[Outcome]:
    """Run every scenario of a line of TinkerPop.

    Args:
        folder: with the scenarios and their runner.
        language: "3.7" or "3.8"; the installed gremlinpython must be of that line.
        directory: for the stores.
    """
    sys.path.insert(0, str(folder))
    try:
        loader: Any = importlib.import_module("gremlin_loader").GremlinLoader()
        suite_of: Any = importlib.import_module("load").Suite
    finally:
        sys.path.remove(str(folder))
    stores = _Stores(directory, language)
    loader.connect = stores.connect
    suite = suite_of(loader)
    lines = (folder / f"cases-{language}.jsonl").read_text(encoding="utf-8").splitlines()
    found = [_outcome(case, suite.run(case)) for case in map(json.loads, lines) if case["traversals"]]
    stores.close()
    return found


def _outcome(case: dict[str, Any], verdict: tuple[str, str]) -> Outcome:
    return Outcome(
        feature=case["feature"],
        name=case["name"],
        tags=tuple(case["tags"]),
        counted=case["counted"],
        reason=case["reason"],
        verdict=verdict[0],
        message=verdict[1],
    )


def passed(found: Iterable[Outcome]) -> set[str]:
    """The scenarios that pass, by feature and name."""
    return {f"{item.feature} {item.name}" for item in found if item.verdict == "pass"}


def summary(found: list[Outcome]) -> dict[str, Any]:
    """What the page shows of one suite."""
    counted = [item for item in found if item.counted]
    aside = [item for item in found if not item.counted]
    failing = [item for item in counted if item.verdict != "pass" and not item.is_apart]
    return {
        "gremlinpython": version("gremlinpython"),
        "date": datetime.now(UTC).date().isoformat(),
        "categories": _by(counted, lambda item: item.feature.partition("/")[0]),
        "apart": _by(
            [item for item in counted if item.is_apart], lambda item: next(t for t in item.tags if t in APART)
        ),
        "not_counted": _by(aside, lambda item: item.reason.partition(":")[0] + _tag(item.reason)),
        "failing": {item.name: REASONS.get(item.name, item.message[:160]) for item in failing},
    }


def _tag(reason: str) -> str:
    kind, _, detail = reason.partition(":")
    return f": {detail.strip()}" if kind in ("tag", "python", "lambda") else ""


def _by(found: list[Outcome], key: Callable[[Outcome], str]) -> dict[str, dict[str, int]]:
    whole, passing = Counter(map(key, found)), Counter(key(item) for item in found if item.verdict == "pass")
    return {name: {"scenarios": whole[name], "passed": passing[name]} for name in sorted(whole)}


def line(language: str, found: list[Outcome]) -> str:
    """One line a suite, ending in the percentage."""
    counted = [item for item in found if item.counted]
    rest = [item for item in counted if not item.is_apart]
    good = sum(item.verdict == "pass" for item in rest)
    return (
        f"TinkerPop {language}: {good} of {len(rest)} counted scenarios pass"
        f" ({len(counted) - len(rest)} of call() and io() raise by name): {100 * good / len(rest):.2f} %"
    )


def main(arguments: list[str]) -> int:
    """Run the suite of a line, print it, write it down; with `--keep` also the list of what passes."""
    place, language = os.environ.get("C360_CONFORMANCE"), arguments[0]
    if not place:
        print("Set C360_CONFORMANCE to the folder with TinkerPop's scenarios.", file=sys.stderr)  # noqa: T201 (it is a command)
        return 2
    with tempfile.TemporaryDirectory() as directory:
        found = outcomes(Path(place), language, Path(directory))
    written: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    RESULTS.write_text(json.dumps({**written, language: summary(found)}, indent=1, sort_keys=True) + "\n", "utf-8")
    if "--keep" in arguments:
        PASSING[language].write_text("\n".join(sorted(passed(found))) + "\n", encoding="utf-8")
    print(line(language, found))  # noqa: T201 (it is a command)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
