"""One command in a process of its own: its output, seconds, and peak memory."""

import os
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread, Timer


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A finished command.

    Attributes:
        output: what it wrote to stdout.
        wall_s: seconds from start to end.
        cpu_s: processor seconds of all its threads.
        peak_mb: largest resident memory of the process itself, in units of 10⁶ bytes.
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
    done = run([sys.executable, "-m", "api.cli", *arguments])
    if done is None:
        raise SystemExit(f"c360 {arguments[0]} failed.")
    return done


def run(words: list[str], *, limit_s: float | None = None, log: Path | None = None) -> Measured | None:
    """Run a command in a process of its own.

    Args:
        words: the program and its arguments.
        limit_s: seconds after which it is stopped.
        log: where its messages go; shown when unset.

    Returns:
        Its figures; None when it failed or was stopped.
    """
    started = time.perf_counter()
    with ExitStack() as stack:
        messages = stack.enter_context(log.open("w")) if log else None
        process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=messages, text=True)
        clock = Timer(limit_s, process.kill) if limit_s else None
        if clock:
            clock.start()
        assert process.stdout is not None
        peak = _Peak(process.pid)
        output = stack.enter_context(process.stdout).read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
        peak.done.set()
        peak.join()
        if clock:
            clock.cancel()
    if status:
        return None
    return Measured(
        output=output,
        wall_s=round(time.perf_counter() - started, 2),
        cpu_s=round(usage.ru_utime + usage.ru_stime, 2),
        peak_mb=round(peak.kib * 1024 / 1e6),
    )


class _Peak(Thread):
    """Watches the high-water mark of a process's memory, in KiB, until it is done; 0 on systems without /proc.

    What the system says of an ended process holds the memory of the one that started it as well. What a process takes
    in its last tenth of a second is missed.
    """

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.status = Path(f"/proc/{process}/status")
        self.kib = 0
        self.done = Event()
        self.start()

    def run(self) -> None:
        """Look at once and then ten times a second."""
        while True:
            try:
                text = self.status.read_text(encoding="utf-8")
            except OSError:
                return
            marks = [line for line in text.splitlines() if line.startswith("VmHWM")]
            self.kib = max([self.kib, *(int(mark.split()[1]) for mark in marks)])
            if self.done.wait(0.1):
                return
