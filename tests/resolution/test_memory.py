"""Memory that was freed goes back to the system."""

import platform
from pathlib import Path

import numpy as np
import pytest

from resolution.memory import give_back

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
