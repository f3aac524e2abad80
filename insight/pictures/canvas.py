"""The look all pictures share, and writing them to a file: the same picture gives the same bytes."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

INK: Final = "#1f2933"
FAINT: Final = "#7b8794"
LINE: Final = "#cbd2d9"
ACCENT: Final = "#2563a8"
COLOURS: Final = ("#2563a8", "#d9730d", "#2f9e5b", "#b83280", "#7c5cc4", "#8a6d3b", "#c23b3b", "#4b5563")
SALT: Final = "customer360"
METADATA: Final[Mapping[str, Mapping[str, str | None]]] = {".png": {"Software": None}, ".svg": {"Date": None}}


def new_figure(width_in: float, height_in: float) -> tuple[Figure, Axes]:
    """An empty figure of this size in inches, with one set of axes."""
    figure = Figure(figsize=(width_in, height_in), layout="constrained", facecolor="white")
    FigureCanvasAgg(figure)
    return figure, figure.add_subplot()


def write(figure: Figure, path: Path) -> Path:
    """Write the figure as PNG or SVG, by the path's suffix; the folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with mpl.rc_context({"svg.hashsalt": SALT}):
        figure.savefig(path, dpi=144, metadata=METADATA.get(path.suffix))
    return path


def titled(axes: Axes, title: str, subtitle: str) -> None:
    """Say what the picture shows: a title in words, and below it how to read it."""
    axes.set_title(f"{title}\n", loc="left", fontsize=14, fontweight="bold", color=INK)
    axes.text(0, 1.015, subtitle, transform=axes.transAxes, fontsize=9.5, color=FAINT, va="bottom")


def bare(axes: Axes) -> None:
    """Take the frame and ticks away."""
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0, colors=FAINT)
