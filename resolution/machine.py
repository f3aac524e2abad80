"""What kernels need of the machine: memory asked for ahead of use, and single steps on bits."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

if TYPE_CHECKING:
    from numba.core.cgutils import Builder, Context, Signature, Value

CACHE_LINE: Final = 64
Build = Callable[["Context", "Builder", "Signature", "tuple[Value, ...]"], "Value"]


@intrinsic
def ask_ahead(
    _typing: "Context", array: Callable[[object], "Signature"], row: Callable[[object], "Signature"]
) -> "tuple[Signature, Build]":
    """Ask for the first two cache lines of a row of a matrix, so that they have come when they are read."""

    def build(
        context: "Context", builder: "Builder", signature: "Signature", arguments: "tuple[Value, ...]"
    ) -> "Value":
        matrix = signature.args[0]
        view = context.make_array(matrix)(context, builder, arguments[0])
        place = context.cast(builder, arguments[1], signature.args[1], types.intp)
        begin = cgutils.get_item_pointer(context, builder, matrix, view, [place, context.get_constant(types.intp, 0)])
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        prefetch = cgutils.get_or_insert_function(
            builder.module, ir.FunctionType(ir.VoidType(), [byte, number, number, number]), "llvm.prefetch.p0i8"
        )
        first = builder.bitcast(begin, byte)
        for line in range(2):
            at = builder.gep(first, [number(line * CACHE_LINE)])
            builder.call(prefetch, [at, number(0), number(3), number(1)])
        return context.get_dummy_value()

    return types.void(array, row), build


def _of_word(step: Callable[["Builder", "Value"], "Value"]) -> Callable[[int], int]:
    """A single step on any integer, taken as 64 bits."""

    @intrinsic
    def taken(_typing: "Context", word: object) -> "tuple[Signature, Build]":
        def build(
            context: "Context", builder: "Builder", signature: "Signature", arguments: "tuple[Value, ...]"
        ) -> "Value":
            return step(builder, context.cast(builder, arguments[0], signature.args[0], types.int64))

        return types.int64(word), build

    return taken


def _count_ones(builder: "Builder", word: "Value") -> "Value":
    return builder.ctpop(word)


def _count_zeros_below(builder: "Builder", word: "Value") -> "Value":
    return builder.cttz(word, ir.IntType(1)(1))


def _highest_one(builder: "Builder", word: "Value") -> "Value":
    return builder.sub(ir.IntType(64)(63), builder.ctlz(word, ir.IntType(1)(1)))


bits_set: Final = _of_word(_count_ones)
"""How many bits of an integer are set."""
lowest_bit: Final = _of_word(_count_zeros_below)
"""The place of the lowest set bit of an integer above or below 0, from 0."""
highest_bit: Final = _of_word(_highest_one)
"""The place of the highest set bit of an integer above or below 0, from 0."""
