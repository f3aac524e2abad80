"""What `c360 evaluate` can be asked: each option with its help, and what it refuses at once."""

from pathlib import Path
from typing import Annotated, Final

import typer

PICTURES: Final = frozenset({".png", ".svg"})


def _picture(file: Path | None) -> Path | None:
    if file is not None and file.suffix.lower() not in PICTURES:
        raise typer.BadParameter("Pictures are .png or .svg.")
    return file


Clusters = Annotated[
    list[Path], typer.Argument(metavar="CLUSTERS", help="A resolve's folder, its clusters.parquet, or a workspace.")
]
Truth = Annotated[list[Path] | None, typer.Option(metavar="FILE...", help="Files that say who is who; needs --label.")]
Label = Annotated[str | None, typer.Option(metavar="COL", help="The column that names the person.")]
Id = Annotated[list[str] | None, typer.Option("--id", metavar="COL", help="Record id; the first each file has.")]
Source = Annotated[str | None, typer.Option(metavar="COL", help="The column that names the source.")]
LabelPattern = Annotated[str | None, typer.Option(metavar="REGEX", help="Group 1 is the label.")]
Errors = Annotated[bool, typer.Option("--errors", help="Say which fields misled, and for whom; reads again.")]
SweepTo = Annotated[
    Path | None,
    typer.Option(metavar="FILE", callback=_picture, help="Draw every threshold and the calibration: .png or .svg."),
]
SampleSize = Annotated[
    int | None, typer.Option(metavar="N", min=1, help="Write so many pairs to review to sample.csv in the folder.")
]
Reviewed = Annotated[Path | None, typer.Option(metavar="FILE", help="A filled-in sample: estimates without truth.")]
Against = Annotated[
    Path | None, typer.Option(metavar="DIR|RUN", help="What changed since: a folder, or a workspace's run.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
