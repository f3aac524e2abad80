"""Every layout by its name."""

from typing import Final

from benchmarks.layouts import commerce, europe, health, odd, registers, world
from benchmarks.layouts.files import Layout

MODULES: Final = (commerce, health, registers, europe, world, odd)
LAYOUTS: Final[dict[str, Layout]] = {layout.__name__: layout for module in MODULES for layout in module.LAYOUTS}


def says(layout: Layout) -> str:
    """What a layout is, in one line."""
    return " ".join((layout.__doc__ or "").split()).rstrip(".")
