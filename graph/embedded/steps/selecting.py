"""Labels and projections: as, select, project, and reading what was labelled."""

from typing import Any

from graph.embedded.building import Function, Map, first_value
from graph.embedded.compiler import Compiler, refuse_modulators
from graph.embedded.modulators import apply_by, column_value
from graph.embedded.plan import Instruction, Plan, Token
from graph.embedded.refusals import TraversalError
from graph.embedded.registry import step
from graph.embedded.run import Run
from graph.embedded.scoping import scope_value
from graph.embedded.traverser import Process, Stream, Traverser
from graph.embedded.values import ABSENT, Value


@step("as")
def as_step(instruction: Instruction, compiler: Compiler) -> Process:
    """`as()`: label the present object."""
    del compiler
    labels = frozenset(instruction.arguments)

    def process(starts: Stream, _: Run) -> Stream:
        for traverser in starts:
            traverser.label(labels)
            yield traverser

    return process


@step("select")
def select(instruction: Instruction, compiler: Compiler) -> Process:
    """`select()`: what labels name; keys or values of a map; what a child names."""
    arguments = instruction.arguments
    pop = "last"
    if isinstance(arguments[0], Token) and arguments[0].family == "Pop":
        pop, arguments = arguments[0].name, arguments[1:]
    first = arguments[0]
    if isinstance(first, Token) and first.family == "Column":
        return Map(lambda traverser, _: column_value(traverser.value, first.name))
    bys = compiler.bys(instruction)
    if isinstance(first, Plan):
        return Map(_select_named(first_value(compiler.pipeline(first)), pop, bys))
    if len(arguments) == 1:
        return Map(_select_one(first, pop, bys[-1] if bys else None))
    return Map(_select_many(arguments, pop, bys))


def _select_one(key: Any, pop: str, by: Function | None) -> Function:
    def function(traverser: Traverser, run: Run) -> Value:
        value = scope_value(traverser, key, pop, run)
        return value if value is ABSENT else apply_by(by, value, traverser, run)

    return function


def _select_named(name: Function, pop: str, bys: list[Function]) -> Function:
    def function(traverser: Traverser, run: Run) -> Value:
        key = name(traverser, run)
        value = ABSENT if key is ABSENT else scope_value(traverser, key, pop, run)
        return value if value is ABSENT else apply_by(bys[-1] if bys else None, value, traverser, run)

    return function


def _select_many(keys: tuple[Any, ...], pop: str, bys: list[Function]) -> Function:
    def function(traverser: Traverser, run: Run) -> Value:
        found: dict[Value, Value] = {}
        for place, key in enumerate(keys):
            value = scope_value(traverser, key, pop, run)
            if value is not ABSENT and bys:
                value = apply_by(bys[place % len(bys)], value, traverser, run)
            if value is ABSENT:
                return ABSENT
            found[key] = value
        return found

    return function


@step("project")
def project(instruction: Instruction, compiler: Compiler) -> Process:
    """`project()`: a map of these keys, each by its modulator; a key without a value is left out."""
    refuse_modulators(instruction, "by")
    keys = instruction.arguments
    if len(set(keys)) < len(keys):
        raise TraversalError("keys must be unique in ProjectStep", remedy="Name each key once.")
    bys = compiler.bys(instruction)

    def function(traverser: Traverser, run: Run) -> Value:
        found: dict[Value, Value] = {}
        for place, key in enumerate(keys):
            value = bys[place % len(bys)](traverser, run) if bys else traverser.value
            if value is not ABSENT:
                found[key] = value
        return found

    return Map(function)
