from collections.abc import Callable
from typing import Protocol

from numba.core.cgutils import Signature
from numba.core.codegen import Codegen, JITCodeLibrary
from numba.core.compiler_machinery import PassManager

class Description:
    llvm_cpython_wrapper_name: str

class CompileResult:
    signature: Signature

class Flags:
    no_compile: bool
    no_cpython_wrapper: bool
    no_cfunc_wrapper: bool

class Lowered:
    fndesc: object
    def _replace(self, *, cfunc: Callable[..., object]) -> Lowered: ...

class FunctionIdentity:
    func_qualname: str

class Target(Protocol):
    def codegen(self) -> Codegen: ...
    def insert_user_function(self, func: Callable[..., object], fndesc: object, libs: list[JITCodeLibrary]) -> None: ...

class StateDict:
    library: JITCodeLibrary
    targetctx: Target
    func_id: FunctionIdentity
    flags: Flags
    cr: Lowered

class Compiler:
    def define_pipelines(self) -> list[PassManager]: ...
