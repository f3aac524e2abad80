"""Draw the README's picture of the demo: what `c360 demo` prints of people, segments and personas, as a PNG.

    python tools/demo_picture.py demo docs/pictures/demo.png

Takes a finished demo and asks it again, so the picture is of what stands there.
"""

import io
import sys
from pathlib import Path
from typing import Final

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from rich.console import Console

from api.demo.look import Outcome, look
from api.demo.summary import summary
from api.run import Workspace

SHOWN: Final = ("From records to people", "Segments", "Personas")
COLUMNS: Final = 92
SIZE_PT: Final = 11
LINE_IN: Final = 0.19
SIGN_IN: Final = 0.0936
MARGIN_IN: Final = 0.18


def printed(demo: Path) -> list[str]:
    """The lines of the parts that are shown."""
    with Workspace.open(demo) as workspace:
        parts = list(summary(look(workspace, Outcome(places={}, seconds={}))))
    texts: list[str] = []
    for part in parts:
        written = io.StringIO()
        Console(file=written, width=COLUMNS, no_color=True).print(part)
        text = written.getvalue()
        if any(title in text.splitlines()[0] for title in SHOWN):
            texts.append(text)
    return "\n".join(texts).splitlines()


def main(demo: Path, picture: Path) -> None:
    """Draw the lines in a terminal's letters; the same demo gives the same bytes."""
    lines = printed(demo)
    wide, high = SIGN_IN * COLUMNS + 2 * MARGIN_IN, LINE_IN * len(lines) + 2 * MARGIN_IN
    figure = Figure(figsize=(wide, high), facecolor="#12161f")
    FigureCanvasAgg(figure)
    for place, line in enumerate(lines):
        down = 1 - (MARGIN_IN + place * LINE_IN) / high
        figure.text(
            MARGIN_IN / wide,
            down,
            line.rstrip(),
            family="DejaVu Sans Mono",
            fontsize=SIZE_PT,
            color="#e4e7eb",
            va="top",
        )
    figure.savefig(picture, dpi=96, metadata={"Software": None})


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
