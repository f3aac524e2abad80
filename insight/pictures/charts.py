"""The pictures of a run: personas on a map, segment sizes, and the process map of journeys."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from insight.journeys.layout import Map, Node
from insight.personas.contract import Labels, Matrix
from insight.pictures.canvas import ACCENT, COLOURS, FAINT, INK, LINE, bare, new_figure, titled, write
from insight.pictures.labels import Rectangle, place_labels

MOST_POINTS: Final = 6000
WIDE: Final = 3.5
HIGH: Final = 2.1
BOX: Final = (1.4, 0.5)
BEND: Final = 0.14
WAYS: Final = (0.4, 0.45, 0.35, 0.5, 0.3, 0.55, 0.25, 0.6, 0.2, 0.65, 0.15, 0.7, 0.75, 0.8)
"""Where on its curve an arrow's label may stand, the best first."""
SIGN_WIDTH: Final = 0.052
LINE_HEIGHT: Final = 0.19
"""Of a label, on the map."""
LONGEST: Final = 20
SPANS: Final = (
    (86_400 * 365.25, "years"),
    (86_400 * 30.44, "months"),
    (86_400, "days"),
    (3_600, "h"),
    (60, "min"),
    (1, "s"),
)


def draw_personas(
    path: Path, points: Matrix, labels: Labels, names: Sequence[str], shares: tuple[float, float] = (0.0, 0.0)
) -> Path:
    """Draw people as points on a plane, coloured by persona.

    Args:
        path: a .png or .svg file to write.
        points: shape (people, 2), as `personas.plane.on_a_plane` gives; of more than 6,000, every n-th is drawn.
        labels: shape (people,), the persona of each as a place in `names`; below zero for none.
        names: of the personas, largest first.
        shares: of all variation, shown by each direction.
    """
    figure, axes = new_figure(9, 6.5)
    every = max(len(points) // MOST_POINTS, 1)
    for place, name in enumerate(names):
        own = points[labels == place]
        colour = COLOURS[place % len(COLOURS)]
        label = f"{name} · {len(own):,} ({len(own) / max(len(points), 1):.0%})"
        axes.scatter(own[::every, 0], own[::every, 1], s=9, alpha=0.45, linewidths=0, color=colour, label=label)
    for place, _ in enumerate(names):
        centre = points[labels == place].mean(axis=0)
        axes.scatter(
            [centre[0]], [centre[1]], s=190, color=COLOURS[place % len(COLOURS)], edgecolors="white", linewidths=2
        )
        axes.annotate(
            str(place + 1), (centre[0], centre[1]), ha="center", va="center", color="white", fontweight="bold"
        )
    bare(axes)
    axes.set_xlabel(f"first direction of difference ({shares[0]:.0%} of variation)", color=FAINT)
    axes.set_ylabel(f"second ({shares[1]:.0%})", color=FAINT)
    axes.legend(
        loc="upper center", bbox_to_anchor=(0.5, -0.1), frameon=False, markerscale=2.5, fontsize=9.5, labelcolor=INK
    )
    titled(
        axes,
        "Personas",
        "One point a person; near points behave alike. Numbers mark each persona's centre, largest first.",
    )
    return write(figure, path)


def draw_segments(path: Path, sizes: Sequence[tuple[str, int]], people: int) -> Path:
    """Draw a bar for each segment, largest on top, with its people and its share of everybody.

    Args:
        path: a .png or .svg file to write.
        sizes: name and size of each segment.
        people: how many there are, those of nobody known included.
    """
    ordered = sorted(sizes, key=lambda pair: (pair[1], pair[0]))
    figure, axes = new_figure(8.5, 1.4 + 0.45 * max(len(ordered), 1))
    names, counts = [name for name, _ in ordered], [size for _, size in ordered]
    axes.barh(names, counts, color=ACCENT, height=0.62)
    for place, count in enumerate(counts):
        axes.annotate(
            f"{count:,} · {count / max(people, 1):.1%}", (count, place), xytext=(6, 0), textcoords="offset points",
            va="center", color=INK, fontsize=9.5,
        )  # fmt: skip
    bare(axes)
    axes.set_xlim(0, max([*counts, 1]) * 1.22)
    axes.set_xticks([])
    axes.tick_params(axis="y", labelsize=10.5, labelcolor=INK)
    titled(axes, "Segments", f"How many are in each, and their share of all {people:,}. Somebody may be in several.")
    return write(figure, path)


def draw_process(path: Path, process: Map, title: str = "Journeys") -> Path:
    """Draw a process map: a box a step, an arrow a move, thicker where more people go, with the median time.

    Args:
        path: a .png or .svg file to write.
        process: as `journeys.layout.process_map` gives it.
        title: what journeys these are.
    """
    nodes = {node.step: node for node in process.nodes}
    figure, axes = new_figure(11, 7.5)
    most = max((arrow.transitions for arrow in process.arrows), default=1)
    for arrow in reversed(process.arrows):
        _draw_arrow(axes, (nodes[arrow.source], nodes[arrow.target]), arrow.transitions / most)
    _draw_labels(axes, process)
    for node in process.nodes:
        _draw_node(axes, node)
    axes.set_xlim(-WIDE - BOX[0] * 0.6, WIDE + BOX[0] * 0.6)
    axes.set_ylim(-HIGH - BOX[1] * 0.8, HIGH + BOX[1] * 0.8)
    axes.set_xticks([])
    axes.set_yticks([])
    bare(axes)
    titled(axes, title, "Clockwise from the step most begin with. Arrows: how often, and the median time between.")
    return write(figure, path)


def _draw_node(axes: Axes, node: Node) -> None:
    width, height = BOX
    x, y = _place(node)
    box = FancyBboxPatch(
        (x - width / 2, y - height / 2), width, height, boxstyle="round,pad=0,rounding_size=0.08",
        facecolor="white", edgecolor=ACCENT, linewidth=1.6, zorder=3,
    )  # fmt: skip
    axes.add_patch(box)
    name, size = node.step.replace("_", " "), f"{node.touchpoints:,} · {node.begins:,} begin"
    axes.text(x, y + 0.09, _cut(name), ha="center", va="center", fontsize=10, fontweight="bold", color=INK, zorder=4)
    axes.text(x, y - 0.11, size, ha="center", va="center", fontsize=8.5, color=FAINT, zorder=4)


def _draw_arrow(axes: Axes, ends: tuple[Node, Node], strength: float) -> None:
    start, end = _ends(*ends)
    line = FancyArrowPatch(
        start, end, connectionstyle=f"arc3,rad={BEND}", arrowstyle="-|>", mutation_scale=10 + 8 * strength,
        linewidth=0.8 + 4.2 * strength, color=ACCENT, alpha=0.3 + 0.5 * strength, zorder=1,
    )  # fmt: skip
    axes.add_patch(line)


def _draw_labels(axes: Axes, process: Map) -> None:
    """Say of each arrow how often and how long, where its curve leaves most room; the most frequent choose first."""
    nodes = {node.step: node for node in process.nodes}
    style: dict[str, str | float] = {
        "boxstyle": "round,pad=0.15",
        "facecolor": "white",
        "edgecolor": LINE,
        "linewidth": 0.5,
        "alpha": 0.9,
    }
    says = [f"{arrow.transitions:,} · {span(arrow.median_s)}" for arrow in process.arrows]
    ends = [_ends(nodes[arrow.source], nodes[arrow.target]) for arrow in process.arrows]
    wanted = [
        [Rectangle(*_on_curve(*pair, way), SIGN_WIDTH * len(text) + 0.1, LINE_HEIGHT) for way in WAYS]
        for text, pair in zip(says, ends, strict=True)
    ]
    boxes = [Rectangle(*_place(node), *BOX) for node in process.nodes]
    for text, place in zip(says, place_labels(wanted, boxes), strict=True):
        axes.text(place.x, place.y, text, fontsize=8, color=INK, ha="center", va="center", zorder=2, bbox=style)


def _ends(source: Node, target: Node) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where an arrow leaves one box and reaches the other."""
    one, other = _place(source), _place(target)
    return _edge_of_box(one, other), _edge_of_box(other, one)


def _place(node: Node) -> tuple[float, float]:
    return node.x * WIDE, node.y * HIGH


def _on_curve(start: tuple[float, float], end: tuple[float, float], way: float) -> tuple[float, float]:
    """A point of the arrow's curve (a quadratic Bezier, as matplotlib draws `arc3`), `way` from 0 to 1."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    control = (start[0] + end[0]) / 2 + BEND * dy, (start[1] + end[1]) / 2 - BEND * dx
    weights = (1 - way) ** 2, 2 * way * (1 - way), way**2
    x, y = (sum(w * p[axis] for w, p in zip(weights, (start, control, end), strict=True)) for axis in (0, 1))
    return x, y


def _edge_of_box(centre: tuple[float, float], toward: tuple[float, float]) -> tuple[float, float]:
    """Where the line from a box's centre leaves the box."""
    dx, dy = toward[0] - centre[0], toward[1] - centre[1]
    reach = min(BOX[0] / 2 / abs(dx) if dx else np.inf, BOX[1] / 2 / abs(dy) if dy else np.inf)
    return centre[0] + dx * reach, centre[1] + dy * reach


def span(seconds: float) -> str:
    """A length of time in its natural unit: `3 days`, `45 min`."""
    size, unit = next(((size, unit) for size, unit in SPANS if seconds >= size), SPANS[-1])
    number = f"{seconds / size:.0f}" if seconds / size >= 10 else f"{seconds / size:.1f}".removesuffix(".0")
    return f"{number} {unit.removesuffix('s') if number == '1' and len(unit) > 1 else unit}"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
