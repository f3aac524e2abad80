"""A pair's waterfall as a picture of its own; the report's page draws the same steps in HTML.

Pictures are byte-equal for equal input. In SVG, ink is `currentColor`, so that a page's light or dark mode decides it.
"""

import io
from textwrap import shorten
from typing import Final

from matplotlib import rc_context
from matplotlib.figure import Figure

from core.ids import content_id
from resolution.why.contract import PairWhy
from resolution.why.pair import signed
from resolution.why.values import value_words
from resolution.why.waterfall import TONES, waterfall

INK: Final = "#010203"
FOR, AGAINST, START, TOTAL = (TONES[tone][0] for tone in ("for", "against", "start", "total"))
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
    steps = waterfall(why)
    with rc_context(STYLE):
        height = 0.42 if why.records else 0.27
        figure = Figure(figsize=(7.2, 0.9 + height * len(steps)), layout="constrained")
        axes = figure.add_subplot()
        values = {each.field: value_words(each, why.records)[0] for each in why.contributions}
        labels = [_label(step.label, values.get(step.field, "")) for step in steps]
        places = range(len(steps))
        colours = [TONES[step.tone][0] for step in steps]
        axes.barh(
            places, [step.bits for step in steps], left=[step.start for step in steps], color=colours, height=0.66
        )
        for place, step in enumerate(steps):
            axes.annotate(signed(step.bits), (step.high, place), (4, 0), textcoords="offset points", va="center")
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


def _label(name: str, values: str) -> str:
    """The field and its level; below it the values, where they were asked for."""
    return f"{name}\n{shorten(values, WIDEST_VALUES, placeholder='…')}" if values else name
