"""What an engine's process has spent by the time its clusters are made; what it writes for scoring is not counted."""

import os
import resource
import time
from pathlib import Path


def spent() -> dict[str, float]:
    """Seconds and processor seconds of all threads since the process began."""
    began = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19]) / os.sysconf("SC_CLK_TCK")
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "wall_s": round(time.clock_gettime(time.CLOCK_BOOTTIME) - began, 2),
        "cpu_s": round(used.ru_utime + used.ru_stime, 2),
    }
