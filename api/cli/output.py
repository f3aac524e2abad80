"""What commands print: tables for people on stdout, JSON for programs, errors on stderr."""

import sys
from pathlib import Path

import msgspec
from rich.console import Console

from core.errors import BadInputError, C360Error


def check_folder(out: Path) -> None:
    """Refuse a folder for results that cannot be made, before there are any.

    Raises:
        BadInputError: the path, or one above it, is a file.
    """
    there = next((path for path in (out, *out.parents) if path.exists()), None)
    if there is not None and not there.is_dir():
        raise BadInputError(
            f"{there} is a file.", remedy="Give --out a folder, or a name that is not taken.", out=str(out)
        )


def print_json(value: object) -> None:
    """Write one JSON document to stdout."""
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(value, enc_hook=str), indent=2).decode() + "\n")


def print_error(error: C360Error, *, as_json: bool = False) -> None:
    """Say on stderr what went wrong and what to do."""
    if as_json:
        body = {"error": {"code": error.code, "message": error.message, "remedy": error.remedy, "facts": error.facts}}
        sys.stderr.write(msgspec.json.encode(body).decode() + "\n")
        return
    console = Console(stderr=True)
    console.print(f"[bold red]{error.code}[/]", end=" ")
    console.print(error.message, markup=False, highlight=False)
    if error.remedy:
        console.print(error.remedy, style="dim", markup=False, highlight=False)
