"""One command in a process of its own: its output, seconds, and peak memory."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A finished command.

    Attributes:
        output: what it wrote to stdout.
        wall_s: seconds from start to end.
        cpu_s: processor seconds of all its threads.
        peak_mb: largest resident memory, in units of 10⁶ bytes.
    """

    output: str
    wall_s: float
    cpu_s: float
    peak_mb: float


def run_command(arguments: list[str]) -> Measured:
    """Run `c360` with these arguments.

    Raises:
        SystemExit: it failed; its own message has been shown.
    """
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "api.cli", *arguments], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"c360 {arguments[0]} failed.")
    return Measured(
        output=output,
        wall_s=round(time.perf_counter() - started, 2),
        cpu_s=round(usage.ru_utime + usage.ru_stime, 2),
        peak_mb=round(usage.ru_maxrss * 1024 / 1e6),
    )
