"""The one door to numba: how kernels are compiled and where the compiled code is kept.

A kernel is compiled at its first call and kept on disk. numba looks only at a kernel's own file to see whether what it
kept is stale, not at the kernels it calls; so the place carries a digest of all of this package's sources.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, ParamSpec, TypeVar

import numba
from numba.core import config

P = ParamSpec("P")
R = TypeVar("R")
PACKAGE: Final = Path(__file__).parent
FOLDERS: Final = ("", "encode", "blocking", "comparing", "model", "clustering")


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function of numbers and arrays; it runs without the interpreter's lock."""
    return numba.njit(cache=True, nogil=True)(function)


def inner(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a small function into each kernel that calls it; for those called for every pair of words."""
    return numba.njit(cache=True, nogil=True, forceinline=True)(function)


def _digest() -> str:
    """A digest of every source that a kernel may be made of."""
    digest = hashlib.sha256()
    for folder in FOLDERS:
        for source in sorted((PACKAGE / folder).glob("*.py")):
            digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def _keep() -> None:
    """Keep compiled code beside the sources, unless the environment names a place or this one cannot be written."""
    place = PACKAGE / "__pycache__" / f"kernels-{_digest()}"
    if "NUMBA_CACHE_DIR" in os.environ:
        return
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError:
        return
    config.CACHE_DIR = str(place)


_keep()
