"""Starting costs little: nothing is loaded that a command does not use, and nothing is compiled twice."""

import json
import subprocess
import sys

import pytest

RUN = """
import json, sys
from resolution import ResolutionSettings, resolve
from tests.resolution.people import table
people = [{"given_name": name, "family_name": "smith", "birth_date": "1980-02-03"} for name in ("ann", "anna", "bob")]
resolve(table(*people), ResolutionSettings())
kernels = {id(one): one for module in list(sys.modules.values()) if module.__name__.startswith("resolution")
           for one in vars(module).values() if hasattr(one, "nopython_signatures")}
print(json.dumps([len(kernels), sum(sum(one.stats.cache_misses.values()) for one in kernels.values())]))
"""
START = """
import sys
from api.cli.main import main
try:
    main([sys.argv[1], "--help"])
except SystemExit:
    pass
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def run(*words: str) -> str:
    """The last line that a process of its own prints."""
    command = [sys.executable, "-c", *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1]


@pytest.mark.parametrize("command", ["resolve", "explain"])
def test_a_command_starts_without_what_draws_and_what_it_never_uses(command: str) -> None:
    """Pictures, networks and databases load where they are asked for, and data frames never."""
    loaded = set(run(START, command).split())
    assert "pyarrow" in loaded
    assert not loaded & {"pandas", "matplotlib", "networkx", "adbc_driver_manager"}


def test_a_second_process_compiles_nothing() -> None:
    """Kernels are kept on disk: what one process has compiled, the next one loads."""
    run(RUN)
    kernels, compiled = json.loads(run(RUN))
    assert kernels > 20
    assert compiled == 0
