"""The command `c360`: every command in one place, and how their errors become exit codes.

0 done, 1 failed, 2 wrong usage.
"""

import importlib
import logging
import os
import sys
from typing import Final

import pyarrow as pa
import typer

from api.cli.output import print_error
from core.errors import BrokenError, C360Error
from core.logs import configure_logs

DEBUG: Final = "C360_DEBUG"
LOG: Final = "C360_LOG"
"""The least level of log lines on stderr: debug, info (every stage of a run), warning (the default) or error."""
COMMANDS: Final = {
    "demo": "api.cli.demo_command",
    "init": "api.cli.init_command",
    "map": "api.cli.map_command",
    "run": "api.cli.run_command",
    "status": "api.cli.status_command",
    "resolve": "api.cli.resolve_command",
    "evaluate": "api.cli.evaluate_command",
    "compare": "api.cli.compare_command",
    "lookup": "api.cli.lookup_command",
    "sample": "api.cli.sample_command",
    "explain": "api.cli.explain_command",
    "graph": "api.cli.graph_command",
    "segment": "api.cli.segment_command",
    "export": "api.cli.export_command",
    "key": "api.cli.key_command",
    "audit": "api.cli.audit_command",
    "serve": "api.cli.serve_command",
    "doctor": "api.cli.doctor_command",
}
"""Where each command lives; only the one that is called is imported."""


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
        module = importlib.import_module(COMMANDS[name])
        if hasattr(module, "app"):
            app.add_typer(module.app, name=name)
        else:
            app.command(name)(getattr(module, f"{name}_command"))
    return app


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    configure_logs(level=logging.getLevelNamesMapping().get(os.environ.get(LOG, "").upper(), logging.WARNING))
    _start_without_pandas()
    given = sys.argv[1:] if arguments is None else arguments
    called = next((word for word in given if not word.startswith("-")), "")
    app = build_app((called,) if called in COMMANDS else tuple(COMMANDS))
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


class _NoPandas:
    """Says of pandas that it is not there."""

    def find_spec(self, fullname: str, _path: object, _target: object = None, /) -> None:
        """Refuse pandas; leave every other module to the next finder."""
        if fullname == "pandas":
            raise ModuleNotFoundError(name=fullname)


def _start_without_pandas() -> None:
    """Make Arrow's first array here: it looks for pandas once and would load it, half a second for nothing."""
    finder = _NoPandas()
    sys.meta_path.insert(0, finder)
    pa.array([], pa.string())
    sys.meta_path.remove(finder)


def _root() -> None:
    """Keep command names even when only one command is loaded."""
