from numba.core.cgutils import Kind, Signature

intp: Kind

def void(*arguments: object) -> Signature: ...
