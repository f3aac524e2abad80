"""`math()`: an expression over the value (`_`), labels, map entries and side effects."""

from graph.embedded.building import Map
from graph.embedded.compiler import Compiler
from graph.embedded.expressions import parse
from graph.embedded.modulators import apply_by
from graph.embedded.plan import Instruction
from graph.embedded.refusals import TraversalError
from graph.embedded.registry import step
from graph.embedded.run import Run
from graph.embedded.scoping import scope_value
from graph.embedded.traverser import Process, Traverser
from graph.embedded.values import ABSENT, Value, is_number, java_type


@step("math")
def math_step(instruction: Instruction, compiler: Compiler) -> Process:
    """`math()`: the expression's value as a Double; modulators apply to the variables in turn."""
    expression, variables = parse(instruction.arguments[0])
    bys = compiler.bys(instruction)

    def function(traverser: Traverser, run: Run) -> Value:
        values: dict[str, float] = {}
        for place, name in enumerate(variables):
            value = traverser.value if name == "_" else scope_value(traverser, name, "last", run)
            if value is ABSENT:
                raise TraversalError(f"math() finds no {name}.", remedy="Name it with as() before, or correct it.")
            value = apply_by(bys[place % len(bys)] if bys else None, value, traverser, run)
            if value is ABSENT:
                return ABSENT
            if not is_number(value):
                raise TraversalError(f"math() needs numbers, not a {java_type(value)}.", remedy="Add by('key').")
            values[name] = float(value)
        return float(expression(values))

    return Map(function)
