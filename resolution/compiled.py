"""The one door to numba: how kernels are compiled and where the compiled code is kept.

A kernel is compiled at its first call and kept on disk. numba looks only at a kernel's own file to see whether what it
kept is stale, not at what it calls; so each module's kernels are kept in a place that carries a digest of its source
and of all that it imports of this package. A change elsewhere compiles nothing again.

numba counts references to an array wherever one is taken out of a tuple or sliced, atomically: two threads that compare
pairs of one table would spend up to two fifths of their time on that. So what runs for every record or pair is `bare`,
`inner` or `shared`: it makes no array, its caller holds those that it is given, and nothing is counted.
"""

import hashlib
import os
import re
import sys
from collections.abc import Callable, Sequence
from functools import cache, partial
from importlib.abc import MetaPathFinder
from pathlib import Path
from types import ModuleType
from typing import Final, ParamSpec, TypeVar

import numba
from numba.core import config
from numba.core.caching import FunctionCache

from resolution.kept import Kept
from resolution.parts import part

P = ParamSpec("P")
R = TypeVar("R")
PACKAGE: Final = Path(__file__).parent
_loads: Final[list[Callable[[], None]]] = []
OWN: Final = re.compile(r"^from (resolution[\w.]*) import", re.MULTILINE)


class _NoBlas(MetaPathFinder):
    """Says to numba that there is no BLAS: it would load half of SciPy, and no kernel multiplies matrices."""

    def find_spec(self, fullname: str, _path: Sequence[str] | None, _target: ModuleType | None = None) -> None:
        """Refuse SciPy's linear algebra while numba asks for it; leave all else to the next finder."""
        if fullname == "scipy.linalg":
            asking = sys.modules.get("numba.np.arraymath")
            if asking is not None and not hasattr(asking, "_HAVE_BLAS"):
                raise ImportError(name=fullname)


sys.meta_path.insert(0, _NoBlas())


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function of numbers and arrays; it runs without the interpreter's lock."""
    return _kept(numba.njit(nogil=True, no_cfunc_wrapper=True)(function), function)


def bare(function: Callable[P, R]) -> Callable[P, R]:
    """As `kernel`, for functions that make and return no arrays: no references are counted."""
    return _kept(numba.njit(nogil=True, no_cfunc_wrapper=True, _nrt=False)(function), function)


def inner(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function into each place where a kernel calls it; for what is called for every record or pair. Bare.

    A call hands over every field of its tuples, seven words for each array: with the tables of a job, hundreds.
    """
    return part(function, inlined=True)


def shared(function: Callable[P, R]) -> Callable[P, R]:
    """As `inner`, but once in each kernel: for what is long, and called in many places or seldom."""
    return part(function, inlined=False)


def load_kept() -> None:
    """Load what is kept of all kernels imported so far: a tenth of a second, for a thread beside one that reads.

    Without it each is loaded at its first call, while all that follows waits.
    """
    for load in tuple(_loads):
        load()


def _load(compiled: "numba.Dispatcher[P, R]", cached: Kept) -> None:
    """Load what is kept of one kernel."""
    for types in cached.kept_types(compiled.targetctx):
        compiled.compile(types)


def is_kept(function: Callable[..., object]) -> bool:
    """Whether the compiled code of a kernel is on disk; else its first call compiles it, which takes seconds."""
    cached: FunctionCache | None = getattr(function, "_cache", None)
    return cached is None or any(Path(cached.cache_path).glob(f"*.{function.__name__}-*.nbc"))


@cache
def sources(module: str) -> frozenset[Path]:
    """The file of a module of this package, and those of all that it imports of it."""
    found: set[Path] = set()
    waiting, seen = [module], set[str]()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            files, imported = _read(name)
            found.update(files)
            waiting += imported
    return frozenset(found)


@cache
def _read(module: str) -> tuple[list[Path], list[str]]:
    """The file of a module, and what that imports of this package."""
    parts = module.split(".")[1:]
    places = (PACKAGE.joinpath(*parts, "__init__.py"), PACKAGE.joinpath(*parts).with_suffix(".py")) if parts else ()
    files = [path for path in places if path.is_file()]
    return files, [name for path in files for name in OWN.findall(path.read_text(encoding="utf-8"))]


@cache
def _place(module: str) -> Path | None:
    """Where a module's compiled code is kept; None where the environment names a place, or this one cannot be made."""
    if "NUMBA_CACHE_DIR" in os.environ:
        return None
    digest = hashlib.sha256()
    for source in sorted(sources(module)):
        digest.update(source.read_bytes())
    place = PACKAGE / "__pycache__" / f"kernels-{digest.hexdigest()[:16]}"
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return place


def _kept(compiled: "numba.Dispatcher[P, R]", function: Callable[P, R]) -> Callable[P, R]:
    """Keep a function's compiled code in its place; numba looks the place up here."""
    place = _place(function.__module__)
    if place is not None:
        config.CACHE_DIR = str(place)
    if not (config.DISABLE_JIT or hasattr(compiled, "_cache")):
        raise ImportError("This version of numba keeps compiled code elsewhere: take one that pyproject.toml allows.")
    cached = Kept(function)
    compiled._cache = cached  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # as its `cache=True` does
    if not config.DISABLE_JIT:
        _loads.append(partial(_load, compiled, cached))
    return compiled
