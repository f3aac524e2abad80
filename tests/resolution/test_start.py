"""Starting costs little: nothing is loaded that a command does not use, and nothing is compiled twice."""

import json
import subprocess
import sys
from importlib.metadata import version

import pytest
from typer.main import get_group
from typer.testing import CliRunner

from api.cli.main import COMMANDS, build_app

RUN = """
import json, sys
from resolution import ResolutionSettings, resolve
from tests.resolution.people import table
people = [{"given_name": name, "family_name": "smith", "birth_date": "1980-02-03"} for name in ("ann", "anna", "bob")]
resolve(table(*people), ResolutionSettings())
kernels = {id(one): one for module in list(sys.modules.values()) if module.__name__.startswith("resolution")
           for one in vars(module).values() if hasattr(one, "nopython_signatures")}
compiled = sum(sum(one.stats.cache_misses.values()) for one in kernels.values())
print(json.dumps([len(kernels), compiled, "scipy.linalg" in sys.modules]))
"""
LOAD = """
import json
import resolution.compiled, resolution.weighing
resolution.compiled.load_kept()
weigh = resolution.weighing.weigh_part
print(json.dumps([len(weigh.nopython_signatures), sum(weigh.stats.cache_misses.values())]))
"""
IMPORT = """
import importlib, sys
from lake.arrow import start_without_pandas
start_without_pandas()
importlib.import_module(sys.argv[1])
import pyarrow as pa
pa.array(["a", None])
pa.array([], pa.string())
"""
HELP = """
import sys
from api.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
"""
LOADED = """
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def run(*words: str) -> str:
    """The last line that a process of its own prints."""
    command = [sys.executable, "-c", *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1]


@pytest.mark.parametrize("module", ["api.cli.resolve_run", "api.cli.explain_command"])
def test_a_command_starts_without_what_draws_and_what_it_never_uses(module: str) -> None:
    """Pictures, networks and databases load where they are asked for, and data frames never."""
    loaded = set(run(IMPORT + LOADED, module).split())
    assert "pyarrow" in loaded
    assert not loaded & {"pandas", "matplotlib", "networkx", "adbc_driver_manager", "phonenumbers"}


def test_matching_starts_without_a_database() -> None:
    """A program that imports the engine to match loads neither DuckDB nor the measures of evaluation."""
    modules = 'import sys\nprint(*({"duckdb", "numba", "resolution.evaluation"} & set(sys.modules)))'
    assert run(IMPORT + modules, "resolution").split() == ["numba"]


@pytest.mark.parametrize("words", [("--help",), ("resolve", "--help")])
def test_help_loads_nothing_that_works(words: tuple[str, ...]) -> None:
    """Saying which commands there are, and what resolve takes, needs no tables, databases or compiler."""
    loaded = set(run(HELP + LOADED, *words).split())
    assert "typer" in loaded
    assert not loaded & {"pyarrow", "duckdb", "numba", "numpy"}


def test_the_list_of_commands_says_what_each_says_itself() -> None:
    """Commands are listed without being imported, in the words their own help begins with."""
    whole = get_group(build_app()).commands
    said = {name: " ".join((whole[name].help or "").partition("\n\n")[0].split()) for name in COMMANDS}
    assert said == COMMANDS


def test_the_command_says_its_version() -> None:
    """As the package does."""
    answered = CliRunner().invoke(build_app(()), ["--version"])
    assert (answered.exit_code, answered.stdout) == (0, f"c360 {version('customer360-engine')}\n")


def test_a_second_process_compiles_nothing() -> None:
    """Kernels are kept on disk: what one process has compiled, the next one loads, and no linear algebra with it."""
    run(RUN)
    kernels, compiled, algebra = json.loads(run(RUN))
    assert kernels > 20
    assert compiled == 0
    assert not algebra


def test_kernels_can_be_loaded_before_they_are_called() -> None:
    """What is kept on disk is loaded by asking for it once; nothing is compiled for that."""
    run(RUN)
    assert json.loads(run(LOAD)) == [1, 0]
