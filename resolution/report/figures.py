"""The report's pictures: match weights with the threshold, cluster sizes, and what each field is worth.

Ink is `currentColor`; the page decides light or dark.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib import rc_context
from matplotlib.figure import Figure

from resolution.contract import FieldModel
from resolution.why.pair import plain
from resolution.why.picture import AGAINST, FOR, INK, START, STYLE, TOTAL, inline_svg

WIDTH: Final = 7.6
WIDEST_SIZES: Final = 24
"""Bars of the cluster-size picture; larger clusters share the last one."""
LEAST_SHARE: Final = 1e-9


def weight_histogram(histogram: Sequence[tuple[int, int]], threshold_bits: float) -> str:
    """Candidate pairs by match weight, on a logarithmic scale, with the least weight of a link.

    Args:
        histogram: (lower edge in bits, pairs), one bit wide.
        threshold_bits: where links begin.
    """
    with rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, 2.9), layout="constrained")
        axes = figure.add_subplot()
        edges = np.array([edge for edge, _ in histogram], dtype=np.float64)
        pairs = np.array([count for _, count in histogram], dtype=np.float64)
        colours = [FOR if edge >= threshold_bits else START for edge, _ in histogram]
        axes.bar(edges + 0.5, pairs, 0.92, color=colours)
        axes.axvline(threshold_bits, color=AGAINST, linewidth=1.4, linestyle="--")
        axes.annotate(
            f"links from {threshold_bits:+.1f} bits",
            (threshold_bits, 0.97),
            (5, 0),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            va="top",
            color=AGAINST,
        )
        axes.set_yscale("symlog")
        axes.set_ylim(bottom=0)
        axes.set_xlabel("match weight, bits")
        axes.set_ylabel("candidate pairs")
    return inline_svg(figure, name="weights")


def cluster_sizes(sizes: Sequence[tuple[int, int]]) -> str:
    """Clusters by how many records they hold, on a logarithmic scale."""
    bars: dict[str, int] = {}
    for size, clusters in sizes:
        name = str(size) if size < WIDEST_SIZES else f"{WIDEST_SIZES}+"
        bars[name] = bars.get(name, 0) + clusters
    with rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, 2.5), layout="constrained")
        axes = figure.add_subplot()
        axes.bar(range(len(bars)), list(bars.values()), 0.8, color=TOTAL)
        axes.set_xticks(range(len(bars)), list(bars))
        axes.set_yscale("symlog")
        axes.set_ylim(bottom=0)
        axes.tick_params("x", length=0)
        axes.set_xlabel("records in a person")
        axes.set_ylabel("people")
    return inline_svg(figure, name="sizes")


def field_strengths(fields: Sequence[FieldModel]) -> str:
    """Each field's range of bits, from what its strongest disagreement costs to what full agreement earns."""
    ranges = [(min(each), max(each)) for each in ([level.bits for level in field.levels] for field in fields) if each]
    names = [plain(field.name) for field in fields if field.levels]
    with rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, 0.7 + 0.26 * max(len(names), 1)), layout="constrained")
        axes = figure.add_subplot()
        places = range(len(names))
        axes.barh(places, [max(high, 0.0) for _, high in ranges], 0.64, color=FOR)
        axes.barh(places, [min(low, 0.0) for low, _ in ranges], 0.64, color=AGAINST)
        axes.axvline(0, color=INK, linewidth=0.6)
        axes.set_yticks(places, names)
        axes.invert_yaxis()
        axes.tick_params("y", length=0)
        axes.set_xlabel("bits: least for disagreement, most for agreement")
    return inline_svg(figure, name="fields")


def level_shares(fields: Sequence[FieldModel]) -> str:
    """Show m and u of every level on a logarithmic scale: the further apart, the more the level says."""
    names = [f"{plain(field.name)} · {level.name}" for field in fields for level in field.levels]
    levels = [level for field in fields for level in field.levels]
    with rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, 0.9 + 0.19 * max(len(names), 1)), layout="constrained")
        axes = figure.add_subplot()
        places = list(range(len(names)))
        for one, place in zip(levels, places, strict=True):
            ends = [max(one.m, LEAST_SHARE), max(one.u, LEAST_SHARE)]
            axes.plot(ends, [place, place], color=FOR if one.bits >= 0 else AGAINST, linewidth=1.2)
        axes.scatter([max(one.m, LEAST_SHARE) for one in levels], places, 22, color=TOTAL, label="m, one person")
        axes.scatter([max(one.u, LEAST_SHARE) for one in levels], places, 22, color=START, label="u, two people")
        axes.set_xscale("log")
        axes.set_yticks(places, names)
        axes.invert_yaxis()
        axes.tick_params("y", length=0)
        axes.set_xlabel("share of pairs at this level, both values known")
        axes.legend(frameon=False, loc="lower left")
    return inline_svg(figure, name="levels")
