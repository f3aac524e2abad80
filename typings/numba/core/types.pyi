from typing import TypeAlias

from numba.core.cgutils import Kind, Signature

Type: TypeAlias = Kind

class Integer(Kind):
    signed: bool

class Whole(Integer):
    def __call__(self, *arguments: object) -> Signature: ...

intp: Kind
int64: Whole

def unliteral(kind: Kind) -> Kind: ...
def void(*arguments: object) -> Signature: ...
