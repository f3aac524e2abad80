"""Options that several commands have."""

from typing import Annotated

import typer

As = Annotated[
    str | None, typer.Option("--as", metavar="NAME", help="Who reads, for the audit log; else the system's user.")
]
