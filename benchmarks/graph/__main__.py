"""`make bench-graph`: the embedded graph and TinkerGraph in Gremlin Server asked the same, in one run on one machine.

Writes `benchmarks/results/graph.json`; `tools/reference.py` makes `docs/reference/graph-speed.md` of it. Needs Java and
Maven for the server. `python -m benchmarks.graph compared` or `… 100000` (edges) measures a part of it.
"""

import json
import os
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from benchmarks import surroundings
from benchmarks.graph import theirs
from benchmarks.surroundings import today
from tests.gremlin_server import VERSIONS, running_server

ROOT: Final = Path(__file__).parents[2]
RESULTS: Final = ROOT / "benchmarks" / "results" / "graph.json"
VERTICES: Final = 100_000
EDGES: Final = 500_000
SIZES: Final = (100_000, 1_000_000, 10_000_000)


def ours(vertices: int, edges: int) -> dict[str, Any]:
    """The embedded graph, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.graph.ours", str(vertices), str(edges)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    print(f"{edges:,} edges: {found['load_s']} s to load", file=sys.stderr)
    return found


def beside() -> None:
    """Both on the same graph, one after the other; what has been measured is kept row by row."""
    embedded = ours(VERTICES, EDGES)
    answers: dict[str, str] = embedded.pop("answers")
    inside: dict[str, float] = {}
    wire: dict[str, float] = {}
    same: dict[str, bool] = {}
    with tempfile.TemporaryDirectory() as folder, running_server(VERSIONS[0], Path(folder), heap="3g") as url:
        for row in theirs.measure(url, VERTICES, EDGES):
            print(f"{row.name}: {row.inside_ms} ms in the server, {row.wire_ms} ms by wire", file=sys.stderr)
            inside[row.name], wire[row.name] = row.inside_ms, row.wire_ms
            same[row.name] = json.loads(answers[row.name]) == json.loads(row.answer)
            server = {"inside_ms": inside, "wire_ms": wire}
            keep(
                "compared",
                {"server": VERSIONS[0], "tinkergraph": server, "embedded": embedded, "same_answers": same},
            )


def machine() -> dict[str, Any]:
    """Where and when a part was measured, and how busy it was there."""
    busy = {"load": round(os.getloadavg()[0], 1)}
    return {"date": today(), "version": version("customer360-engine"), **surroundings.machine(), **busy}


def keep(part: str, found: dict[str, Any]) -> None:
    """Write down one part; the others stay."""
    kept: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    kept[part] = {"machine": machine(), **found}
    RESULTS.write_text(json.dumps(dict(sorted(kept.items())), indent=1) + "\n", encoding="utf-8")


def main(words: list[str]) -> None:
    """Measure and write down: `compared`, or numbers of edges; all of it without a word."""
    if not words or "compared" in words:
        beside()
    sizes = [int(word) for word in words if word.isdigit()] or ([] if words else SIZES)
    for edges in sizes:
        cost = ours(edges // 5, edges)
        del cost["answers"]
        keep(f"edges_{edges}", cost)


if __name__ == "__main__":
    main(sys.argv[1:])
