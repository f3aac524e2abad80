"""The installed code by name: its version and a digest of its sources, so that a changed checkout is other code."""

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path


@cache
def code_name(folders: tuple[Path, ...]) -> str:
    """Name the code in these folders, `version+digest`, as it was when first asked for."""
    return f"{version('customer360-engine')}+{digest_of(folders)}"


def digest_of(folders: Sequence[Path]) -> str:
    """Hash the names and contents of all files below folders; compiled and hidden ones do not count.

    Cost: reads every file once.
    """
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            place = path.relative_to(folder)
            if path.is_file() and not any(part == "__pycache__" or part.startswith(".") for part in place.parts):
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                digest.update(f"{folder.name}/{place.as_posix()} {content}\n".encode())
    return digest.hexdigest()
