"""How cost grows with size: `python -m benchmarks.growth ROWS…` resolves seeded tables of these sizes, smallest first.

Each size is made by `benchmarks.people`, resolved by the command a user would type, and judged against the truth. Sizes
already measured keep their figures, so that large ones can be run alone. Results: `benchmarks/results/growth.json`.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

from benchmarks.people import write_people
from benchmarks.process import run_command
from benchmarks.surroundings import keep, machine, today

RESULTS = Path(__file__).parent / "results" / "growth.json"
SIZES = (10_000, 100_000, 1_000_000)


def measure(rows: int, folder: Path) -> dict[str, object]:
    """Resolve one table, and say what it cost and how right it is."""
    write_people(rows, folder)
    out = folder / "out"
    before = os.getloadavg()[0]
    records, truth = str(folder / "records.parquet"), str(folder / "truth.parquet")
    done = run_command(["resolve", records, "--id", "record_id", "--source", "source", "--out", str(out), "--json"])
    label = ["--truth", truth, "--label", "person_id", "--id", "record_id"]
    judged = json.loads(run_command(["evaluate", str(out), *label, "--json"]).output)
    return {
        "rows": rows,
        "date": today(),
        "load_before": round(before, 1),
        "wall_s": done.wall_s,
        "cpu_s": done.cpu_s,
        "peak_mb": done.peak_mb,
        "pairs": json.loads(done.output)["pairs"],
        "cpu_us_a_record": round(done.cpu_s / rows * 1e6, 1),
        "evaluation": judged,
    }


def main(sizes: tuple[int, ...]) -> int:
    """Measure these sizes; a first small run makes sure that no compilation is measured."""
    kept = {entry["rows"]: entry for entry in json.loads(RESULTS.read_text())["sizes"]} if RESULTS.exists() else {}
    with tempfile.TemporaryDirectory() as folder:
        measure(1_000, Path(folder) / "warm")
        for rows in sorted(sizes):
            kept[rows] = measure(rows, Path(folder) / str(rows))
            print(f"{rows:>10,}: {kept[rows]['wall_s']} s, {kept[rows]['peak_mb']} MB", file=sys.stderr)
    found = {"machine": machine(), "sizes": [kept[rows] for rows in sorted(kept)]}
    keep(found, RESULTS)
    return 0


if __name__ == "__main__":
    sys.exit(main(tuple(int(word) for word in sys.argv[1:]) or SIZES))
