from typing import Self

from llvmlite import ir
from llvmlite.binding import Module

Serialized = tuple[str, str, tuple[bytes, bytes]]

class Engine:
    _defined_symbols: set[str]

class Codegen:
    _engine: Engine
    _library_class: type[JITCodeLibrary]

class JITCodeLibrary:
    _final_module: Module
    _finalized: bool
    _linking_libraries: list[JITCodeLibrary]
    _shared_module: Module | None
    _reload_init: set[str]
    def __init__(self, codegen: Codegen, name: str) -> None: ...
    def add_ir_module(self, ir_module: ir.Module) -> None: ...
    def finalize(self) -> None: ...
    def _raise_if_finalized(self) -> None: ...
    def _get_module_for_linking(self) -> Module: ...
    @classmethod
    def _unserialize(cls, codegen: Codegen, state: Serialized) -> Self: ...
