"""The page `docs/reference/layouts.md`, from what `benchmarks.layouts` measured last."""

import json
import statistics
from pathlib import Path
from typing import Any, Final

from benchmarks.layouts.catalogue import LAYOUTS, says
from benchmarks.surroundings import written

RESULTS: Final = Path(__file__).parents[1] / "results" / "layouts.json"
NEAR: Final = (0.8, 1.25)
HEAD: Final = """# Layouts

`c360 resolve` without configuration on small generated tables of many layouts, languages and kinds of error
(`python -m benchmarks.layouts`, seed {seed}). The engine is told the files, which column names a row and, in {sourced}
of them, which names the source; files of one layout differ in their headers. The layouts were written from what such
tables look like in the world, not from how the engine reads them, and first measured before any part of the engine was
changed for them; once the engine is mended by what they show, they are no longer unseen, and the first figures stand
beside. Names are invented, and numbers belong to nobody. {where}.

*Estimated* is the run's own estimate of how many pairs of records are one person, over how many truly are; it needs
no truth, so it is a user's only warning. Where no two rows are one person, neither it nor F1 says anything.

Of {count} layouts, {scored} with something to find: pairwise F1 **{median:.3f}** in the median and {mean:.3f} in the
mean ({first}), B³ F1 {b3:.3f} in the mean; {near} estimates within {low} to {high} of the truth.{failed}

| layout | files | rows | true matches | F1 of pairs | at first | precision | recall | B³ F1 | estimated | what it is |
|---|---|---|---|---|---|---|---|---|---|---|
"""


def layouts_page() -> str:
    """Every layout with its scores."""
    found = json.loads(RESULTS.read_text(encoding="utf-8"))
    rows = found["layouts"]
    scored = [one for one in rows if one["matches"]]
    f1 = [one["f1"] or 0.0 for one in scored]
    first = [one["first"]["f1"] or 0.0 for one in scored if one["first"]]
    failed = [one["layout"] for one in rows if one["f1"] is None]
    head = HEAD.format(
        seed=found["seed"],
        where=written(found),
        sourced=sum(one["sourced"] for one in rows),
        count=len(rows),
        scored=len(scored),
        median=statistics.median(f1),
        mean=statistics.mean(f1),
        first=f"at first {statistics.median(first):.3f} and {statistics.mean(first):.3f}",
        b3=statistics.mean(one["b3_f1"] or 0.0 for one in scored),
        near=sum(_is_near(one) for one in scored),
        low=NEAR[0],
        high=NEAR[1],
        failed=f"\nThe command failed on {', '.join(failed)}; each counts as 0." if failed else "",
    )
    return head + "".join(map(_row, rows))


def _is_near(one: dict[str, Any]) -> bool:
    return one["estimated"] is not None and NEAR[0] <= one["estimated"] / one["matches"] <= NEAR[1]


def _row(one: dict[str, Any]) -> str:
    told = bool(one["matches"])
    ratio = one["estimated"] / one["matches"] if told and one["estimated"] is not None else None
    cells = (
        one["layout"],
        str(one["files"]),
        f"{one['rows']:,}",
        f"{one['matches']:,}",
        _figure(one["f1"] if told else None),
        _figure(one["first"]["f1"] if told and one["first"] else None),
        _figure(one["precision"] if told else None),
        _figure(one["recall"] if told else None),
        _figure(one["b3_f1"]),
        "–" if ratio is None else f"{ratio:.2f}",
        says(LAYOUTS[one["layout"]]),
    )
    return f"| {' | '.join(cells)} |\n"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
