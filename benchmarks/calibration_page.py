"""The part of the accuracy page on calibration, from what `benchmarks.calibration` measured last."""

import json
from pathlib import Path
from typing import Any, Final

from benchmarks.surroundings import written

RESULTS: Final = Path(__file__).parent / "results" / "calibration.json"
LEAST_RATIO, MOST_RATIO = 0.8, 1.25
CALIBRATION: Final = """
## Calibration

Whether probabilities mean what they say, by `python -m benchmarks.calibration`: {where};
the two *tune* sets as they are and changed as named, with all records of all people, or of 15 % of them. *Estimated /
true* is the estimated number of matching pairs over the true one; between 0.8 and 1.25 is the aim. *Brier* is the sum
of squared errors of candidate pairs' probabilities for each true match. {outside}

| set | change | people | records | true matches | estimated / true | Brier |
|---|---|---|---|---|---|---|
{rows}"""


def calibration_page() -> str:
    """What `benchmarks.calibration` measured last."""
    if not RESULTS.exists():
        return ""
    found = json.loads(RESULTS.read_text(encoding="utf-8"))
    where = written(found)
    rows = "".join(
        f"| {one['set']} | {one['change']} | {one['share']:.0%} | {one['records']:,} | {one['true_matches']:,} "
        f"| {one['estimated_to_true']:.2f} | {one['brier_per_true_match']:.3f} |\n"
        for one in found["tables"]
    )
    return CALIBRATION.format(where=where, rows=rows, outside=_outside(found["tables"]))


def _outside(tables: list[dict[str, Any]]) -> str:
    """How many tables miss the aim, and how many matches the largest of them holds."""
    missed = [one["true_matches"] for one in tables if not LEAST_RATIO <= one["estimated_to_true"] <= MOST_RATIO]
    if not missed:
        return "All tables are within."
    return f"{len(missed)} of {len(tables)} tables are outside; the largest of these holds {max(missed):,} matches."
