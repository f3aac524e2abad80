from collections.abc import Callable

class Kind: ...
class Builder: ...

class Value:
    type: Kind

class View:
    meminfo: Value
    parent: Value
    def _getvalue(self) -> Value: ...

class Context:
    def make_array(self, kind: Kind) -> Callable[[Context, Builder, Value], View]: ...

class Signature:
    args: tuple[Kind, ...]

def get_null_value(kind: Kind) -> Value: ...
