"""Pictures of an evaluation: precision and recall at every threshold, and whether probabilities mean what they say.

Pictures are byte-equal for equal input; SVG takes its ink from the page.
"""

import io
import math
from pathlib import Path

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lake.atomic import write_atomically
from resolution.evaluation.sweep import CalibrationBin, Sweep
from resolution.why.picture import AGAINST, FOR, INK, START, STYLE, TOTAL, inline_svg


def sweep_figure(sweep: Sweep, threshold: float) -> Figure:
    """Draw the sweep: pairs on the left, whole clusters in the middle, calibration on the right.

    Args:
        sweep: what was measured.
        threshold: the run's own, as a probability.
    """
    with rc_context(STYLE):
        figure = Figure(figsize=(11.5, 3.7), layout="constrained")
        pairs, clusters, chance = (figure.add_subplot(1, 3, place) for place in (1, 2, 3))
        bits = [each.bits for each in sweep.pairs]
        for name, colour in (("precision", FOR), ("recall", TOTAL), ("f1", AGAINST)):
            pairs.plot(bits, [getattr(each, name) for each in sweep.pairs], color=colour, label=name)
        pairs.set_title("candidate pairs alone")
        bits = [each.bits for each in sweep.clusters]
        for name, colour in (("precision", FOR), ("recall", TOTAL), ("f1", AGAINST), ("b3_f1", START)):
            values = [getattr(each.agreement, name) for each in sweep.clusters]
            clusters.plot(bits, values, color=colour, marker="o", label=name.replace("b3_f1", "B³ f1"))
        clusters.set_title("clusters")
        for axes in (pairs, clusters):
            axes.axvline(math.log2(threshold / (1 - threshold)), color=INK, linewidth=0.8, linestyle=":")
            axes.set_ylim(-0.02, 1.02)
            axes.set_xlabel("threshold, bits")
            axes.legend(frameon=False, loc="lower left")
        _calibration(chance, sweep.calibration)
    return figure


def _calibration(axes: Axes, bins: tuple[CalibrationBin, ...]) -> None:
    largest = max((each.pairs for each in bins), default=1)
    axes.plot([0, 1], [0, 1], color=START, linewidth=0.8)
    axes.scatter(
        [each.predicted for each in bins],
        [each.observed for each in bins],
        s=[14 + 90 * math.sqrt(each.pairs / largest) for each in bins],
        color=TOTAL,
        alpha=0.7,
        linewidths=0,
    )
    axes.set_xlim(-0.03, 1.03)
    axes.set_ylim(-0.03, 1.03)
    axes.set_title("probability said, and true share")
    axes.set_xlabel("mean probability of candidate pairs, bit by bit")


def write_figure(path: Path, figure: Figure) -> None:
    """Write a picture as .png or .svg, by the file's ending."""
    if path.suffix.lower() == ".svg":
        write_atomically(path, inline_svg(figure, name=path.name).encode())
        return
    target = io.BytesIO()
    figure.savefig(target, format="png", dpi=150, facecolor="white", metadata={"Software": None})
    write_atomically(path, target.getvalue())
