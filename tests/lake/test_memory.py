"""Memory that was freed goes back to the system."""

import platform
import subprocess
import sys
import weakref
from pathlib import Path

import numpy as np
import pytest

from lake.memory import Handed, give_back

BLOCKS, BYTES = 3_000, 100_000
"""Small enough to come from the C library's own heap."""


def resident() -> int:
    """Bytes of this process in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc gives memory back when asked")
def test_what_was_freed_goes_back() -> None:
    """Pieces freed below one that is kept stay with the C library until it is asked."""
    pieces = [np.ones(BYTES, np.uint8) for _ in range(BLOCKS)]
    last = np.ones(BYTES, np.uint8)
    held = resident()
    pieces.clear()
    give_back()
    assert held - resident() > BLOCKS * BYTES // 2
    assert last.all()


FAULTS = """
import resource
import numpy as np
from lake.memory import use_one_heap
use_one_heap()
def touched():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    np.full(50_000_000, 1, np.uint8)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
print(touched(), touched())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc gives memory back when asked")
def test_what_was_freed_is_used_again() -> None:
    """With one heap, a large array takes the place of the one before it, without new memory of the system."""
    done = subprocess.run([sys.executable, "-c", FAULTS], capture_output=True, text=True, check=True)
    fresh, again = map(int, done.stdout.split())
    assert again * 4 < fresh


PAGES = """
import ctypes
from pathlib import Path
from lake.memory import use_one_heap
def huge():
    return [line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if "THP_enabled" in line]
ctypes.CDLL(None).prctl(41, 0, 0, 0, 0)
before = huge()
use_one_heap()
print(*before, *huge())
"""


@pytest.mark.skipif(platform.system() != "Linux", reason="only Linux has huge pages to refuse")
def test_pages_stay_small() -> None:
    """The system hands out no huge pages, whatever libraries ask for."""
    done = subprocess.run([sys.executable, "-c", PAGES], capture_output=True, text=True, check=True)
    if not done.stdout.strip():
        pytest.skip("this Linux has no huge pages")
    assert done.stdout.split() == ["1", "0"]


def test_what_is_taken_is_left_nowhere() -> None:
    """Whoever takes a thing that was handed over has the only reference; it can be looked at before, and taken once."""

    class Large:
        """Something that can be watched."""

    handed = Handed(Large())
    seen = weakref.ref(handed.there)
    assert seen() is handed.there
    taken = handed.take()
    assert seen() is taken
    del taken
    assert seen() is None
    with pytest.raises(IndexError):
        _ = handed.there
