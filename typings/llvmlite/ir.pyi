from collections.abc import Sequence

class Type:
    def as_pointer(self) -> Type: ...

class IntType(Type):
    def __init__(self, bits: int) -> None: ...
    def __call__(self, value: int) -> object: ...

class VoidType(Type): ...

class FunctionType(Type):
    def __init__(self, result: Type, arguments: Sequence[Type]) -> None: ...

class Function:
    attributes: set[str]
    is_declaration: bool

class Module:
    functions: Sequence[Function]
