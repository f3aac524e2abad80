"""Compiled code is kept for as long as what it is made of stands."""

import os
import subprocess
import sys
from pathlib import Path

import numba
import numpy as np
import pytest
from numba.core import config
from numpy.typing import NDArray

from resolution.comparing.strings import osa_distance
from resolution.compiled import PACKAGE, is_kept, kernel, sources
from resolution.parts import part


def _double(number: int) -> int:
    return 2 * number


_doubled = part(_double, inlined=True)


def names(module: str) -> set[str]:
    """The files that a module's kernels are made of, below the package."""
    return {path.relative_to(PACKAGE).as_posix() for path in sources(module)}


def test_kernels_are_made_of_their_module_and_all_it_imports() -> None:
    """A change of a comparison compiles what calls it, two imports away; a change of the report compiles nothing."""
    scoring = names("resolution.scoring")
    assert {"scoring.py", "comparing/pairs.py", "comparing/strings.py", "compiled.py", "kept.py", "parts.py"} <= scoring
    assert names("resolution.comparing.strings") == {"comparing/strings.py", "compiled.py", "kept.py", "parts.py"}
    assert all(Path(name).parts[0] not in {"report", "why", "evaluation"} for name in scoring)


def test_it_is_known_whether_code_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel is kept from its first call on, so that a run can say beforehand that it compiles."""
    monkeypatch.setattr(config, "CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    doubled = kernel(_double)
    assert not is_kept(doubled)
    doubled(2)
    assert is_kept(doubled)


CALLED = """
from resolution.compiled import kernel, load_kept

@kernel
def double(number: int) -> int:
    return 2 * number
"""
CALLING = """
from called import double
from resolution.compiled import kernel, load_kept

load_kept()

@kernel
def quadruple(number: int) -> int:
    return double(double(number))

print(double(3), quadruple(3))
"""


def run(text: str, folder: Path) -> str:
    """What a program prints that keeps its kernels in a folder, and imports from it."""
    paths = os.pathsep.join([str(PACKAGE.parent), str(folder)])
    done = subprocess.run(
        [sys.executable, "-c", text],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": paths, "NUMBA_CACHE_DIR": str(folder / "kept")},
    )
    return done.stdout.strip()


def test_a_kept_kernel_is_called_by_one_that_is_compiled_later(tmp_path: Path) -> None:
    """What comes from disk can still become part of a new kernel, though loading it leaves out what that needs."""
    (tmp_path / "called.py").write_text(CALLED, encoding="utf-8")
    assert run("import called; print(called.double(2))", tmp_path) == "4"
    (tmp_path / "calling.py").write_text(CALLING, encoding="utf-8")
    assert run("import calling", tmp_path) == "6 12"
    assert run("import calling", tmp_path) == "6 12"


@pytest.mark.parametrize("suffix", [".nbi", ".nbc"])
@pytest.mark.parametrize("left", [0.0, 0.5])
def test_a_kept_kernel_that_was_cut_short_is_compiled_again(tmp_path: Path, suffix: str, left: float) -> None:
    """A machine that stopped or a folder half copied leaves part of a file: the next run compiles and keeps it anew."""
    (tmp_path / "called.py").write_text(CALLED, encoding="utf-8")
    program = "import called; called.load_kept(); print(called.double(2), sum(called.double.stats.cache_hits.values()))"
    assert run(program, tmp_path) == "4 0"
    for path in (tmp_path / "kept").rglob(f"*{suffix}"):
        path.write_bytes(path.read_bytes()[: int(left * path.stat().st_size)])
    assert run(program, tmp_path) == "4 0"
    assert run(program, tmp_path) == "4 1"


def test_a_part_of_kernels_says_what_it_is() -> None:
    """Python cannot call what is compiled into its callers: an error says so, and names it."""
    with pytest.raises(TypeError, match="osa_distance is a part of kernels"):
        osa_distance(np.zeros(2, np.uint16), 0, 1, 1, 2, 1)


def test_a_part_is_lowered_once_for_all_whole_numbers() -> None:
    """Constants and numbers of 32 bits are handed over in 64, so nothing is compiled for them anew."""

    @numba.njit(nogil=True)
    def call(small: NDArray[np.int32], large: int) -> int:
        return _doubled(small[0]) + _doubled(large) + _doubled(3)

    assert call(np.array([2], np.int32), 2**40) == 2 * (2 + 2**40 + 3)
    assert len(_doubled.overloads) == 1
