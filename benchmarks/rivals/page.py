"""The page `docs/reference/benchmarks.md`, from what `make bench-resolution` measured last."""

import json
from pathlib import Path
from typing import Any, Final

from benchmarks.surroundings import written

RESULTS: Final = Path(__file__).parents[1] / "results" / "rivals.json"
Row = dict[str, Any]
HEAD: Final = """# Benchmarks

Our engine beside others on the same tables, by `make bench-resolution`: {where}. Every engine runs as one process in an
environment of its own (versions pinned in `benchmarks/rivals/environments`); seconds, processor seconds and peak memory
are of that whole process, reading and imports included, but for Splink, and for our engine with given rules, only until
the clusters are made: what they write for scoring is not counted. The machine was shared while this was measured:
*load* is its load average when the engine started, wall seconds above two of it say little, and processor seconds are
the fairer figure. F1 is pairwise, of final clusters: *as it comes*, and at the best of the thresholds tried, chosen by
the truth.

Every engine was given the set cleaned by our own reading, in plain columns; the cleaning is not counted for any.
people_1m is a table of a million generated people (`benchmarks/people.py`); the others are labelled sets.

- **customer360**: `c360 resolve` with its defaults, which reads and cleans the table once more, explains every link and
  writes a report; after one run that compiles its kernels. Best: eight thresholds.
- **Splink, documented**: its tutorial's model, rules and training for people; clusters at 0.95. Where it has streets
  and postcodes, street and city are left out, which Splink is better for. **Splink, fast**: the same with u and EM from
  a million pairs each.
- **GoldenMatch**: `dedupe_df` without configuration. **recordlinkage**: blocking on seven keys and its ECM classifier.
  **dedupe**: with 2,000 labelled pairs of the truth, which no other engine sees.
"""
AS_THEY_COME: Final = """
## As they come

Blocking is each engine's own, or its documentation's.

![F1 and processor seconds of every engine](../pictures/rivals.svg)

| set | engine | F1 as it comes | B³ F1 | best F1 | seconds | processor seconds | peak MB | date | load |
|---|---|---|---|---|---|---|---|---|---|
"""
ALIKE: Final = """
## The same blocking rules for both

The same job, timed as a whole: read the cleaned table, encode, train, predict and cluster, with the same blocking rules
(`benchmarks/rivals/rules.py`: *few* are eight, *many* six coarse ones more) and Splink in its fast configuration, or
where the line says so trained as documented: u from 10 million pairs, EM over all pairs of its rules.
Ratios are Splink's figure over ours: above 1, ours is less. Where the pairs differ, so does how a rule's columns are
read: our engine takes a name by its tokens, for one, Splink by its letters.
"""
RIVALS: Final = (("few", "Splink"), ("few", "Splink as documented"), ("many", "Splink"))
"""Which rules each line compares us under, and with which Splink."""
COLUMNS: Final = (
    *(
        "set",
        "rules",
        "pairs a record: ours, Splink",
        "seconds: ours, Splink",
        "ratio",
        "processor seconds: ours, Splink",
    ),
    *("ratio", "peak MB: ours, Splink", "ratio", "F1 as it comes: ours, Splink", "best F1: ours, Splink", "load"),
)


def benchmarks_page() -> str:
    """Every engine as it comes, and ours beside Splink with the same rules."""
    if not RESULTS.exists():
        return "# Benchmarks\n\nNothing has been measured yet: `make bench-resolution`.\n"
    found = json.loads(RESULTS.read_text(encoding="utf-8"))
    rows = found["rows"]
    where = written(found)
    own = [one for one in rows if not one["engine"].endswith(" rules")]
    page = HEAD.format(where=where) + AS_THEY_COME + "".join(_row(one) for one in own)
    alike = "".join(_beside(rows, name, *rivals) for name in _sets(rows) for rivals in RIVALS)
    head = f"\n| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}\n"
    return page + (ALIKE + head + alike if alike else "")


def _sets(rows: list[Row]) -> list[str]:
    return list(dict.fromkeys(str(one["set"]) for one in rows))


def _row(one: Row) -> str:
    head = f"| {one['set']} | {one['engine']} {one['version']} | "
    tail = f" | {one['date']} | {one['load']} |\n"
    if "failed" in one:
        return f"{head}{one['failed']} | | | | | {tail}"
    scores = f"{one['default']['f1']:.4f} | {one['default']['b3_f1']:.4f} | {one['best']['f1']:.4f}"
    return f"{head}{scores} | {one['wall_s']:.0f} | {one['cpu_s']:.0f} | {one['peak_mb']:,.0f}{tail}"


def _beside(rows: list[Row], name: str, rules: str, rival: str) -> str:
    """Our row and Splink's with the same rules as one line; nothing where either is not there."""
    by_engine = {one["engine"]: one for one in rows if one["set"] == name}
    ours, splink = (by_engine.get(f"{engine}, {rules} rules") for engine in ("customer360", rival))
    if ours is None or splink is None or "failed" in ours:
        return ""
    start = f"| {name} | {rules}{rival.removeprefix('Splink')} | "
    if "failed" in splink:
        return f"{start}{ours['wall_s']:.1f} s and {ours['peak_mb']:,} MB; Splink {splink['failed']} |{' |' * 9}\n"
    costs = [
        f"{ours[what]:,{form}}, {splink[what]:,{form}} | {splink[what] / ours[what]:.1f}"
        for what, form in (("wall_s", ".1f"), ("cpu_s", ".1f"), ("peak_mb", ".0f"))
    ]
    scores = [f"{ours[what]['f1']:.4f}, {splink[what]['f1']:.4f}" for what in ("default", "best")]
    pairs = f"{ours['pairs'] / ours['records']:.1f}, {splink['pairs'] / splink['records']:.1f}"
    return start + " | ".join([pairs, *costs, *scores, f"{ours['load']}, {splink['load']}"]) + " |\n"
