"""Steps that the embedded graph refuses on purpose, with the reason."""

from graph.embedded.compiler import REFUSED, Compiler
from graph.embedded.plan import Instruction
from graph.embedded.refusals import unsupported
from graph.embedded.registry import step
from graph.embedded.traverser import Process


@step(*REFUSED)
def refuse(instruction: Instruction, compiler: Compiler) -> Process:
    """Services, files and graph computers are not part of an in-process graph."""
    del compiler
    raise unsupported(instruction.name)
