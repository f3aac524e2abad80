"""`python -m benchmarks.layouts [LAYOUT…]`: make every layout, resolve it without configuration, and score it.

The whole run takes minutes and writes `benchmarks/results/layouts.json`; with names, only these are measured again and
the others stay. What a layout scored when it was first measured is kept as `first` and never written again.
`tools/reference.py` makes `docs/reference/layouts.md` of it.
"""

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.layouts.catalogue import LAYOUTS
from benchmarks.layouts.files import made
from benchmarks.layouts.measure import measure
from benchmarks.layouts.page import RESULTS
from benchmarks.surroundings import keep, machine, today

SEED = 20_241_122
C360 = [sys.executable, "-m", "api.cli"]
FIRST = ("f1", "b3_f1", "estimated")


def main() -> None:
    """Measure the named layouts, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="LAYOUT", help=f"Of: {', '.join(LAYOUTS)}.")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="Leave files and results below this folder.")
    parser.add_argument("--seed", type=int, default=SEED, help="Another seed is measured and shown, not kept.")
    given = parser.parse_args()
    if not set(given.names) <= set(LAYOUTS):
        parser.error(f"name layouts of: {', '.join(LAYOUTS)}")
    before = _before()
    with tempfile.TemporaryDirectory() as folder:
        chosen = [name for name in LAYOUTS if not given.names or name in given.names]
        fresh = {name: _measured(name, given.seed, given.keep or Path(folder), before) for name in chosen}
    if given.seed == SEED:
        rows = [fresh.get(name) or before[name] for name in LAYOUTS if name in fresh or name in before]
        surroundings = {"date": today(), "version": version("customer360-engine"), "machine": machine()}
        keep({**surroundings, "seed": SEED, "layouts": rows}, RESULTS)


def _before() -> dict[str, dict[str, Any]]:
    """What was measured last, by layout."""
    if not RESULTS.is_file():
        return {}
    return {row["layout"]: row for row in json.loads(RESULTS.read_text(encoding="utf-8"))["layouts"]}


def _measured(name: str, seed: int, folder: Path, before: dict[str, dict[str, Any]]) -> dict[str, Any]:
    found = made(LAYOUTS[name], seed)
    score = asdict(measure(found, folder / name, C360))
    print(f"{name}: {json.dumps(score)}", file=sys.stderr)
    first = before.get(name, {}).get("first") or {figure: score[figure] for figure in FIRST}
    return {"layout": name, "sourced": found.source is not None, **score, "first": first}


if __name__ == "__main__":
    main()
