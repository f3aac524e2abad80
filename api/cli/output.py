"""What commands print: tables for people on stdout, JSON for programs, errors on stderr."""

import sys

import msgspec
from rich.console import Console

from core.errors import C360Error


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
