"""Where and when something was measured, and where the data is that it is measured on."""

import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def data_folder() -> Path:
    """The folder with the labelled sets.

    Raises:
        SystemExit: `C360_DATA` does not name it.
    """
    given = os.environ.get("C360_DATA")
    if given is None:
        raise SystemExit("C360_DATA is not set: it names the folder with the labelled sets.")
    return Path(given)


def machine() -> dict[str, Any]:
    """This machine, as results say it."""
    return {"cores": os.cpu_count(), "system": platform.system(), "python": platform.python_version()}


def today() -> str:
    """The date, in UTC."""
    return datetime.now(UTC).date().isoformat()


def written(found: dict[str, Any]) -> str:
    """The machine of some results, and their date where they have one, as pages write it."""
    said = found["machine"]
    where = f"{said['cores']} cores, {said['system']}, Python {said['python']}"
    return f"{where}, {found['date']}" if "date" in found else where


def keep(found: dict[str, Any], path: Path) -> None:
    """Write results to their file."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
