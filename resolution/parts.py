"""How numba compiles what only kernels call: each part is typed and lowered by itself, optimised within its kernels.

numba would optimise and translate every function together with all that it calls: a comparison that a dozen functions
call, one through the other, would be translated a dozen times, at two seconds each.
"""

from collections.abc import Callable, Mapping
from typing import ParamSpec, TypeVar

import numba
from llvmlite import ir
from numba.core import config, types
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler, CompileResult, StateDict
from numba.core.compiler_machinery import PassManager, register_pass
from numba.core.typed_passes import NativeLowering

P = ParamSpec("P")
R = TypeVar("R")


class _Library(JITCodeLibrary):
    """Code that is linked into kernels as it was lowered."""

    def add_ir_module(self, ir_module: ir.Module) -> None:
        """Add a function: once in each kernel, unless it shall stand in each of its callers."""
        for function in ir_module.functions:
            if not function.is_declaration and "alwaysinline" not in function.attributes:
                function.attributes.add("noinline")
        super().add_ir_module(ir_module)

    def finalize(self) -> None:
        """Add what the functions call, and leave the rest to the kernels."""
        self._raise_if_finalized()
        for library in dict.fromkeys(self._linking_libraries):
            self._reload_init.update(library._reload_init)  # noqa: SLF001  # as numba's own does
            self._final_module.link_in(library._get_module_for_linking(), preserve=True)  # noqa: SLF001
        self._finalized = True


@register_pass(mutates_CFG=True, analysis_only=False)
class _Lowering(NativeLowering):
    """Lowers a function, with nothing that Python could call."""

    _name = "part_lowering"

    def run_pass(self, state: StateDict) -> bool:
        """Lower a function into a library of its own, and tell numba's linker of it."""
        state.library = _Library(state.targetctx.codegen(), state.func_id.func_qualname)
        state.flags.no_compile = state.flags.no_cpython_wrapper = state.flags.no_cfunc_wrapper = True
        super().run_pass(state)
        refused = _refuse(state.func_id.func_qualname)
        state.targetctx.insert_user_function(refused, state.cr.fndesc, [state.library])
        state.cr = state.cr._replace(cfunc=refused)
        return True


class _Compiler(Compiler):
    """numba's own, but for the last step."""

    def define_pipelines(self) -> list[PassManager]:
        """The one row of passes."""
        (passes,) = super().define_pipelines()
        ours = PassManager("part")
        for one, why in passes.passes:
            ours.add_pass(_Lowering if one is NativeLowering else one, why)
        ours.finalize()
        return [ours]


def part(function: Callable[P, R], *, inlined: bool) -> "numba.Dispatcher[P, R]":
    """Compile a function into the kernels that call it; Python cannot.

    Whole numbers are handed over in 64 bits, so that neither their size nor a constant makes another version of it.

    Args:
        function: makes no arrays.
        inlined: into each place of a call, not once for a kernel.
    """
    compiled = numba.njit(nogil=True, forceinline=inlined, _nrt=False, pipeline_class=_Compiler)(function)
    if config.DISABLE_JIT:
        return compiled
    given = compiled.get_call_template

    def template(args: tuple[types.Type, ...], kws: Mapping[str, types.Type]) -> object:
        return given(tuple(map(_wide, args)), {name: _wide(kind) for name, kind in kws.items()})

    def add(result: CompileResult) -> None:
        compiled.overloads[tuple(result.signature.args)] = result

    compiled.get_call_template, compiled.add_overload = template, add
    return compiled


def _wide(kind: types.Type) -> types.Type:
    """The type that a part takes for an argument of this one."""
    kind = types.unliteral(kind)
    return types.int64 if isinstance(kind, types.Integer) and kind.signed else kind


def _refuse(name: str) -> Callable[..., None]:
    """What Python calls in place of a part: an error that says what it is."""

    def refuse(*_arguments: object) -> None:
        raise TypeError(f"{name} is a part of kernels: only compiled code can call it.")

    return refuse
