from numba.core.cgutils import Kind, Signature

class Whole(Kind):
    def __call__(self, *arguments: object) -> Signature: ...

intp: Kind
int64: Whole

def void(*arguments: object) -> Signature: ...
