"""The page `docs/reference/growth.md`, from what `benchmarks.growth` and `benchmarks.recall` measured last."""

import json
import math
from pathlib import Path
from typing import Any, Final

from benchmarks.surroundings import written

RESULTS: Final = Path(__file__).parent / "results"
SIZES: Final = """# Cost by size

`c360 resolve` with its defaults on seeded tables of people (`python -m benchmarks.growth`): four sources, households,
twins, typing errors and blanks; the same pair budget of 20 candidate pairs a record at every size. Seconds and memory
are of the whole command, reading, training and the report included, kernels compiled before. {where}. The machine was
shared: *load* is its load average when the command started; seconds at a load far above the cores say little, and
processor seconds are the fairer figure. The last column is processor seconds over n·log₂ n, the smallest table being 1:
where it falls, cost grows more slowly than that.

| records | seconds | processor seconds | load | peak MB | pairs a record | F1 of pairs | cost over n·log n |
|---|---|---|---|---|---|---|---|
"""
FOUND: Final = """
## Pairs that blocking finds

The share of the true pairs of each labelled set that some rule proposes, at a budget of 20 pairs a record
(`python -m benchmarks.recall SET…`, {date}). Rules and budget are the same for every set. Each rule uses its blocks up
to a size at which the model, trained without labels, finds them worth their pairs. The rules for typing errors in one
name (`token + start`, `token + end`) were added after looking at what was lost in the *tune* sets and counting what was
lost in a fifth of the people of customers_1m.

| set | people | records | pairs a record | largest block | true pairs | recall |
|---|---|---|---|---|---|---|
"""


def growth_page() -> str:
    """Cost by size, and the recall of blocking."""
    found = json.loads((RESULTS / "growth.json").read_text(encoding="utf-8"))
    recall = json.loads((RESULTS / "recall.json").read_text(encoding="utf-8"))
    sizes = found["sizes"]
    dates = ", ".join(sorted({one["date"] for one in sizes}))
    where = f"{written(found)}, {dates}"
    rows = "".join(_size(one, sizes[0]) for one in sizes)
    return (
        SIZES.format(where=where)
        + rows
        + FOUND.format(date=", ".join(sorted({one["date"] for one in recall["sets"]})))
        + "".join(map(_set, recall["sets"]))
    )


def _size(one: dict[str, Any], first: dict[str, Any]) -> str:
    cost, least = (each["cpu_s"] / (each["rows"] * math.log2(each["rows"])) for each in (one, first))
    cells = (
        f"{one['rows']:,}",
        f"{one['wall_s']:.0f}",
        f"{one['cpu_s']:.0f}",
        f"{one['load_before']}",
        f"{one['peak_mb']:,.0f}",
        f"{one['pairs'] / one['rows']:.1f}",
        f"{one['evaluation']['agreement']['f1']:.4f}",
        f"{cost / least:.2f}",
    )
    return f"| {' | '.join(cells)} |\n"


def _set(one: dict[str, Any]) -> str:
    cells = (
        one["set"],
        "all" if one["share"] == 1 else f"{one['share']:.0%}",
        f"{one['records']:,}",
        f"{one['pairs_a_record']}",
        f"{one['largest_block']}",
        f"{one['true_pairs']:,}",
        f"{one['recall']:.2%}",
    )
    return f"| {' | '.join(cells)} |\n"
