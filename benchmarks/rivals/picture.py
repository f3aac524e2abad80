"""The picture of the comparison: F1 by default against processor seconds, one panel a set."""

from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.figure import Figure

from resolution.why.picture import STYLE

PICTURE = Path(__file__).parents[2] / "docs" / "pictures" / "rivals.svg"
COLOURS = ("#2a9d8f", "#3b6fb6", "#8ab0de", "#e76f51", "#98a2b3", "#b08968")
STILL = {"text.color": "#344054", "axes.labelcolor": "#344054", "xtick.color": "#344054", "ytick.color": "#344054"}


def write_picture(rows: list[dict[str, Any]]) -> None:
    """Draw the engines as they come, all rows that have figures; equal rows give equal bytes."""
    done = [row for row in rows if "default" in row and not row["engine"].endswith(" rules")]
    sets = list(dict.fromkeys(row["set"] for row in done))
    engines = list(dict.fromkeys(row["engine"] for row in done))
    with rc_context(STYLE | STILL | {"svg.hashsalt": "rivals", "axes.edgecolor": "#98a2b3"}):
        figure = Figure(figsize=(9, 0.9 + 1.5 * len(sets)), layout="constrained")
        for place, name in enumerate(sets):
            of_set = {row["engine"]: row for row in done if row["set"] == name}
            right, cost = (figure.add_subplot(len(sets), 2, 2 * place + side) for side in (1, 2))
            there = [each for each in engines if each in of_set]
            colours = [COLOURS[engines.index(each) % len(COLOURS)] for each in there]
            places = list(range(len(there)))
            right.barh(places, [of_set[each]["default"]["f1"] for each in there], color=colours)
            cost.barh(places, [of_set[each]["cpu_s"] for each in there], color=colours)
            right.set_yticks(places, there)
            cost.set_yticks(places, ["" for _ in there])
            right.set_xlim(0, 1)
            cost.set_xscale("log")
            for axes in (right, cost):
                axes.invert_yaxis()
                axes.tick_params(length=0)
            right.set_title(f"{name}: pairwise F1 as it comes")
            cost.set_title("processor seconds")
        figure.savefig(PICTURE, format="svg", facecolor="white", metadata={"Date": None, "Creator": None})
