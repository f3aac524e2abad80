"""Virtual environments of the rivals, one each, with the versions pinned in `environments/`."""

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / ".cache" / "rivals" / "environments"


def python_of(rival: str) -> Path:
    """The interpreter of a rival's environment, made where it is not there or its pins have changed.

    Raises:
        subprocess.CalledProcessError: it cannot be installed.
    """
    pins = HERE / "environments" / f"{rival}.txt"
    folder, python = CACHE / rival, CACHE / rival / "bin" / "python"
    stamp = folder / "pins.txt"
    if stamp.is_file() and stamp.read_bytes() == pins.read_bytes():
        return python
    shutil.rmtree(folder, ignore_errors=True)
    if uv := shutil.which("uv"):
        subprocess.run([uv, "venv", "-q", "--python", sys.executable, str(folder)], check=True)
        subprocess.run([uv, "pip", "install", "-q", "--python", str(python), "-r", str(pins)], check=True)
    else:
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", "-r", str(pins)], check=True)
    stamp.write_bytes(pins.read_bytes())
    return python


def version_of(rival: str) -> str:
    """The rival's pinned version."""
    lines = (HERE / "environments" / f"{rival}.txt").read_text(encoding="utf-8").splitlines()
    return next(line.partition("==")[2] for line in lines if line.startswith(f"{rival}=="))
