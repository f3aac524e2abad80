"""How compiled kernels come back from disk: ready to be called, and nothing more.

numba makes ready to compile as well: it reads each kernel's bitcode, and notes every function therein, so that others
could be compiled that call it. That is two thirds of the time, and of the memory. Here it waits until one is.
"""

from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from pickle import UnpicklingError
from typing import TYPE_CHECKING, Final

from llvmlite import binding
from numba.core.caching import CompileResultCacheImpl, FunctionCache
from numba.core.codegen import JITCodeLibrary
from numba.core.runtime import rtsys

if TYPE_CHECKING:
    from llvmlite.binding import Module
    from numba.core.caching import Payload
    from numba.core.codegen import Codegen, Serialized
    from numba.core.compiler import Target
    from numba.core.types import Type

DAMAGED: Final = (EOFError, UnpicklingError)
"""What reading a file that was cut short ends with."""


class _Library(JITCodeLibrary):
    """The code of a kernel; its bitcode is read where another kernel is compiled that calls it."""

    _bitcode = b""

    @classmethod
    def _unserialize(cls, codegen: "Codegen", state: "Serialized") -> "_Library":
        name, kind, (code, bitcode) = state
        library = super()._unserialize(codegen, (name, kind, (code, _nothing())))
        library._shared_module, library._bitcode = None, bitcode  # noqa: SLF001
        return library

    def _get_module_for_linking(self) -> "Module":
        if self._bitcode:
            self._shared_module, self._bitcode = binding.parse_bitcode(self._bitcode), b""
        return super()._get_module_for_linking()


class _Rebuilding(CompileResultCacheImpl):
    """Makes a function of what was kept of it."""

    def rebuild(self, target_context: "Target", payload: "Payload") -> object:
        """The function; what Python calls is the one symbol that it needs to find."""
        codegen, described = target_context.codegen(), payload[1]
        with _libraries(codegen):
            codegen._engine._defined_symbols.add(described.llvm_cpython_wrapper_name)  # noqa: SLF001
            return super().rebuild(target_context, payload)


@contextmanager
def _libraries(codegen: "Codegen") -> Generator[None]:
    """Read libraries as ours; numba lets only one thread at a time compile or load, and other packages keep theirs."""
    codegen._library_class = _Library  # noqa: SLF001
    try:
        yield
    finally:
        codegen._library_class = JITCodeLibrary  # noqa: SLF001


class Kept(FunctionCache):
    """Where the code of one function is kept."""

    _impl_class = _Rebuilding

    def load_overload(self, sig: object, target_context: "Target") -> object:
        """The kept code of a function for these types; None where there is none, or what there is was cut short.

        Without making ready to compile, a sixth of a second; compiling sees to that itself.
        """
        rtsys.initialize(target_context)
        try:
            return self._load_overload(sig, target_context)
        except DAMAGED:
            self.flush()
            return None

    def kept_types(self, target_context: "Target") -> list[tuple["Type", ...]]:
        """The types of arguments for which this machine's code of the function, as it is now, is kept."""
        try:
            index = self._cache_file._load_index()  # noqa: SLF001
        except DAMAGED:
            self.flush()
            return []
        codegen = target_context.codegen()
        return [key[0] for key in index if key == self._index_key(key[0], codegen)]


@cache
def _nothing() -> bytes:
    """The bitcode of a module without functions."""
    return binding.parse_assembly("").as_bitcode()
