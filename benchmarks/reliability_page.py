"""Two parts of `docs/reference/accuracy.md`: what confidences are worth, and what was chosen by looking."""

import json
from pathlib import Path
from typing import Any, Final

from benchmarks.surroundings import written

RESULTS: Final = Path(__file__).parent / "results"
RELIABILITY: Final = """
## Confidence

Whether a record is as often in the right cluster as its confidence says (`python -m benchmarks.reliability`,
{where}): all records of the two *tune* sets, records alone left out. A
record is right where most others of its cluster are of its person. *Right* stands with its 95 % interval. The two
constants that raise a record's confidence among several others, and bound it, were chosen on these very sets. Middle
bands, one record in a hundred, are still too modest, on multisource_114k by more than their intervals: they err towards
review.

| set | records | said | right | interval |
|---|---|---|---|---|
"""
LEFT_OUT: Final = """
## Chosen by looking

Two sets were looked at while the engine was made (*tune*). What was chosen by their scores, and what one gets without:

- **Clustering** (share of profile evidence, largest say of a pair, what a link may lack): {tried} settings tried on
  both sets; the best on one is scored on the other (`python -m benchmarks.leave_one_out`, {date}).

| set | F1, shipped | best on the other set (profile share, clip, alone) | F1 with it | best of all | worst of all |
|---|---|---|---|---|---|
{rows}
- **Confidence among several others** (4 bits, at least 0.3 % wrong): chosen on both sets; not tried without.
- **Half of a value's rarity at fuzzy levels** (0.5), **budget of 20 pairs, limits on common values**: taken over from a
  study that looked at both sets, census_cis and a fifth of customers_1m; not tried without.
- **Levels of comparison, nickname table, blocking rules, usual shares of levels, bounds on disagreement**: designed by
  people who had read both sets. No run with a set left out can undo that; only a table that nobody here has seen can.
"""


def reliability_page() -> str:
    """Both parts; empty before anything was measured."""
    if not (RESULTS / "reliability.json").exists():
        return ""
    found = json.loads((RESULTS / "reliability.json").read_text(encoding="utf-8"))
    where = written(found)
    rows = "".join(_band(one["set"], band) for one in found["sets"] for band in one["membership"])
    left_out = json.loads((RESULTS / "leave_one_out.json").read_text(encoding="utf-8"))
    settings = "".join(_setting(one) for one in left_out["sets"])
    return RELIABILITY.format(where=where) + rows + LEFT_OUT.format(**left_out, rows=settings)


def _band(name: str, band: dict[str, Any]) -> str:
    return (
        f"| {name} | {band['count']:,} | {band['said']:.3f} | {band['right']:.3f} "
        f"| {band['low']:.3f} to {band['high']:.3f} |\n"
    )


def _setting(one: dict[str, Any]) -> str:
    chosen = ", ".join(f"{value:g}" for value in one["chosen_without"])
    return (
        f"| {one['set']} | {one['shipped']:.4f} | {chosen} | {one['f1_without']:.4f} | {one['best']:.4f} "
        f"| {one['worst']:.4f} |\n"
    )
