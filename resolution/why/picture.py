"""A pair's waterfall as a picture: each field's bits, one after another, from the prior to the verdict.

Pictures are byte-equal for equal input. In SVG, ink is `currentColor`, so that a page's light or dark mode decides it.
"""

import io
from textwrap import shorten
from typing import Final

from matplotlib import rc_context
from matplotlib.figure import Figure

from core.ids import content_id
from resolution.why.contract import PairWhy
from resolution.why.pair import as_rows, plain, signed
from resolution.why.values import value_words

INK: Final = "#010203"
FOR, AGAINST, START, TOTAL = "#2a9d8f", "#e76f51", "#98a2b3", "#3b6fb6"
WIDEST_VALUES: Final = 48
"""Characters of two values that stand under a field's name."""
STYLE: Final = {
    "font.family": "sans-serif",
    "font.size": 9,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "svg.fonttype": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def waterfall_figure(why: PairWhy) -> Figure:
    """Draw the waterfall."""
    rows = as_rows(why)
    with rc_context(STYLE):
        height = 0.42 if why.records else 0.27
        figure = Figure(figsize=(7.2, 0.9 + height * (len(rows) + 1)), layout="constrained")
        axes = figure.add_subplot()
        values = {each.field: value_words(each, why.records)[0] for each in why.contributions}
        labels = [_label(field, level, values[field]) for field, level, _, _ in rows] + ["together"]
        starts = [after - bits for _, _, bits, after in rows] + [0.0]
        widths = [bits for _, _, bits, _ in rows] + [why.weight_bits]
        colours = [_colour(field, bits) for field, _, bits, _ in rows] + [TOTAL]
        places = range(len(labels))
        axes.barh(places, widths, left=starts, color=colours, height=0.66)
        for place, (start, width) in enumerate(zip(starts, widths, strict=True)):
            axes.annotate(
                signed(width), (max(start, start + width), place), (4, 0), textcoords="offset points", va="center"
            )
        axes.axvline(0, color=INK, linewidth=0.6)
        axes.set_yticks(places, labels)
        axes.invert_yaxis()
        axes.margins(x=0.12)
        axes.set_xlabel("bits: right of zero speaks for one person, left against")
        axes.tick_params(length=0)
        axes.spines["left"].set_visible(False)
    return figure


def waterfall_svg(why: PairWhy) -> str:
    """The waterfall as an SVG element to stand inside a page."""
    return inline_svg(waterfall_figure(why), name=f"{why.left} {why.right}")


def waterfall_png(why: PairWhy) -> bytes:
    """The waterfall as a PNG on white, 150 dots an inch."""
    target = io.BytesIO()
    waterfall_figure(why).savefig(target, format="png", dpi=150, facecolor="white", metadata={"Software": None})
    return target.getvalue()


def inline_svg(figure: Figure, *, name: str) -> str:
    """A figure as an SVG element without fixed ink; names inside it do not clash with other figures'.

    Args:
        figure: drawn in the style of this module.
        name: what sets the figure apart on its page.
    """
    target = io.StringIO()
    with rc_context(STYLE | {"svg.hashsalt": content_id("svg", name)}):
        figure.savefig(target, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    svg = target.getvalue()
    return svg[svg.index("<svg") :].replace(INK, "currentColor")


def _label(field: str, level: str, values: str) -> str:
    """The field and its level; below it the values, where they were asked for."""
    name = plain(field) + (f" · {level}" if level else "")
    return f"{name}\n{shorten(values, WIDEST_VALUES, placeholder='…')}" if values else name


def _colour(field: str, bits: float) -> str:
    if field == "prior":
        return START
    return FOR if bits >= 0 else AGAINST
