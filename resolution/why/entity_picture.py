"""An entity drawn: its records, the links that hold it together, and those whose loss would break it."""

import io
from typing import Final

import networkx as nx
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from resolution.why.contract import Bond, EntityWhy
from resolution.why.picture import AGAINST, FOR, INK, STYLE, TOTAL, inline_svg

MOST_NAMED: Final = 40
"""Records up to which each is named."""
Place = tuple[float, float]


def entity_figure(why: EntityWhy) -> Figure:
    """Draw an entity: the fewest links that join it in green, the weakest bond in red, what would fall off in red."""
    places = _places(why)
    weakest = why.weakest.links if why.weakest else ()
    apart = set(why.weakest.apart) if why.weakest else set[str]()
    with rc_context(STYLE):
        figure = Figure(figsize=(7.2, 5.4), layout="constrained")
        axes = figure.add_subplot()
        for bond in why.evidence:
            _line(axes, places, bond, FOR, 1.6)
        for bond in weakest:
            _line(axes, places, bond, AGAINST, 2.4)
        for colour, falls in ((TOTAL, False), (AGAINST, True)):
            spots = [places[name] for name in why.members if (name in apart) == falls]
            axes.scatter([x for x, _ in spots], [y for _, y in spots], 70, color=colour)
        if len(why.members) <= MOST_NAMED:
            for name in why.members:
                axes.annotate(name, places[name], (6, 5), textcoords="offset points", color=INK)
        axes.margins(x=0.2, y=0.1)
        axes.set_xticks([])
        axes.set_yticks([])
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)
        axes.set_title(f"{len(why.members)} records, {why.links} links; red: the weakest bond, and what it holds")
    return figure


def _line(axes: Axes, places: dict[str, Place], bond: Bond, colour: str, width: float) -> None:
    (x1, y1), (x2, y2) = places[bond.left], places[bond.right]
    axes.plot([x1, x2], [y1, y2], color=colour, linewidth=width)
    middle = ((x1 + x2) / 2, (y1 + y2) / 2)
    axes.annotate(f"{bond.weight_bits:+.1f}", middle, (5, 4), textcoords="offset points", color=INK)


def _places(why: EntityWhy) -> dict[str, Place]:
    """Where each record stands: its evidence pulls it to its neighbours; the same every time."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(why.members)
    bonds = (*why.evidence, *(why.weakest.links if why.weakest else ()))
    graph.add_edges_from((bond.left, bond.right) for bond in bonds)
    found = nx.spring_layout(graph, seed=1, iterations=200)
    return {name: (round(float(at[0]), 6), round(float(at[1]), 6)) for name, at in found.items()}


def entity_svg(why: EntityWhy) -> str:
    """The entity as an SVG element to stand inside a page."""
    return inline_svg(entity_figure(why), name=why.entity_id)


def entity_png(why: EntityWhy) -> bytes:
    """The entity as a PNG on white, 150 dots an inch."""
    target = io.BytesIO()
    entity_figure(why).savefig(target, format="png", dpi=150, facecolor="white", metadata={"Software": None})
    return target.getvalue()
