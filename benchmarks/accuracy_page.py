"""The page `docs/reference/accuracy.md`, from what `make bench` and its sister benchmarks measured last."""

import json
from pathlib import Path
from typing import Any, Final

from benchmarks.calibration_page import calibration_page
from benchmarks.reliability_page import reliability_page
from benchmarks.surroundings import written
from benchmarks.verdicts_page import verdicts_page

RESULTS: Final = Path(__file__).parent / "results" / "resolution.json"
ACCURACY: Final = """# Accuracy

`c360 resolve` with one default for every set, no thresholds, no hints; figures are of final clusters. *tune*: the set
was looked at while the engine was made; *report*: no setting was chosen by its score; *smoke*: too small or too easy to
rank engines by. Not every *report* set is blind: mistakes on census_cis and on a twentieth of customers_1m were looked
at while the model was built, and a limit on the evidence of being alone (3 bits) was taken over from a study that had
seen census_cis. What was chosen by looking at which *tune* set,
and some figures with one left out, stand below. `c360 compare` and `c360 lookup` were settled while looking at the
public pairs they are tried on. Version {version}, {where}, measured by `make bench` on a
shared machine: seconds are of one run and only a guide.

| set | use | pairwise F1 | precision | recall | B³ F1 | seconds | peak MB |
|---|---|---|---|---|---|---|---|
{rows}"""


def accuracy_page() -> str:
    """What `make bench` measured last."""
    if not RESULTS.exists():
        return "# Accuracy\n\nNothing has been measured yet: `make bench`.\n"
    found = json.loads(RESULTS.read_text(encoding="utf-8"))
    where = written(found)
    rows = "".join(_row(one) for one in found["sets"])
    return (
        ACCURACY.format(version=found["version"], where=where, rows=rows)
        + calibration_page()
        + reliability_page()
        + verdicts_page()
    )


def _row(one: dict[str, Any]) -> str:
    agreement = one["evaluation"]["agreement"]
    scores = " | ".join(f"{agreement[name]:.4f}" for name in ("f1", "precision", "recall", "b3_f1"))
    return f"| {one['set']} | {one['use']} | {scores} | {one['wall_s']:.0f} | {one['peak_mb']:,.0f} |\n"
