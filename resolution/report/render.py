"""The page itself: a template filled with what `view` worked out. Everything is inline; it opens without a network."""

from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from resolution.contract import Resolution
from resolution.expected import Expected
from resolution.report.contract import ReportContext
from resolution.report.view import build_view
from resolution.why.pair import plain, signed
from resolution.why.waterfall import TONES


def render_report(resolution: Resolution, context: ReportContext) -> str:
    """Write the report of one resolution as one HTML page.

    Args:
        resolution: what was found. Record ids are shown, values of records are not.
        context: title, sources, columns and settings.

    Returns:
        HTML; equal input gives equal bytes.
    """
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {
        "whole": _whole,
        "share": _share,
        "right": _right,
        "bits": signed,
        "chance": _chance,
        "plain": plain,
    }
    text = (files("resolution.report") / "template" / "report.html").read_text(encoding="utf-8")
    return environment.from_string(text).render(view=build_view(resolution, context), tones=TONES)


def _whole(number: float) -> str:
    return f"{number:,.0f}"


def _share(number: float) -> str:
    return f"{number:.1%}"


def _right(found: Expected) -> str:
    """The expected share of right pairs, or both of its figures."""
    return f"{_share(found.right)} to {_share(found.right_high)}" if found.is_open else _share(found.right)


def _chance(number: float) -> str:
    """A probability to two digits that say something."""
    return f"{number:.4f}" if number >= 0.001 else f"{number:.1e}"
