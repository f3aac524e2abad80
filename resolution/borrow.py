"""Coded tables lent to kernels without counting who holds them.

numba counts references to an array at every access through a tuple, atomically; two threads that compare pairs of one
table spend a quarter of their time on that. Inside a kernel the caller holds the table, so nothing needs counting.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from numba.core import cgutils
from numba.extending import intrinsic

if TYPE_CHECKING:
    from numba.core.cgutils import Builder, Context, Signature, Value

Build = Callable[["Context", "Builder", "Signature", "tuple[Value, ...]"], "Value"]


@intrinsic
def lent(_typing: "Context", array: Callable[[object], "Signature"]) -> "tuple[Signature, Build]":
    """The same array, without an owner."""

    def build(
        context: "Context", builder: "Builder", signature: "Signature", arguments: "tuple[Value, ...]"
    ) -> "Value":
        view = context.make_array(signature.args[0])(context, builder, arguments[0])
        view.meminfo = cgutils.get_null_value(view.meminfo.type)
        view.parent = cgutils.get_null_value(view.parent.type)
        return view._getvalue()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # numba's way to read it

    return array(array), build
