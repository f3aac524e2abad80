"""The command `c360`: every command in one place, and how their errors become exit codes.

0 done, 1 failed, 2 wrong usage.
"""

import importlib
import logging
import os
import sys
from importlib.metadata import version
from typing import Annotated, Final

import typer

from api.cli.output import print_error
from core.errors import BrokenError, C360Error
from core.logs import configure_logs

PACKAGE: Final = "customer360-engine"
DEBUG: Final = "C360_DEBUG"
LOG: Final = "C360_LOG"
"""The least level of log lines on stderr: debug, info (every stage of a run), warning (the default) or error."""
COMMANDS: Final = {
    "demo": "Make up a health-and-wellness company, resolve its people, and show what the engine found.",
    "init": "Make a workspace: a c360.toml to fill in, and a key of its own.",
    "map": "Decide what the columns of a file hold and propose its block of c360.toml.",
    "run": "Read the sources, match, publish one snapshot, and bring the graph up to it. Running again is safe.",
    "rejects": "List every row that was set aside, and every problem in a row that was kept: file, line, field "
    "and reason.",
    "status": "Show the newest snapshot, its rows, whether the graph shows it, and sources that c360.toml no longer "
    "has.",
    "resolve": "Find out which records are of one person, in any people tables and without configuration.",
    "evaluate": "Measure clusters: by pairs, records (B-cubed), whole clusters and variation of information.",
    "compare": "Say of each pair of records whether both are one person: match, possible or none.",
    "lookup": "Look people up: which known records might each query mean?",
    "sample": "Write Febrl's generated people as CSV: messy enough to try, too clean to prove anything.",
    "explain": "Say why: two records field by field in bits, or what holds an entity together and what would break it.",
    "graph": "The property graph: load, bulk, query, check, serve.",
    "segment": "Preview, create and list segments.",
    "export": "Write a segment's members as partitioned Parquet with a manifest; the same snapshot "
    "gives the same bytes.",
    "key": "Make, list and revoke the API's keys.",
    "audit": "The audit log: verify its chain, and list who was told about whom.",
    "serve": "Serve GraphQL, and the page to write it on.",
    "doctor": "Check the installation, and the workspace here if there is one: every file against "
    "its SHA-256, every chain.",
}
"""What each command does, as its own help begins. Of the modules api.cli.NAME_command only the called is imported."""


def build_app(commands: tuple[str, ...] = tuple(COMMANDS)) -> typer.Typer:
    """Make the command line with these commands.

    A command's module holds either `app`, a group of subcommands, or a function of the command's name.
    """
    app = typer.Typer(
        name="c360",
        help="One view of each customer and patient, from messy sources to a graph you can ask.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_root)
    for name in commands:
        module = importlib.import_module(f"api.cli.{name}_command")
        if hasattr(module, "app"):
            app.add_typer(module.app, name=name)
        else:
            app.command(name)(getattr(module, f"{name}_command"))
    return app


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    configure_logs(level=logging.getLevelNamesMapping().get(os.environ.get(LOG, "").upper(), logging.WARNING))
    given = sys.argv[1:] if arguments is None else arguments
    called = next((word for word in given if not word.startswith("-")), "")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # more would spin while they wait: our matrices have few columns
    if "--help" not in given:
        _start_without_pandas()
    app = build_app((called,)) if called in COMMANDS else list_commands()
    try:
        app(args=given, prog_name="c360")
    except C360Error as error:
        print_error(error, as_json="--json" in given)
        sys.exit(1)
    except Exception as error:  # a traceback may show values of people
        if DEBUG in os.environ:
            raise
        remedy = f"Set {DEBUG}=1 to see where; what it shows may hold personal data."
        print_error(BrokenError(f"Something broke: {type(error).__name__}.", remedy=remedy), as_json="--json" in given)
        sys.exit(1)


def _start_without_pandas() -> None:
    """As the lake's own; help loads nothing of it."""
    from lake.arrow import start_without_pandas

    start_without_pandas()


def list_commands() -> typer.Typer:
    """Make the command line that only says which commands there are; none of them is imported."""
    app = build_app(())
    for name, summary in COMMANDS.items():
        app.command(name, help=summary)(_listed)
    return app


def _listed() -> None:
    """What a command is that is only listed."""


def _show_version(*, asked: bool) -> None:
    if asked:
        typer.echo(f"c360 {version(PACKAGE)}")
        raise typer.Exit


def _root(
    *,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Keep command names even when only one command is loaded."""
