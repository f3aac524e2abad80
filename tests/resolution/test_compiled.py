"""Compiled code is kept for as long as what it is made of stands."""

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
    assert {"scoring.py", "comparing/pairs.py", "comparing/strings.py", "compiled.py", "parts.py"} <= scoring
    assert names("resolution.comparing.strings") == {"comparing/strings.py", "compiled.py", "parts.py"}
    assert all(Path(name).parts[0] not in {"report", "why", "evaluation"} for name in scoring)


def test_it_is_known_whether_code_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel is kept from its first call on, so that a run can say beforehand that it compiles."""
    monkeypatch.setattr(config, "CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    doubled = kernel(_double)
    assert not is_kept(doubled)
    doubled(2)
    assert is_kept(doubled)


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
